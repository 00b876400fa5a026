using Ews.ImService.Mailbox;

namespace Ews.ImService.Storage.Tests;

/// <summary>The change log of a mailbox in the database, and the signals of its changes.</summary>
public abstract class ChangeLogTests : IDisposable
{
    private static readonly MailboxKey Me = TestMailboxes.Key("me@contoso.com");

    private readonly StoreDatabase _file;

    protected ChangeLogTests(DatabaseKind kind) => _file = StoreDatabase.Create(kind);

    public void Dispose()
    {
        _file.Dispose();
        GC.SuppressFinalize(this);
    }

    [StoreFact]
    public async Task A_new_mailbox_has_an_empty_log()
    {
        await using var store = await _file.OpenAsync();

        var read = await store.ReadLogAsync(Me, 0, 100, default);

        read.Mailbox.Groups.Should().HaveCount(3);
        read.Mailbox.Log.Should().BeEquivalentTo(new { Start = 0L, End = 0L });
        read.Entries.Should().BeEmpty();
    }

    [StoreFact]
    public async Task Entries_and_numbers_continue_after_a_restart()
    {
        ChangeLog before;
        await using (var store = await _file.OpenAsync())
        {
            await AddGroupAsync(store, "One");
            before = (await store.FindAsync(Me, default))!.Log;
        }

        await using var reopened = await _file.OpenAsync();
        await AddGroupAsync(reopened, "Two");
        var read = await reopened.ReadLogAsync(Me, 0, 100, default);

        read.Mailbox.Log.Id.Should().Be(before.Id);
        read.Mailbox.Log.End.Should().BeGreaterThan(before.End);
        read.Entries.Select(entry => entry.ObjectId).Should().Equal(
            read.Mailbox.OrderedGroups.TakeLast(2).Select(group => group.Id.Value));
        read.Entries.Select(entry => entry.Number).Should().Equal(1, before.End + 1);
        read.Entries.Should().OnlyContain(entry => entry.Kind == ChangeKind.Created && entry.EndsRun);
        (await reopened.ReadLogAsync(Me, before.End, 100, default)).Entries.Should().Equal(read.Entries[1]);
        (await reopened.ReadLogAsync(Me, 0, 1, default)).Entries.Should().Equal(read.Entries[0]);
    }

    [StoreFact]
    public async Task A_reader_in_the_batch_of_a_change_receives_its_entry_once()
    {
        await using var store = await _file.OpenAsync();
        await AddGroupAsync(store, "Before");

        var requests = Enumerable.Range(0, 50).Select(i => (
            Change: store.ChangeAsync(Me, edit => edit.AddImGroup($"Group {i}"), default),
            Read: store.ReadLogAsync(Me, 0, 1000, default))).ToList();
        await Task.WhenAll(requests.Select(request => request.Change));

        foreach (var (index, request) in requests.Index())
        {
            var read = await request.Read;
            read.Entries.Select(entry => entry.ObjectId).Should().Equal(
                read.Mailbox.OrderedGroups.Skip(3).Select(group => group.Id.Value));
            read.Entries.Should().HaveCount(index + 2);
            read.Entries[^1].LastNumber.Should().Be(read.Mailbox.Log.End);
        }
    }

    [StoreFact]
    public async Task A_rejected_edit_adds_no_entry()
    {
        await using var store = await _file.OpenAsync();
        await AddGroupAsync(store, "Team");
        var before = (await store.FindAsync(Me, default))!.Log;

        var rejected = await store.ChangeAsync(Me, edit => edit.AddImGroup("Team"), default);

        rejected.Succeeded.Should().BeFalse();
        (await store.FindAsync(Me, default))!.Log.Should().Be(before);
    }

    [StoreFact]
    public async Task A_replaced_mailbox_has_a_new_empty_log()
    {
        await using var store = await _file.OpenAsync();
        await AddGroupAsync(store, "Team");
        var snapshot = (await store.FindAsync(Me, default))!;

        await store.ReplaceAsync(Me.Realm, null, [snapshot], null, default);

        var read = await store.ReadLogAsync(Me, 0, 100, default);
        read.Mailbox.HasGroupNamed("Team").Should().BeTrue();
        read.Mailbox.Log.Id.Should().NotBe(snapshot.Log.Id);
        read.Mailbox.Log.End.Should().Be(0);
        read.Entries.Should().BeEmpty();
    }

    [StoreFact]
    public async Task The_log_keeps_the_newest_changes()
    {
        const int MaxChanges = 16;
        var limits = new MailboxLimits(MaxGroups: 1000, MaxChanges: MaxChanges);
        ChangeLog last;
        await using (var store = await _file.OpenAsync(limits: limits))
        {
            for (var i = 0; i < 50; i++)
            {
                await AddGroupAsync(store, $"Group {i}");
                var (mailbox, entries) = await store.ReadLogAsync(Me, 0, 1000, default);
                (mailbox.Log.End - mailbox.Log.Start).Should().BeInRange(Math.Min(2 * (i + 1), MaxChanges), MaxChanges + (MaxChanges / 8));
                entries[0].Number.Should().BeLessThanOrEqualTo(mailbox.Log.Start + 1);
                entries[^1].LastNumber.Should().Be(mailbox.Log.End);
            }

            last = (await store.FindAsync(Me, default))!.Log;
        }

        await using var reopened = await _file.OpenAsync(limits: limits);
        (await reopened.FindAsync(Me, default))!.Log.Should().Be(last);
    }

    [StoreFact]
    public async Task A_waiting_reader_is_signaled_after_a_change_is_visible_and_not_by_reading()
    {
        await using var store = await _file.OpenAsync();
        await AddGroupAsync(store, "Team");
        var other = store.WaitForChangeAsync(TestMailboxes.Key("you@contoso.com"));

        var changed = store.WaitForChangeAsync(Me);
        await store.ReadLogAsync(Me, 0, 100, default);
        changed.IsCompleted.Should().BeFalse();
        await AddGroupAsync(store, "Next");
        await changed.WaitAsync(TimeSpan.FromSeconds(30));
        (await store.FindAsync(Me, default))!.HasGroupNamed("Next").Should().BeTrue();

        var replaced = store.WaitForChangeAsync(Me);
        await store.ReplaceAsync(Me.Realm, null, [], null, default);
        await replaced.WaitAsync(TimeSpan.FromSeconds(30));
        other.IsCompleted.Should().BeFalse();
    }

    private static async Task AddGroupAsync(SingleWriterStore store, string name) =>
        (await store.ChangeAsync(Me, edit => edit.AddImGroup(name), default)).Succeeded.Should().BeTrue();

    public sealed class OnSqlite() : ChangeLogTests(DatabaseKind.Sqlite);

    public sealed class OnPostgres() : ChangeLogTests(DatabaseKind.Postgres);
}
