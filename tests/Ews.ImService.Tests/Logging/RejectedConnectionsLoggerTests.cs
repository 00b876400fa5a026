using Ews.ImService.Logging;
using Microsoft.Extensions.Logging;

namespace Ews.ImService.Tests.Logging;

public sealed class RejectedConnectionsLoggerTests
{
    private const string First =
        "A connection was rejected, because as many are open as Limits:MaxConnections allows; others are counted";

    private readonly ManualTimers _clock = new();
    private readonly RecordedEvents _events = new();

    [Fact]
    public void The_first_rejected_connection_is_logged_and_others_are_counted_for_each_interval()
    {
        var logger = new RejectedConnectionsLogger(_events, _clock);

        Reject(logger, 3);
        _events.Lines.Should().Equal(First);
        _clock.Elapse();
        Reject(logger, 2);
        _clock.Elapse();
        _clock.Elapse();
        _clock.ActiveCount.Should().Be(0);
        Reject(logger, 1);

        _events.Lines.Should().Equal(
            First,
            "2 more connections were rejected since the last event about them",
            "2 more connections were rejected since the last event about them",
            First);
    }

    [Fact]
    public void Other_events_are_not_changed()
    {
        var logger = new RejectedConnectionsLogger(_events, _clock);

        logger.Log(LogLevel.Warning, new EventId(1, "Other"), "state", null, (state, _) => state);

        _events.Lines.Should().Equal("state");
    }

    [Fact]
    public async Task A_service_at_its_limit_logs_one_line_and_the_number_of_the_others()
    {
        var lines = new List<string>();
        var settings = TestService.InMemory with
        {
            MaxConnections = 1,
            IsHosted = true,
            LogLevel = Ews.ImService.Settings.LogThreshold.Warning,
            LogLine = line =>
            {
                lock (lines)
                    lines.Add(line);
            },
        };
        await using (var service = await TestService.StartAsync(settings))
        {
            await service.Client.GetStringAsync("/livez");
            for (var i = 0; i < 3; i++)
            {
                using var other = new HttpClient { BaseAddress = service.Client.BaseAddress };
                await other.Invoking(client => client.GetStringAsync("/livez")).Should().ThrowAsync<HttpRequestException>();
            }
        }

        // The number depends on the attempts of the client.
        lines.Should().HaveCountGreaterThan(1);
        lines[0].Should().EndWith(" WRN " + First);
        lines.Skip(1).Should().OnlyContain(line => line.EndsWith(" more connections were rejected since the last event about them"));
    }

    private static void Reject(RejectedConnectionsLogger logger, int count)
    {
        for (var i = 0; i < count; i++)
            logger.Log(LogLevel.Warning, new EventId(24, "ConnectionRejected"), "state", null, (state, _) => state);
    }

    private sealed class RecordedEvents : ILogger
    {
        public List<string> Lines { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Add(formatter(state, exception));
    }

    /// <summary>A clock whose timers elapse on demand.</summary>
    private sealed class ManualTimers : TimeProvider
    {
        private readonly List<ManualTimer> _timers = [];

        public int ActiveCount => _timers.Count;

        public void Elapse()
        {
            foreach (var timer in _timers.ToList())
                timer.Run();
        }

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            dueTime.Should().Be(RejectedConnectionsLogger.Interval);
            var timer = new ManualTimer(this, () => callback(state));
            _timers.Add(timer);
            return timer;
        }

        private sealed class ManualTimer(ManualTimers clock, Action run) : ITimer
        {
            public void Run() => run();

            public bool Change(TimeSpan dueTime, TimeSpan period) => throw new NotSupportedException();

            public void Dispose() => clock._timers.Remove(this);

            public ValueTask DisposeAsync() => throw new NotSupportedException();
        }
    }
}
