using Ews.ImService.Mailbox;

namespace Ews.ImService.Storage.Tests;

/// <summary>The content of a database file after the store was closed and opened again.</summary>
public abstract class DurabilityTests : IDisposable
{
    private static readonly MailboxKey Me = TestMailboxes.Key("me@contoso.com");

    private readonly StoreDatabase _database;

    protected DurabilityTests(DatabaseKind kind) => _database = StoreDatabase.Create(kind);

    public void Dispose()
    {
        _database.Dispose();
        GC.SuppressFinalize(this);
    }

    [StoreFact]
    public async Task A_reopened_mailbox_has_the_same_groups_contacts_and_ids()
    {
        MailboxState before;
        await using (var store = await _database.OpenAsync())
        {
            var group = (await store.ChangeAsync(Me, edit => edit.AddImGroup("Team"), default)).Value!.Id.Value;
            await store.ChangeAsync(Me, edit => edit.AddNewImContactToGroup("a@contoso.com", "A", group), default);
            await store.ChangeAsync(Me, edit => edit.SetImGroup(group, "Crew"), default);
            before = (await store.FindAsync(Me, default))!;
        }

        await using var reopened = await _database.OpenAsync();

        var after = (await reopened.FindAsync(TestMailboxes.Key("ME@CONTOSO.COM"), default))!;
        after.Should().BeEquivalentTo(before);
        after.Should().NotBeSameAs(before);
    }

    [StoreFact]
    public async Task Reopened_contacts_have_the_same_properties_versions_and_times()
    {
        MailboxState before;
        await using (var store = await _database.OpenAsync())
        {
            var properties = ContactProperties.Empty
                .With(ContactPath.GivenName, "Zoë \"&<>\u0085")
                .With("item:Categories", ["One", "", "Two"]);
            var contact = await CreateContactAsync(store, properties);
            var deleted = await CreateContactAsync(store, properties);
            var imContact = (await store.ChangeAsync(Me, edit => edit.AddNewImContactToGroup("a@contoso.com", "A", null), default)).Value!;
            await UpdateAsync(store, contact, ContactPath.JobTitle, "Clerk");
            await UpdateAsync(store, imContact.Id.Value, ContactPath.JobTitle, "Clerk");
            (await store.ChangeAsync(Me, edit => edit.DeleteItem(deleted), default)).Succeeded.Should().BeTrue();
            before = (await store.FindAsync(Me, default))!;
        }

        await using var reopened = await _database.OpenAsync();

        var after = (await reopened.FindAsync(Me, default))!;
        after.Should().BeEquivalentTo(before);
        after.OrdinaryContacts.Single().Properties["item:Categories"].Should().Be("One");
        after.OrdinaryContacts.Single().Version.Should().Be(2);
    }

    [StoreFact]
    public async Task Attachments_are_stored_and_deleted_with_their_contact()
    {
        string kept;
        await using (var store = await _database.OpenAsync())
        {
            kept = await CreateContactAsync(store, ContactProperties.Empty);
            var imContact = (await store.ChangeAsync(Me, edit => edit.AddNewImContactToGroup("a@contoso.com", "A", null), default)).Value!;
            await AttachAsync(store, kept, "first", [1, 2, 3], isPhoto: true);
            await AttachAsync(store, kept, "second", [4], isPhoto: true);
            await AttachAsync(store, kept, "empty", [], isPhoto: false);
            await AttachAsync(store, imContact.Id.Value, "other", [5], isPhoto: false);
            (await store.ChangeAsync(Me, edit => edit.DeleteItem(imContact.Id.Value), default)).Succeeded.Should().BeTrue();
        }

        await using (var reopened = await _database.OpenAsync())
        {
            var mailbox = (await reopened.FindAsync(Me, default))!;
            var contact = mailbox.Contacts.Values.Should().ContainSingle().Subject;
            contact.Attachments.Select(file => (file.Name, file.IsContactPhoto, Convert.ToHexString(file.Content.Span)))
                .Should().Equal(("second", true, "04"), ("empty", false, ""));
            contact.Attachments[0].ContentType.Should().Be("image/png");
            contact.Version.Should().Be(4);
            (await reopened.ChangeAsync(Me, edit => edit.DeleteAttachment(mailbox.FindItem(kept).Value!.Attachments[0].Id), default))
                .Succeeded.Should().BeTrue();
        }

        await using var again = await _database.OpenAsync();
        (await again.FindAsync(Me, default))!.Contacts.Values.Single().Attachments.Should().ContainSingle().Which.Name.Should().Be("empty");
    }

    [StoreFact]
    public async Task A_moved_and_a_copied_contact_have_their_attachments_after_a_restart()
    {
        await using (var store = await _database.OpenAsync())
        {
            var moved = await CreateContactAsync(store, ContactProperties.Empty);
            await AttachAsync(store, moved, "picture", [1, 2], isPhoto: true);
            await store.ChangeAsync(Me, edit => edit.CopyItem(moved, MailboxFolder.Contacts), default);
            await store.ChangeAsync(Me, edit => edit.MoveItem(moved, MailboxFolder.DeletedItems), default);
        }

        await using var reopened = await _database.OpenAsync();

        var contacts = (await reopened.FindAsync(Me, default))!.OrdinaryContacts.ToList();
        contacts.Should().HaveCount(2).And.AllSatisfy(contact =>
            contact.Attachments.Should().ContainSingle().Which.Content.ToArray().Should().Equal(1, 2));
    }

    [StoreFact]
    public async Task Out_of_office_settings_are_stored_and_replaced()
    {
        var first = new OofSettings(OofState.Enabled, OofAudience.Known, DateTime.UnixEpoch, DateTime.UnixEpoch.AddDays(1), "In", "Out");
        var second = first with { State = OofState.Disabled, InternalReply = null };
        await using (var store = await _database.OpenAsync())
        {
            await store.ChangeAsync(Me, edit => edit.SetOofSettings(first), default);
            await store.ChangeAsync(Me, edit => edit.SetOofSettings(second), default);
        }

        await using var reopened = await _database.OpenAsync();

        (await reopened.FindAsync(Me, default))!.Oof.Should().Be(second);
    }

    [StoreFact]
    public async Task Updating_a_property_to_its_present_value_stores_a_new_version()
    {
        string id;
        await using (var store = await _database.OpenAsync())
        {
            id = (await store.ChangeAsync(Me, edit => edit.AddNewImContactToGroup("a@contoso.com", "A", null), default)).Value!.Id.Value;
            await UpdateAsync(store, id, ContactPath.DisplayName, "A");
        }

        await using var reopened = await _database.OpenAsync();

        (await reopened.FindAsync(Me, default))!.Contacts[new ContactId(id)]
            .Should().BeEquivalentTo(new { ImAddress = "a@contoso.com", DisplayName = "A", Version = 2L });
    }

    [StoreFact]
    public async Task The_id_of_a_deleted_contact_is_not_reused_after_reopening()
    {
        string group;
        ContactId deleted;
        await using (var store = await _database.OpenAsync())
        {
            group = (await store.ChangeAsync(Me, edit => edit.AddImGroup("Team"), default)).Value!.Id.Value;
            deleted = (await store.ChangeAsync(Me, edit => edit.AddNewImContactToGroup("a@contoso.com", null, group), default)).Value!.Id;
            var removal = await store.ChangeAsync(Me, edit => edit.RemoveImContactFromGroup(deleted.Value, group), default);
            removal.Succeeded.Should().BeTrue();
        }

        await using var reopened = await _database.OpenAsync();
        var added = await reopened.ChangeAsync(Me, edit => edit.AddNewImContactToGroup("a@contoso.com", null, group), default);

        added.Value!.Id.Should().NotBe(deleted);
    }

    [StoreFact]
    public async Task Rows_changed_several_times_in_one_batch_are_stored_with_their_last_values()
    {
        MailboxState before;
        await using (var store = await _database.OpenAsync())
        {
            (await store.ChangeAsync(Me, SampleChanges.ChurnAllGroups, default)).Succeeded.Should().BeTrue();
            (await store.ChangeAsync(Me, SampleChanges.ChurnAllGroups, default)).Succeeded.Should().BeTrue();
            await Task.WhenAll(Enumerable.Range(0, 200).Select(i =>
                store.ChangeAsync(Me, edit => SampleChanges.ChurnGroup(edit, i % 7), default)));
            before = (await store.FindAsync(Me, default))!;
        }

        await using var reopened = await _database.OpenAsync();

        (await reopened.FindAsync(Me, default)).Should().BeEquivalentTo(before);
    }

    private static async Task AttachAsync(SingleWriterStore store, string itemId, string name, byte[] content, bool isPhoto)
    {
        var file = new FileAttachment(0, name, content, default) { ContentType = "image/png", IsContactPhoto = isPhoto };
        (await store.ChangeAsync<Done>(Me, edit => edit.CreateAttachment(itemId, file).Select(_ => default(Done)), default))
            .Succeeded.Should().BeTrue();
    }

    private static async Task<string> CreateContactAsync(SingleWriterStore store, ContactProperties properties) =>
        (await store.ChangeAsync(Me, edit => edit.CreateContact(properties), default)).Value!.Id;

    private static async Task UpdateAsync(SingleWriterStore store, string id, string path, string value)
    {
        var update = await store.ChangeAsync(Me, edit => edit.UpdateItem(id, [new PropertyChange(path, [value])], default), default);
        update.Succeeded.Should().BeTrue();
    }

    public sealed class OnSqlite() : DurabilityTests(DatabaseKind.Sqlite)
    {
        [Fact]
        public async Task A_database_in_memory_is_not_shared()
        {
            using var database = new TestDatabase();
            await using var one = await database.OpenAsync(MailboxStoreOptions.InMemory);
            await using var two = await database.OpenAsync(MailboxStoreOptions.InMemory);
            await one.ChangeAsync(Me, edit => edit.AddImGroup("Team"), default);

            (await two.FindAsync(Me, default)).Should().BeNull();
        }
    }

    public sealed class OnPostgres() : DurabilityTests(DatabaseKind.Postgres);
}
