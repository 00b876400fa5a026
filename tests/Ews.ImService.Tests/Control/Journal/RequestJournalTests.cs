using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using Ews.ImService.Control.Contract;
using Ews.ImService.Control.Journal;
using Microsoft.AspNetCore.Http;

namespace Ews.ImService.Tests.Control.Journal;

public sealed class RequestJournalTests
{
    private static readonly JournalFilter All = new();

    [Fact]
    public void An_entry_that_was_read_does_not_change_when_the_request_continues()
    {
        var journal = new RequestJournal(maxEntries: 10, maxBytes: 1000);
        var entry = Add(journal);

        var before = journal.Find(All);
        using (journal.Update(entry))
            entry.State = JournalState.Answered;
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
                Add(journal, requestBody: new byte[60]);
        }

        byNumber.Find(All).Entries.Select(entry => entry.Id).Should().Equal(2, 3);
        bySize.Find(All).Entries.Select(entry => entry.Id).Should().Equal(3);
    }

    [Fact]
    public void A_large_body_that_entries_share_is_counted_once()
    {
        var journal = new RequestJournal(maxEntries: 10, maxBytes: 100_100);
        byte[] shared = new byte[40_000], other = new byte[60_000];

        for (var i = 0; i < 5; i++)
            Add(journal, responseBody: shared);
        Add(journal, responseBody: other);
        var all = journal.Find(All).Entries.Select(entry => entry.Id);
        Add(journal, responseBody: new byte[40_000]);
        var afterOneMore = journal.Find(All).Entries.Select(entry => entry.Id);
        Add(journal, responseBody: new byte[40_001]);
        var newest = journal.Find(All).Entries.Select(entry => entry.Id);

        all.Should().Equal(1, 2, 3, 4, 5, 6);
        afterOneMore.Should().Equal(6, 7);
        newest.Should().Equal(7, 8);
    }

    [Fact]
    public void A_body_in_a_much_larger_buffer_is_copied()
    {
        var buffer = new byte[1000];

        var small = JournalSize.Compact(new ReadOnlySequence<byte>(buffer, 0, 499));
        var large = JournalSize.Compact(new ReadOnlySequence<byte>(buffer, 0, 500));

        SequenceMarshal.TryGetArray(small, out var copy).Should().BeTrue();
        copy.Array.Should().HaveCount(499);
        SequenceMarshal.TryGetArray(large, out var same).Should().BeTrue();
        same.Array.Should().BeSameAs(buffer);
    }

    [Theory]
    [InlineData(60, "<Password>" + Redaction.Hidden)]
    [InlineData(100, Redaction.Hidden)]
    public void A_body_with_secrets_that_is_nested_deeply_is_hidden(int depth, string expected)
    {
        var body = string.Concat(Enumerable.Repeat("<a>", depth)) + "<Password>secret</Password>"
            + string.Concat(Enumerable.Repeat("</a>", depth));

        Redaction.Body(Encoding.UTF8.GetBytes(body)).Text.Should().Contain(expected).And.NotContain("secret");
    }

    [Fact]
    public void Headers_are_those_of_the_time_of_recording_and_are_redacted()
    {
        var headers = new HeaderDictionary { ["X-Api-Key"] = "secret", ["Accept"] = "text/xml" };

        var recorded = new RecordedHeaders(headers);
        headers.Clear();
        headers["Host"] = "localhost";

        recorded.Redact().Should().Equal(new Dictionary<string, string> { ["X-Api-Key"] = Redaction.Hidden, ["Accept"] = "text/xml" });
    }

    [Fact]
    public async Task A_waiting_call_searches_each_body_once()
    {
        var journal = new RequestJournal(maxEntries: 10, maxBytes: 1000);
        var bodies = new List<ObservedBody>();

        // While a body is read, the next request arrives, so that the journal is searched again. No request ends.
        void AddRequest()
        {
            bodies.Add(new ObservedBody("<DisplayName>Team</DisplayName>", firstRead: () =>
            {
                if (bodies.Count < 5)
                    AddRequest();
            }));
            Add(journal, bodies[^1].Memory);
        }

        AddRequest();
        var found = await journal.WaitAsync(
            new JournalFilter { Contains = "Team" }, 5, null, Timeout.InfiniteTimeSpan, CancellationToken.None);

        found.Entries.Select(entry => entry.Id).Should().Equal(1, 2, 3, 4, 5);
        var once = new ObservedBody("<DisplayName>Team</DisplayName>", firstRead: () => { });
        Redaction.BodyContains(once.Memory, "Team").Should().BeTrue();
        bodies.Should().HaveCount(5).And.OnlyContain(body => body.Reads == once.Reads);
    }

    [Fact]
    public async Task A_waiting_call_follows_updates_evictions_and_resets()
    {
        var journal = new RequestJournal(maxEntries: 3, maxBytes: 1000);
        var answered = new JournalFilter { State = "answered" };

        var first = Add(journal);
        var waiting = journal.WaitAsync(answered, 2, null, Timeout.InfiniteTimeSpan, CancellationToken.None);
        End(journal, Add(journal));
        End(journal, first);
        (await waiting).Entries.Select(entry => entry.Id).Should().Equal(1, 2);

        waiting = journal.WaitAsync(answered, 3, null, Timeout.InfiniteTimeSpan, CancellationToken.None);
        journal.Reset();
        RecordedRequest[] others = [Add(journal), Add(journal), Add(journal)];
        foreach (var entry in others.Reverse())
            End(journal, entry);
        (await waiting).Entries.Select(entry => entry.Id).Should().Equal(1, 2, 3);

        waiting = journal.WaitAsync(answered, 3, journal.Find(All).Version, Timeout.InfiniteTimeSpan, CancellationToken.None);
        End(journal, Add(journal));
        (await waiting).Entries.Select(entry => entry.Id).Should().Equal(2, 3, 4);
    }

    [Fact]
    public void An_answered_request_whose_client_disconnects_fails()
    {
        var journal = new RequestJournal(maxEntries: 10, maxBytes: 1000);
        var entry = Add(journal);
        using (journal.Update(entry))
            entry.State = JournalState.Answered;

        var before = journal.Find(All);
        using (journal.Update(entry))
            entry.State = JournalState.Failed;
        entry.IsFinal = true;

        before.Entries.Should().ContainSingle().Which.State.Should().Be(JournalState.Answered);
        journal.Find(All).Entries.Should().Equal(entry);
    }

    [Fact]
    public void A_request_that_continues_after_a_reset_does_not_change_an_entry_with_the_same_id()
    {
        var journal = new RequestJournal(maxEntries: 10, maxBytes: 1000);
        var old = Add(journal);
        journal.Reset();
        Add(journal);

        using (journal.Update(old))
            old.State = JournalState.Failed;

        journal.Find(1)!.State.Should().Be(JournalState.Arrived);
    }

    private static void End(RequestJournal journal, RecordedRequest entry)
    {
        using (journal.Update(entry))
            entry.State = JournalState.Answered;
        entry.IsFinal = true;
    }

    private static RecordedRequest Add(RequestJournal journal, ReadOnlyMemory<byte> requestBody = default, byte[]? responseBody = null)
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
        using (journal.Update(entry))
            (entry.RequestBody, entry.ResponseBody) = (requestBody, new ReadOnlySequence<byte>(responseBody ?? []));
        return entry;
    }

    /// <summary>A request body that counts how often it is read.</summary>
    private sealed class ObservedBody(string text, Action firstRead) : MemoryManager<byte>
    {
        private readonly byte[] _bytes = Encoding.UTF8.GetBytes(text);

        public int Reads { get; private set; }

        public override Memory<byte> Memory => CreateMemory(_bytes.Length); // The base class would read the body.

        public override Span<byte> GetSpan()
        {
            if (++Reads == 1)
                firstRead();
            return _bytes;
        }

        public override MemoryHandle Pin(int elementIndex = 0) => throw new NotSupportedException();

        public override void Unpin() => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
        }
    }
}
