using Ews.ImService.Mailbox;
using Microsoft.Data.Sqlite;

namespace Ews.ImService.Storage.Tests;

public sealed class SqliteMailboxStoreTests : IDisposable
{
    private static readonly MailboxKey Me = MailboxKey.Of("me@contoso.com");

    private readonly string _directory = Directory.CreateTempSubdirectory("ews-im-store-").FullName;

    private string File => Path.Combine(_directory, "mailboxes.db");

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task What_was_acknowledged_is_there_after_a_restart_with_the_same_ids()
    {
        MailboxState before;
        await using (var store = Open())
        {
            var group = await store.ChangeAsync(Me, edit => edit.AddImGroup("Team"), default);
            await store.ChangeAsync(Me, edit => edit.AddNewImContactToGroup("a@contoso.com", "A", group.Value!.Id.Value), default);
            await store.ChangeAsync(Me, edit => edit.SetImGroup(group.Value!.Id.Value, "Crew"), default);
            before = (await store.FindAsync(Me, default))!;
        }

        await using var reopened = Open();

        var after = (await reopened.FindAsync(MailboxKey.Of("ME@CONTOSO.COM"), default))!;
        after.Should().BeEquivalentTo(before);
        after.Should().NotBeSameAs(before);
    }

    [Fact]
    public async Task Contacts_keep_what_they_say_and_when_across_a_restart()
    {
        MailboxState before;
        await using (var store = Open())
        {
            var properties = ContactProperties.Empty.With(ContactPath.GivenName, "Zoë \"&<>\u0085").With("item:Categories", ["One", "", "Two"]);
            var contact = (await store.ChangeAsync(Me, edit => (EwsResult<MailboxItem>)edit.CreateContact(properties), default)).Value!;
            var quickContact = (await store.ChangeAsync(Me, edit => edit.AddNewImContactToGroup("a@contoso.com", "A", null), default)).Value!;
            var removed = (await store.ChangeAsync(Me, edit => (EwsResult<MailboxItem>)edit.CreateContact(properties), default)).Value!;
            foreach (var id in new[] { contact.Id, quickContact.Id.Value })
                (await store.ChangeAsync(Me, edit => edit.UpdateItem(id, [new PropertyChange(ContactPath.JobTitle, ["Clerk"])], default), default)).Succeeded.Should().BeTrue();
            (await store.ChangeAsync(Me, edit => edit.DeleteItem(removed.Id), default)).Succeeded.Should().BeTrue();
            before = (await store.FindAsync(Me, default))!;
        }

        await using var reopened = Open();

        var after = (await reopened.FindAsync(Me, default))!;
        after.Should().BeEquivalentTo(before);
        after.Contacts.Values.Single().Properties["item:Categories"].Should().Be("One");
        after.Contacts.Values.Single().Version.Should().Be(2);
    }

    [Fact]
    public async Task A_contact_that_is_changed_to_what_it_was_is_whole_after_a_restart()
    {
        string id;
        await using (var store = Open())
        {
            id = (await store.ChangeAsync(Me, edit => edit.AddNewImContactToGroup("a@contoso.com", "A", null), default)).Value!.Id.Value;
            (await store.ChangeAsync(Me, edit => edit.UpdateItem(id, [new PropertyChange(ContactPath.DisplayName, ["A"])], default), default)).Succeeded.Should().BeTrue();
        }

        await using var reopened = Open();

        (await reopened.FindAsync(Me, default))!.QuickContacts[new ImContactId(id)].Should().BeEquivalentTo(new { ImAddress = "a@contoso.com", DisplayName = "A", Version = 2L });
    }

    [Fact]
    public async Task A_bug_outside_of_the_rule_fails_its_caller_alone_and_none_of_its_change_is_stored()
    {
        var isBroken = false;
        await using (var store = SqliteMailboxStore.Open(new MailboxStoreOptions(File, new(), new TestRealms(() => isBroken ? throw new InvalidOperationException("No GUIDs left.") : Guid.NewGuid()))))
        {
            await store.ChangeAsync(Me, edit => edit.AddImGroup("Before"), default);
            isBroken = true;

            var changes = Enumerable.Range(0, 20).Select(i => store.ChangeAsync(i == 10 ? MailboxKey.Of("new@contoso.com") : Me, edit => edit.AddImGroup($"Group {i}"), default)).ToList();

            await changes[10].Invoking(change => change).Should().ThrowAsync<InvalidOperationException>();
            (await Task.WhenAll(changes.Where((_, i) => i != 10))).Should().OnlyContain(result => result.Succeeded);
            (await store.FindAsync(MailboxKey.Of("new@contoso.com"), default)).Should().BeNull();
        }

        await using var reopened = Open();
        (await reopened.FindAsync(Me, default))!.LimitedGroups.Should().Be(20);
        (await reopened.FindAsync(MailboxKey.Of("new@contoso.com"), default)).Should().BeNull();
    }

    [Fact]
    public async Task Work_whose_caller_has_gone_before_it_began_is_not_done()
    {
        await using var store = Open();
        using var gone = new CancellationTokenSource();
        using var writerIsBusy = new ManualResetEventSlim();
        var busy = store.ChangeAsync(Me, edit => Hold(edit.AddImGroup("First")), default);
        var abandoned = store.ChangeAsync(Me, edit => edit.AddImGroup("Abandoned"), gone.Token);

        await gone.CancelAsync();
        writerIsBusy.Set();

        await abandoned.Invoking(change => change).Should().ThrowAsync<OperationCanceledException>();
        (await busy).Succeeded.Should().BeTrue();
        (await store.ChangeAsync(Me, edit => edit.AddImGroup("Last"), default)).Succeeded.Should().BeTrue();
        (await store.FindAsync(Me, default))!.HasGroupNamed("Abandoned").Should().BeFalse();

        EwsResult<ImGroup> Hold(EwsResult<ImGroup> result)
        {
            writerIsBusy.Wait();
            return result;
        }
    }

    [Fact]
    public async Task A_number_is_not_given_again_after_a_restart()
    {
        string group;
        ImContactId removed;
        await using (var store = Open())
        {
            group = (await store.ChangeAsync(Me, edit => edit.AddImGroup("Team"), default)).Value!.Id.Value;
            removed = (await store.ChangeAsync(Me, edit => edit.AddNewImContactToGroup("a@contoso.com", null, group), default)).Value!.Id;
            (await store.ChangeAsync(Me, edit => edit.RemoveImContactFromGroup(removed.Value, group), default)).Succeeded.Should().BeTrue();
        }

        await using var reopened = Open();
        var again = await reopened.ChangeAsync(Me, edit => edit.AddNewImContactToGroup("a@contoso.com", null, group), default);

        again.Value!.Id.Should().NotBe(removed);
    }

    [Fact]
    public async Task Of_many_callers_racing_for_one_name_exactly_one_wins()
    {
        await using var store = Open();

        var results = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => Task.Run(() => store.ChangeAsync(Me, edit => edit.AddImGroup("Team"), default))));

        results.Count(result => result.Succeeded).Should().Be(1);
        results.Where(result => !result.Succeeded).Should().OnlyContain(result => result.Error == EwsError.ImGroupDisplayNameAlreadyExists);
    }

    [Fact]
    public async Task Adding_removing_and_renaming_in_one_batch_is_stored_as_it_was_answered()
    {
        MailboxState before;
        await using (var store = Open())
        {
            (await store.ChangeAsync(Me, ChurnAll, default)).Succeeded.Should().BeTrue();
            (await store.ChangeAsync(Me, ChurnAll, default)).Succeeded.Should().BeTrue();
            await Task.WhenAll(Enumerable.Range(0, 200).Select(i => store.ChangeAsync(Me, edit => Churn(edit, i % 7), default)));
            before = (await store.FindAsync(Me, default))!;
        }

        await using var reopened = Open();

        (await reopened.FindAsync(Me, default)).Should().BeEquivalentTo(before);
    }

    [Fact]
    public async Task A_rule_that_throws_fails_its_own_caller_and_stores_nothing()
    {
        await using var store = Open();
        var bug = () => store.ChangeAsync<Done>(
            Me,
            edit =>
            {
                edit.AddImGroup("Half done");
                throw new InvalidOperationException("a bug");
            },
            default);

        await bug.Should().ThrowAsync<InvalidOperationException>();

        (await store.ChangeAsync(Me, edit => edit.AddImGroup("Half done"), default)).Succeeded.Should().BeTrue();
    }

    [Fact]
    public async Task A_change_that_the_database_refuses_fails_its_own_caller_alone()
    {
        var sameForAll = Guid.NewGuid();
        await using (var store = SqliteMailboxStore.Open(new MailboxStoreOptions(File, new MailboxLimits(), new TestRealms(() => sameForAll))))
        {
            await store.ChangeAsync(Me, edit => edit.AddImGroup("First"), default);

            var refused = new List<Task<EwsResult<ImGroup>>>();
            var stored = new List<Task<EwsResult<ImGroup>>>();
            for (var i = 0; i < 10; i++)
            {
                var name = $"Group {i}";
                refused.Add(store.ChangeAsync(MailboxKey.Of($"user{i}@contoso.com"), edit => edit.AddImGroup("Theirs"), default));
                stored.Add(store.ChangeAsync(Me, edit => edit.AddImGroup(name), default));
            }

            (await Task.WhenAll(stored)).Should().OnlyContain(result => result.Succeeded);
            foreach (var call in refused)
                (await call.Invoking(task => task).Should().ThrowAsync<IOException>()).WithMessage("*UNIQUE*");
        }

        await using var reopened = Open();
        (await reopened.FindAsync(Me, default))!.LimitedGroups.Should().Be(11);
        (await reopened.FindAsync(MailboxKey.Of("user0@contoso.com"), default)).Should().BeNull();
    }

    [Fact]
    public async Task A_full_disk_fails_a_change_and_once_there_is_room_the_next_succeeds()
    {
        await using (var store = Open())
        {
            await store.ChangeAsync(Me, edit => edit.AddImGroup("Before"), default);
            LimitPages(store, 1);
            var full = () => store.ChangeAsync(Me, edit => edit.AddImGroup(new string('x', 100_000)), default);

            (await full.Should().ThrowAsync<IOException>()).WithMessage("*full*");
            (await full.Should().ThrowAsync<IOException>()).WithMessage("*full*");
            (await store.FindAsync(Me, default))!.LimitedGroups.Should().Be(1);

            LimitPages(store, 1_000_000);
            (await full()).Succeeded.Should().BeTrue();
        }

        await using var reopened = Open();
        (await reopened.FindAsync(Me, default))!.LimitedGroups.Should().Be(2);

        static void LimitPages(SqliteMailboxStore store, int pages)
        {
            using var command = store.Connection.CreateCommand();
            command.CommandText = $"PRAGMA max_page_count={pages}";
            command.ExecuteScalar();
        }
    }

    [Fact]
    public async Task The_database_itself_refuses_a_second_group_of_one_name()
    {
        await using (var store = Open())
            await store.ChangeAsync(Me, edit => edit.AddImGroup("Team"), default);

        using var connection = new SqliteConnection($"Data Source={File};Pooling=false");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "INSERT INTO ImGroups(MailboxId, Ordinal, EwsId, GroupType, DisplayName, DisplayNameKey) SELECT MailboxId, 999, 'other', GroupType, DisplayName, DisplayNameKey FROM ImGroups WHERE DisplayName = 'Team'";

        command.Invoking(insert => insert.ExecuteNonQuery()).Should().Throw<SqliteException>().WithMessage("*UNIQUE*");
    }

    [Fact]
    public async Task An_in_memory_store_works_and_shares_nothing()
    {
        await using var one = Open(":memory:");
        await using var two = Open(":memory:");
        await one.ChangeAsync(Me, edit => edit.AddImGroup("Team"), default);

        (await two.FindAsync(Me, default)).Should().BeNull();
    }

    [Fact]
    public async Task A_second_store_on_the_same_file_is_refused_and_names_it()
    {
        await using var first = Open();

        this.Invoking(test => test.Open()).Should().Throw<StorageException>().WithMessage($"*{File}*in use by another process*");
    }

    [Theory]
    [InlineData("this is a shopping list")]
    [InlineData("SQLite format 3\0 but only the beginning of one")]
    public void A_file_that_is_not_a_database_is_left_as_it_was(string content)
    {
        System.IO.File.WriteAllText(File, content);

        this.Invoking(test => test.Open()).Should().Throw<StorageException>().WithMessage($"*{File}*not a SQLite database*");

        System.IO.File.ReadAllText(File).Should().Be(content);
    }

    [Fact]
    public void A_database_of_another_application_is_left_as_it_was()
    {
        using (var connection = new SqliteConnection($"Data Source={File};Pooling=false"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "CREATE TABLE Recipes(Name TEXT)";
            command.ExecuteNonQuery();
        }

        var before = System.IO.File.ReadAllBytes(File);

        this.Invoking(test => test.Open()).Should().Throw<StorageException>().WithMessage($"*{File}*another application*");

        System.IO.File.ReadAllBytes(File).Should().Equal(before);
        Directory.GetFiles(_directory).Should().Equal(File);
    }

    [Fact]
    public async Task A_database_from_a_newer_version_is_left_as_it_was()
    {
        await Patch(offset: 60, [0, 0, 0, 99]);
        var before = await System.IO.File.ReadAllBytesAsync(File);

        this.Invoking(test => test.Open()).Should().Throw<StorageException>().WithMessage($"*{File}*newer version*schema 99*");

        (await System.IO.File.ReadAllBytesAsync(File)).Should().Equal(before);
    }

    [Fact]
    public async Task A_damaged_database_is_left_as_it_was()
    {
        await Patch(offset: 4096, Enumerable.Repeat((byte)0xAB, 4096).ToArray());
        var before = await System.IO.File.ReadAllBytesAsync(File);

        this.Invoking(test => test.Open()).Should().Throw<StorageException>().WithMessage($"*{File}*damaged*");

        (await System.IO.File.ReadAllBytesAsync(File)).Should().Equal(before);
    }

    [Fact]
    public async Task A_damaged_database_with_a_log_left_by_a_kill_is_left_as_it_was()
    {
        await Patch(offset: 4096, Enumerable.Repeat((byte)0xAB, 4096).ToArray());
        var copy = Path.Combine(_directory, "copy.db");
        await using (var other = Open(copy))
        {
            await other.ChangeAsync(Me, edit => edit.AddImGroup("Unfinished"), default);
            System.IO.File.Copy(copy + "-wal", File + "-wal");
        }

        var before = await System.IO.File.ReadAllBytesAsync(File);
        var log = await System.IO.File.ReadAllBytesAsync(File + "-wal");

        this.Invoking(test => test.Open()).Should().Throw<StorageException>().WithMessage($"*{File}*");

        (await System.IO.File.ReadAllBytesAsync(File)).Should().Equal(before);
        (await System.IO.File.ReadAllBytesAsync(File + "-wal")).Should().Equal(log);
    }

    [Fact]
    public async Task A_read_only_file_is_refused()
    {
        await Open().DisposeAsync();
        new FileInfo(File).IsReadOnly = true;

        this.Invoking(test => test.Open()).Should().Throw<StorageException>().WithMessage($"*{File}*read-only*");
    }

    [Fact]
    public void A_directory_and_a_path_without_one_are_refused()
    {
        this.Invoking(_ => Open(_directory)).Should().Throw<StorageException>().WithMessage("*is a directory*");
        this.Invoking(_ => Open(Path.Combine(_directory, "none", "x.db"))).Should().Throw<StorageException>().WithMessage("*does not exist*");
    }

    [Fact]
    public async Task Realms_keep_mailboxes_of_one_address_apart_across_a_restart()
    {
        var mine = new MailboxKey("a", Me.SmtpAddress);
        var theirs = new MailboxKey("A", Me.SmtpAddress);
        await using (var store = Open())
        {
            await store.ChangeAsync(mine, edit => edit.AddImGroup("Mine"), default);
            await store.ChangeAsync(theirs, edit => edit.AddImGroup("Theirs"), default);
        }

        await using var reopened = Open();

        (await reopened.FindRealmsAsync(default)).Should().BeEquivalentTo("a", "A");
        (await reopened.FindAsync(mine, default))!.HasGroupNamed("Mine").Should().BeTrue();
        (await reopened.ReadAllAsync("A", default)).Should().ContainSingle().Which.HasGroupNamed("Theirs").Should().BeTrue();
        (await reopened.FindAsync(Me, default)).Should().BeNull();
    }

    [Fact]
    public async Task Mailboxes_that_were_read_can_be_put_back_and_are_the_same_after_a_restart()
    {
        var other = MailboxKey.Of("other@contoso.com");
        MailboxState before;
        await using (var store = Open())
        {
            (await store.ChangeAsync(Me, ChurnAll, default)).Succeeded.Should().BeTrue();
            await store.ChangeAsync(Me, edit => (EwsResult<MailboxItem>)edit.CreateContact(ContactProperties.Empty.With(ContactPath.GivenName, "Zoë")), default);
            before = (await store.FindAsync(Me, default))!;
            await store.ChangeAsync(Me, edit => edit.AddImGroup("Later"), default);
            await store.ChangeAsync(other, edit => edit.AddImGroup("Later"), default);

            await store.ReplaceAsync(MailboxKey.DefaultRealm, null, [before], default);

            (await store.FindAsync(Me, default)).Should().BeSameAs(before);
            (await store.FindAsync(other, default)).Should().BeNull();
        }

        await using var reopened = Open();
        (await reopened.FindAsync(Me, default)).Should().BeEquivalentTo(before);
        (await reopened.ReadAllAsync(MailboxKey.DefaultRealm, default)).Should().ContainSingle();
    }

    [Fact]
    public async Task Only_the_named_mailboxes_are_replaced_and_changes_before_and_after_are_neither_lost_nor_mixed_in()
    {
        var other = MailboxKey.Of("other@contoso.com");
        await using var store = Open();
        await store.ChangeAsync(other, edit => edit.AddImGroup("Stays"), default);

        var before = store.ChangeAsync(Me, edit => edit.AddImGroup("Before"), default);
        var removal = store.ReplaceAsync(MailboxKey.DefaultRealm, ["ME@contoso.com", "nobody@contoso.com"], [], default);
        var after = store.ChangeAsync(Me, edit => edit.AddImGroup("After"), default);
        await Task.WhenAll(before, removal, after);

        (await store.FindAsync(Me, default))!.OrderedGroups.Select(group => group.DisplayName).Should().EndWith("After").And.NotContain("Before");
        (await store.FindAsync(other, default))!.HasGroupNamed("Stays").Should().BeTrue();
    }

    [Fact]
    public async Task A_replacement_that_the_database_refuses_changes_nothing()
    {
        await using var store = Open();
        await store.ChangeAsync(Me, edit => edit.AddImGroup("Stays"), default);
        var guid = Guid.NewGuid();
        List<MailboxState> twins = [new(guid, "a@contoso.com"), new(guid, "b@contoso.com")];

        await store.Invoking(it => it.ReplaceAsync(MailboxKey.DefaultRealm, null, twins, default)).Should().ThrowAsync<IOException>();

        (await store.ReadAllAsync(MailboxKey.DefaultRealm, default)).Should().ContainSingle().Which.HasGroupNamed("Stays").Should().BeTrue();
    }

    private static SqliteMailboxStore Open(string path) =>
        SqliteMailboxStore.Open(new MailboxStoreOptions(path, new MailboxLimits(), TestRealms.Random));

    private SqliteMailboxStore Open() => Open(File);

    private async Task Patch(long offset, byte[] bytes)
    {
        await using (var store = Open())
            await store.ChangeAsync(Me, edit => edit.AddImGroup("Team"), default);
        await using var stream = new FileStream(File, FileMode.Open, FileAccess.Write);
        stream.Position = offset;
        await stream.WriteAsync(bytes);
    }

    private static EwsResult<Done> ChurnAll(MailboxEdit edit)
    {
        for (var i = 0; i < 7; i++)
            Churn(edit, i);
        return default(Done);
    }

    private static EwsResult<Done> Churn(MailboxEdit edit, int i)
    {
        var name = $"Group {i}";
        var group = edit.State.Groups.Values.FirstOrDefault(g => g.DisplayName == name || g.DisplayName == name + " renamed") ?? edit.AddImGroup(name).Value!;
        edit.SetImGroup(group.Id.Value, group.DisplayName == name ? name + " renamed" : name);
        var contact = edit.AddNewImContactToGroup($"c{i}@contoso.com", null, group.Id.Value).Value!;
        edit.RemoveImContactFromGroup(contact.Id.Value, group.Id.Value);
        edit.AddNewImContactToGroup($"c{i}@contoso.com", null, group.Id.Value);
        return default(Done);
    }
}
