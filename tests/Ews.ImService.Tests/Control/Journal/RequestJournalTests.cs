using Ews.ImService.Control.Contract;
using Ews.ImService.Control.Journal;

namespace Ews.ImService.Tests.Control.Journal;

public sealed class RequestJournalTests
{
    private static readonly JournalFilter All = new();

    [Fact]
    public void An_entry_that_was_read_does_not_change_when_the_request_continues()
    {
        var journal = new RequestJournal(maxEntries: 10, maxBytes: 1000);
        var recording = journal.Add(Request());

        var before = journal.Find(All);
        recording.Update(entry => entry with { State = JournalState.Answered });
        var after = journal.Find(All);

        before.Entries.Should().ContainSingle().Which.State.Should().Be(JournalState.Arrived);
        after.Entries.Should().ContainSingle().Which.State.Should().Be(JournalState.Answered);
        after.Version.Should().BeGreaterThan(before.Version);
    }

    [Fact]
    public void The_oldest_entries_are_evicted_by_number_and_by_size()
    {
        var byNumber = new RequestJournal(maxEntries: 2, maxBytes: 1000);
        var bySize = new RequestJournal(maxEntries: 10, maxBytes: 100);
        foreach (var journal in new[] { byNumber, bySize })
        {
            for (var i = 0; i < 3; i++)
                journal.Add(Request()).Update(entry => entry with { RequestBody = new byte[60] });
        }

        byNumber.Find(All).Entries.Select(entry => entry.Id).Should().Equal(2, 3);
        bySize.Find(All).Entries.Select(entry => entry.Id).Should().Equal(3);
    }

    [Fact]
    public void A_request_that_continues_after_a_reset_does_not_change_an_entry_with_the_same_id()
    {
        var journal = new RequestJournal(maxEntries: 10, maxBytes: 1000);
        var old = journal.Add(Request());
        journal.Reset();
        journal.Add(Request());

        old.Update(entry => entry with { State = JournalState.Failed });

        journal.Find(1)!.State.Should().Be(JournalState.Arrived);
    }

    private static RecordedRequest Request() => new()
    {
        Time = DateTimeOffset.UnixEpoch,
        Method = "POST",
        Path = "/",
        RequestHeaders = new Dictionary<string, string>(),
    };
}
