using Ews.ImService.Control.Contract;
using Ews.ImService.Control.Journal;
using Microsoft.AspNetCore.Http;

namespace Ews.ImService.Tests.Control.Journal;

public sealed class JournalFeedTests
{
    private static readonly JournalFilter All = new();

    [Fact]
    public void A_feed_returns_an_entry_once_for_each_change()
    {
        var journal = new RequestJournal(maxEntries: 100, maxBytes: 1000);
        var feed = new JournalFeed(All, limit: 100, start: null);
        var entry = Add(journal);

        var first = journal.TakeChanges(feed);
        var unchanged = journal.TakeChanges(feed);
        Set(journal, entry, JournalState.Answered);
        var answered = journal.TakeChanges(feed);
        Set(journal, entry, JournalState.Failed);
        var failed = journal.TakeChanges(feed);

        States(first).Should().Equal((1, JournalState.Arrived));
        unchanged.Should().BeNull();
        States(answered).Should().Equal((1, JournalState.Answered));
        States(failed).Should().Equal([(1, JournalState.Failed)], "the client disconnected before it had the response");
        new[] { first!.Reset, answered!.Reset, failed!.Reset }.Should().Equal(true, false, false);
    }

    [Fact]
    public void A_change_that_does_not_concern_the_client_is_none()
    {
        var journal = new RequestJournal(maxEntries: 100, maxBytes: 1000);
        var feed = new JournalFeed(new JournalFilter { Operation = "AddImGroup" }, limit: 100, start: null);
        var entry = Add(journal);
        journal.TakeChanges(feed);

        Set(journal, entry, JournalState.Answered);

        journal.TakeChanges(feed).Should().BeNull();
    }

    [Fact]
    public void A_look_visits_only_entries_that_were_changed()
    {
        const int count = 10_000;
        var journal = new RequestJournal(count, maxBytes: int.MaxValue);
        var feed = new JournalFeed(All, limit: 1, start: null);
        for (var i = 0; i < count; i++)
            End(journal, Add(journal));
        journal.TakeChanges(feed);
        long unchanged = Allocated(() => journal.TakeChanges(feed));

        End(journal, Add(journal));
        var changed = Allocated(() => journal.TakeChanges(feed));

        unchanged.Should().Be(0);
        changed.Should().BeLessThan(count, "not even a byte for each entry");
    }

    [Fact]
    public void A_known_entry_that_is_skipped_is_removed()
    {
        var journal = new RequestJournal(maxEntries: 100, maxBytes: 1000);
        var feed = new JournalFeed(All, limit: 2, start: null);
        var entries = new[] { Add(journal), Add(journal) };
        journal.TakeChanges(feed);

        entries = [.. entries, Add(journal)];
        foreach (var entry in entries)
            End(journal, entry);
        var changes = journal.TakeChanges(feed)!;

        changes.Skipped.Should().Be(1);
        changes.Removed.Should().Equal(1);
        changes.Entries.Select(entry => entry.Id).Should().Equal(2, 3);
    }

    [Fact]
    public void A_client_that_continues_receives_the_end_of_requests_that_had_not_ended()
    {
        var journal = new RequestJournal(maxEntries: 100, maxBytes: 1000);
        var before = new JournalFeed(All, limit: 100, start: null);
        End(journal, Add(journal));
        var running = Add(journal);
        journal.TakeChanges(before);

        var after = new JournalFeed(All, limit: 100, JournalPosition.Parse(before.Position!.ToString()));
        var nothing = journal.TakeChanges(after);
        End(journal, running);
        var ended = journal.TakeChanges(after);

        States(nothing).Should().BeEmpty();
        nothing!.Reset.Should().BeFalse();
        States(ended).Should().Equal((2, JournalState.Answered));
    }

    [Fact]
    public void A_feed_follows_evictions_clearing_and_resets_of_a_journal_of_any_length()
    {
        var journal = new RequestJournal(maxEntries: 50, maxBytes: 1000);
        var feed = new JournalFeed(All, limit: 1000, start: null);
        var known = new SortedSet<long>();
        for (var i = 1; i <= 200; i++)
        {
            End(journal, Add(journal));
            if (i == 130)
                journal.Clear();
            if (i == 170)
                journal.Reset();
            if (i % 7 == 0 && journal.TakeChanges(feed) is { } changes)
                Apply(changes);
        }

        if (journal.TakeChanges(feed) is { } last)
            Apply(last);

        known.Should().Equal(Enumerable.Range(1, 30).Select(id => (long)id));
        journal.Find(All).Entries.Select(entry => entry.Id).Should().Equal(known);
        journal.Find(30)!.Id.Should().Be(30);
        journal.Find(31).Should().BeNull();

        void Apply(JournalChanges changes)
        {
            if (changes.Reset)
                known.Clear();
            known.RemoveWhere(id => id < changes.FirstId);
            known.UnionWith(changes.Entries.Select(entry => entry.Id));
            known.Should().Equal(journal.Find(All).Entries.Select(entry => entry.Id));
        }
    }

    private static long Allocated(Action action)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        action();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static IEnumerable<(long Id, JournalState State)> States(JournalChanges? changes) =>
        changes!.Entries.Select(entry => (entry.Id, entry.State));

    private static RecordedRequest Add(RequestJournal journal)
    {
        var entry = new RecordedRequest
        {
            Time = DateTimeOffset.UnixEpoch,
            Method = "POST",
            RawPath = "/",
            RawQuery = QueryString.Empty,
            RawRequestHeaders = default,
        };
        journal.Add(entry);
        return entry;
    }

    private static void Set(RequestJournal journal, RecordedRequest entry, JournalState state)
    {
        using (journal.Update(entry))
            entry.State = state;
    }

    private static void End(RequestJournal journal, RecordedRequest entry)
    {
        Set(journal, entry, JournalState.Answered);
        entry.IsFinal = true;
    }
}
