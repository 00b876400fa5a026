using Ews.ImService.Mailbox;

namespace Ews.ImService.Storage.Tests;

/// <summary>Mailboxes of several realms, and the replacement of a realm's mailboxes.</summary>
public abstract class RealmTests : IDisposable
{
    private static readonly MailboxKey Me = TestMailboxes.Key("me@contoso.com");
    private static readonly MailboxKey Other = TestMailboxes.Key("other@contoso.com");

    private readonly StoreDatabase _database;

    protected RealmTests(DatabaseKind kind) => _database = StoreDatabase.Create(kind);

    public void Dispose()
    {
        _database.Dispose();
        GC.SuppressFinalize(this);
    }

    [StoreFact]
    public async Task A_source_that_repeats_its_GUIDs_is_the_reason_why_a_mailbox_is_not_created()
    {
        var guid = Guid.NewGuid();
        await using var store = await _database.OpenAsync(new TestRealms(() => guid));
        await store.EnsureCreatedAsync(Me, "en-US", default);

        await store.Invoking(it => it.EnsureCreatedAsync(Other, "en-US", default)).Should().ThrowAsync<StorageException>()
            .WithMessage($"*'{Other.SmtpAddress}' cannot be created: the source of GUIDs returned {guid} again*");

        (await store.FindAsync(Other, default)).Should().BeNull();
    }

    [StoreFact]
    public async Task Mailboxes_with_one_address_are_separate_in_realms_that_differ_in_case()
    {
        var lower = new MailboxKey("a", Me.SmtpAddress);
        var upper = new MailboxKey("A", Me.SmtpAddress);
        await using (var store = await _database.OpenAsync())
        {
            await store.ChangeAsync(lower, edit => edit.AddImGroup("Lower"), default);
            await store.ChangeAsync(upper, edit => edit.AddImGroup("Upper"), default);
        }

        await using var reopened = await _database.OpenAsync();

        (await reopened.FindRealmsAsync(default)).Should().BeEquivalentTo("a", "A");
        (await reopened.FindAsync(lower, default))!.HasGroupNamed("Lower").Should().BeTrue();
        (await reopened.ReadAllAsync("A", default)).Should().ContainSingle().Which.HasGroupNamed("Upper").Should().BeTrue();
        (await reopened.FindAsync(Me, default)).Should().BeNull();
    }

    [StoreFact]
    public async Task Replacing_all_mailboxes_restores_an_earlier_state_and_survives_reopening()
    {
        MailboxState before;
        await using (var store = await _database.OpenAsync())
        {
            (await store.ChangeAsync(Me, SampleChanges.ChurnAllGroups, default)).Succeeded.Should().BeTrue();
            await store.ChangeAsync(Me, CreateContact, default);
            before = (await store.FindAsync(Me, default))!;
            await store.ChangeAsync(Me, edit => edit.AddImGroup("Later"), default);
            await store.ChangeAsync(Other, edit => edit.AddImGroup("Later"), default);

            await store.ReplaceAsync(MailboxKey.DefaultRealm, null, [before], null, default);

            ((await store.FindAsync(Me, default))! with { Log = before.Log }).Should().Be(before);
            (await store.FindAsync(Other, default)).Should().BeNull();
        }

        await using var reopened = await _database.OpenAsync();
        (await reopened.FindAsync(Me, default)).Should().BeEquivalentTo(before, options => options.Excluding(state => state.Log));
        (await reopened.ReadAllAsync(MailboxKey.DefaultRealm, default)).Should().ContainSingle();

        static EwsResult<MailboxItem> CreateContact(MailboxEdit edit) =>
            edit.CreateContact(ContactProperties.Empty.With(ContactPath.GivenName, "Zoë"));
    }

    [StoreFact]
    public async Task Some_mailboxes_of_a_realm_are_found_by_their_addresses_and_read_in_the_order_of_the_list()
    {
        var elsewhere = new MailboxKey("a", SmtpAddress.Parse("elsewhere@contoso.com"));
        await using (var store = await _database.OpenAsync())
        {
            foreach (var key in new[] { Me, Other, TestMailboxes.Key("third@contoso.com"), elsewhere })
                await store.ChangeAsync(key, edit => edit.AddImGroup("Team"), default);
        }

        await using var reopened = await _database.OpenAsync();
        var addresses = await reopened.FindAddressesAsync(MailboxKey.DefaultRealm, default);
        var states = await reopened.ReadManyAsync(
            MailboxKey.DefaultRealm, [Other.SmtpAddress, elsewhere.SmtpAddress, Me.SmtpAddress], default);

        addresses.Select(address => address.Value).Should().BeEquivalentTo("me@contoso.com", "other@contoso.com", "third@contoso.com");
        states.Select(state => state.SmtpAddress).Should().Equal(Other.SmtpAddress, Me.SmtpAddress);
        states.Should().OnlyContain(state => state.HasGroupNamed("Team"));
    }

    [StoreFact]
    public async Task A_replacement_rejected_by_the_database_changes_nothing()
    {
        await using var store = await _database.OpenAsync();
        await store.ChangeAsync(Me, edit => edit.AddImGroup("Kept"), default);
        var guid = Guid.NewGuid();
        List<MailboxState> sameGuid = [TestMailboxes.State(guid, "a@contoso.com"), TestMailboxes.State(guid, "b@contoso.com")];

        var replacement = () => store.ReplaceAsync(MailboxKey.DefaultRealm, null, sameGuid, null, default);

        (await replacement.Should().ThrowAsync<StorageException>()).WithMessage("*UNIQUE*");
        (await store.ReadAllAsync(MailboxKey.DefaultRealm, default)).Should().ContainSingle()
            .Which.HasGroupNamed("Kept").Should().BeTrue();
    }

    [StoreFact]
    public async Task A_replacement_with_two_mailboxes_of_one_address_changes_nothing()
    {
        await using var store = await _database.OpenAsync();
        await store.ChangeAsync(Me, edit => edit.AddImGroup("Kept"), default);
        List<MailboxState> sameAddress =
            [TestMailboxes.State(Guid.NewGuid(), "a@contoso.com"), TestMailboxes.State(Guid.NewGuid(), "A@contoso.com")];

        var replacement = () => store.ReplaceAsync(MailboxKey.DefaultRealm, null, sameAddress, null, default);

        await replacement.Should().ThrowAsync<ArgumentException>();
        (await store.FindAsync(Me, default))!.HasGroupNamed("Kept").Should().BeTrue();
    }

    public sealed class OnSqlite() : RealmTests(DatabaseKind.Sqlite);

    public sealed class OnPostgres() : RealmTests(DatabaseKind.Postgres);
}
