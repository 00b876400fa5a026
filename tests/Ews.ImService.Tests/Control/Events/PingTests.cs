using System.Net.ServerSentEvents;
using Ews.ImService.Control;
using Ews.ImService.Control.Contract;
using Ews.ImService.Control.Events;
using Ews.ImService.Control.Journal;
using Ews.ImService.Control.Realms;
using Ews.ImService.Control.Server;
using Ews.ImService.Mailbox;
using Ews.ImService.Storage;

namespace Ews.ImService.Tests.Control.Events;

public sealed class PingTests
{
    [Fact]
    public async Task A_ping_is_sent_when_there_was_no_event_for_a_while()
    {
        var realms = new RealmRegistry(new ControlOptions());
        await using var store = MailboxStorage.Start(new MailboxStoreOptions(MailboxStoreOptions.InMemory, new MailboxLimits(), realms));
        var clock = new MovableClock();
        var streams = new EventStreams(realms, store, new EmptyLog(), clock);
        using var stopping = new CancellationTokenSource();

        var types = new List<string>();
        await foreach (var item in streams.ReadAsync(realms[""], new JournalFilter(), 1, null, stopping.Token, CancellationToken.None))
        {
            types.Add(item.EventType);
            if (types.Count == 3)
                await stopping.CancelAsync();
            clock.Move(EventStreams.PingInterval);
        }

        types.Should().Equal("journal", "ping", "ping");
    }

    /// <summary>A clock that is ahead of that of the system; its timers are not.</summary>
    private sealed class MovableClock : TimeProvider
    {
        private long _ticks;

        public override long GetTimestamp() => base.GetTimestamp() + Volatile.Read(ref _ticks);

        public void Move(TimeSpan by) => Interlocked.Add(ref _ticks, (long)(by.TotalSeconds * TimestampFrequency));
    }

    private sealed class EmptyLog : ILogTail
    {
        public long LastId => 0;

        public LogPage Read(long after, int limit) => throw new NotSupportedException();
    }
}
