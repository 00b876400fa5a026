using Ews.ImService.Mailbox;

namespace Ews.ImService.Storage.Tests;

/// <summary>Replacements that are written in several slices.</summary>
public abstract class LargeReplacementTests : IDisposable
{
    private const string Address = "large@contoso.com";
    private const string HiddenRows = """
        SELECT (SELECT COUNT(*) FROM "Mailboxes" WHERE "Realm" LIKE '*%')
            + (SELECT COUNT(*) FROM "Memberships" WHERE "MailboxId" NOT IN (SELECT "Id" FROM "Mailboxes" WHERE "Realm" NOT LIKE '*%'))
        """;

    private static readonly MailboxKey Large = TestMailboxes.Key(Address);
    private static readonly MailboxKey Other = new("other", SmtpAddress.Parse("me@contoso.com"));

    private readonly StoreDatabase _file;
    private readonly ControlledDatabase _database;

    protected LargeReplacementTests(DatabaseKind kind)
    {
        _file = StoreDatabase.Create(kind);
        _database = new ControlledDatabase(_file.NewDatabase());
    }

    public void Dispose()
    {
        _file.Dispose();
        GC.SuppressFinalize(this);
    }

    [StoreFact]
    public async Task A_change_that_arrives_during_a_large_replacement_is_committed_before_its_end()
    {
        await using var store = Start();
        await store.ChangeAsync(Other, edit => edit.AddImGroup("Before"), default);
        _database.IsCommitting.Reset();
        _database.MayCommit.Reset();

        var replacement = ReplaceAsync(store, LargeMailbox("New"));
        _database.IsCommitting.Wait();
        var change = store.ChangeAsync(Other, edit => edit.AddImGroup("During"), default);
        _database.MayCommit.Set();
        await Task.WhenAll(replacement, change);

        var commits = _database.Commits.ToList();
        var changed = commits.FindIndex(commit => commit.Rows.Any(change => change.Row is ImGroupRow { DisplayName: "During" }));
        commits.Skip(changed + 1).Should().HaveCountGreaterThan(1);
        commits.Should().OnlyContain(commit => commit.Rows.Count <= RowSlices.MaxRows + 10);
    }

    [StoreFact]
    public async Task A_large_replacement_replaces_a_large_mailbox_and_survives_reopening()
    {
        var (before, after) = (LargeMailbox("Before"), LargeMailbox("After"));
        await using (var store = Start())
        {
            await ReplaceAsync(store, before);
            WithoutLog(await store.FindAsync(Large, default)).Should().Be(before);

            Task<MailboxState?>? foundWhenPublished = null;
            await store.ReplaceAsync(
                Large.Realm, null, [after], () => foundWhenPublished = store.FindAsync(Large, default).AsTask(), default);

            WithoutLog(await foundWhenPublished!).Should().Be(after);
            (await store.ReadAllAsync(Large.Realm, default)).Select(WithoutLog).Should().Equal(after);
            _database.IsDeleted.Wait();
        }

        _file.Count(HiddenRows).Should().Be(0);
        await using var reopened = await _file.OpenAsync();
        Describe((await reopened.FindAsync(Large, default))!).Should().Equal(Describe(after));
        (await reopened.FindRealmsAsync(default)).Should().Equal(Large.Realm);
    }

    [StoreFact]
    public Task A_large_replacement_whose_first_slice_the_database_rejects_changes_nothing() => RejectAsync(acceptedSlices: 0);

    [StoreFact]
    public Task A_large_replacement_whose_third_slice_the_database_rejects_changes_nothing() => RejectAsync(acceptedSlices: 2);

    [StoreFact]
    public Task A_large_replacement_whose_last_slice_the_database_rejects_changes_nothing() => RejectAsync(acceptedSlices: 4);

    private async Task RejectAsync(int acceptedSlices)
    {
        var before = LargeMailbox("Before");
        await using (var store = Start())
        {
            await ReplaceAsync(store, before);
            var rejected = _database.Commits.Count + acceptedSlices;
            _database.Rejects = _ => _database.Commits.Count > rejected;
            var isPublished = false;

            var replacement = () => store.ReplaceAsync(Large.Realm, null, [LargeMailbox("After")], () => isPublished = true, default);

            await replacement.Should().ThrowAsync<StorageException>();
            _database.Rejects = _ => false;
            isPublished.Should().BeFalse();
            (await store.ReadAllAsync(Large.Realm, default)).Select(WithoutLog).Should().Equal(before);
            for (var i = 0; i < 10; i++)
                (await store.ChangeAsync(Other, edit => edit.AddImGroup($"Group {i}"), default)).Succeeded.Should().BeTrue();
        }

        _file.Count(HiddenRows).Should().Be(0, "each request is followed by the deletion of a slice");
        await using var reopened = await _file.OpenAsync();
        Describe((await reopened.FindAsync(Large, default))!).Should().Equal(Describe(before));
    }

    [StoreFact]
    public async Task Rows_that_cannot_be_deleted_yet_are_deleted_after_a_later_request()
    {
        await using (var store = Start())
        {
            await ReplaceAsync(store, LargeMailbox("Before"));
            _database.RejectsDeletion = true;
            await ReplaceAsync(store, LargeMailbox("After"));
            await store.ChangeAsync(Other, edit => edit.AddImGroup("First"), default);
            _database.IsDeleted.IsSet.Should().BeFalse();

            _database.RejectsDeletion = false;
            await store.ChangeAsync(Other, edit => edit.AddImGroup("Second"), default);
            _database.IsDeleted.Wait();
        }

        _file.Count(HiddenRows).Should().Be(0);
    }

    private static MailboxState LargeMailbox(string group)
    {
        var members = Enumerable.Range(0, 900).Select(i => new MemberDescription { Contact = $"c{i}@contoso.com" });
        var description = new MailboxDescription
        {
            SmtpAddress = Address,
            Groups = [.. Enumerable.Range(0, 4).Select(i => new GroupDescription { DisplayName = $"{group} {i}", Members = [.. members] })],
        };
        var result = MailboxImporter.Import(description, new MailboxLimits(), TimeProvider.System, (_, _) => Guid.NewGuid());
        result.Violations.Should().BeEmpty();
        return result.Mailbox;
    }

    private static List<string> Describe(MailboxState mailbox) =>
    [
        .. mailbox.OrderedGroups.Select(group => $"{group.Id} {group.DisplayName}"),
        .. mailbox.OrderedGroups.SelectMany(mailbox.MembersOf).Select(member => member.Id.Value),
    ];

    private static Task ReplaceAsync(SingleWriterStore store, MailboxState mailbox) =>
        store.ReplaceAsync(Large.Realm, null, [mailbox], null, default);

    private SingleWriterStore Start() => SingleWriterStore.Start(_database, new MailboxLimits(), TestRealms.Random);

    /// <summary>Returns a mailbox as it was added: only then, it receives a change log.</summary>
    private static MailboxState WithoutLog(MailboxState? mailbox) => mailbox! with { Log = default };

    public sealed class OnSqlite() : LargeReplacementTests(DatabaseKind.Sqlite)
    {
        [Fact]
        public async Task A_process_that_ends_during_a_large_replacement_leaves_the_mailboxes_before_it()
        {
            var before = TestMailboxes.State(Guid.NewGuid(), Address);
            var file = (TestDatabase)_file;
            var copy = Path.Combine(file.DirectoryPath, "copy.db");
            await using (var store = Start())
            {
                await ReplaceAsync(store, before);
                var last = _database.Commits.Count + 3;
                _database.Rejects = _ =>
                {
                    if (_database.Commits.Count == last)
                    {
                        File.Copy(file.Path, copy);
                        File.Copy(file.Path + "-wal", copy + "-wal");
                    }

                    return false;
                };
                await ReplaceAsync(store, LargeMailbox("After"));
            }

            await using (var store = await file.OpenAsync(copy))
            {
                (await store.ReadAllAsync(Large.Realm, default)).Select(WithoutLog).Should().BeEquivalentTo([before]);
                (await store.FindRealmsAsync(default)).Should().Equal(Large.Realm);
                for (var i = 0; i < 10; i++)
                    await store.ChangeAsync(Other, edit => edit.AddImGroup($"Group {i}"), default);
            }

            file.Count(HiddenRows, copy).Should().Be(0);
        }
    }

    public sealed class OnPostgres() : LargeReplacementTests(DatabaseKind.Postgres);
}
