using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Ews.ImService.Testing.Tests;

public sealed class LoggerFactoryTests
{
    private const string Alice = "alice@contoso.com";

    [Fact]
    public async Task The_loggers_receive_events_with_category_level_and_properties()
    {
        using var events = new EventRecorder();
        using var loggers = LoggerFactory.Create(logging => logging.AddProvider(events));
        await using (var exchange = await EwsImServer.StartAsync(o => o.LoggerFactory = loggers))
            await new ImClient(exchange, Alice).AddImGroupAsync("Team");

        var request = events.Single(one => one.Text.Contains("AddImGroup", StringComparison.Ordinal));
        request.Should().BeEquivalentTo(new { Category = "Ews.ImService.Protocol.EwsEndpoint", Level = LogLevel.Information });
        request.Properties.Should().Contain("Operation", "AddImGroup").And.Contain("Mailbox", Alice).And.ContainKey("{OriginalFormat}");
        events.Should().Contain(one => one.Category == "Ews.ImService" && one.Text.StartsWith("Ready."));
    }

    [Fact]
    public async Task Log_Level_and_the_filters_of_the_factory_select_events()
    {
        using var events = new EventRecorder();
        using var loggers = LoggerFactory.Create(logging => logging
            .SetMinimumLevel(LogLevel.Trace)
            .AddFilter("Ews.ImService.Protocol", LogLevel.None)
            .AddProvider(events));
        await using (var exchange = await EwsImServer.StartAsync(o =>
        {
            o.LoggerFactory = loggers;
            o.Settings["Log:Level"] = "Debug";
        }))
        {
            await new ImClient(exchange, Alice).AddImGroupAsync("Team");
            using var http = exchange.CreateClient();
            using var rejected = await http.GetAsync(exchange.Url);
        }

        events.Should().Contain(one => one.Level == LogLevel.Information).And.NotContain(one => one.Level < LogLevel.Debug);
        events.Should().NotContain(one => one.Category.StartsWith("Ews.ImService.Protocol"))
            .And.NotContain(one => one.Category.StartsWith("Microsoft.") && one.Level < LogLevel.Warning);
    }

    [Fact]
    public async Task LogLine_and_the_log_of_the_control_API_receive_the_same_events()
    {
        using var events = new EventRecorder();
        using var loggers = LoggerFactory.Create(logging => logging.AddProvider(events));
        var lines = new ConcurrentQueue<string>();
        await using var exchange = await EwsImServer.StartAsync(o => (o.LoggerFactory, o.LogLine) = (loggers, lines.Enqueue));
        await new ImClient(exchange, Alice).AddImGroupAsync("Team");
        using var http = exchange.CreateClient();

        var log = await http.GetStringAsync(new Uri(exchange.Url, "/_control/v1/log"));

        lines.Should().HaveCount(events.Count).And.ContainMatch("*AddImGroup*alice@contoso.com*NoError*");
        log.Should().Contain("AddImGroup");
    }

    [Fact]
    public async Task Control_characters_in_properties_are_escaped()
    {
        using var events = new EventRecorder();
        using var loggers = LoggerFactory.Create(logging => logging.AddProvider(events));
        await using (var exchange = await EwsImServer.StartAsync(o =>
        {
            o.LoggerFactory = loggers;
            o.Settings["SignIn:Mode"] = "Users";
        }))
        {
            using var rejected = await new ImClient(exchange, "eve\u001b[2J@contoso.com").PostAsync();
        }

        events.Should().Contain(one => one.Text.Contains("eve\\u001B[2J")).And.NotContain(one => one.Text.Any(char.IsControl));
        events.SelectMany(one => one.Properties.Values).OfType<string>().Should().NotContain(value => value.Any(char.IsControl));
    }

    [Fact]
    public async Task The_factory_is_not_disposed_of()
    {
        using var events = new EventRecorder();
        using var loggers = LoggerFactory.Create(logging => logging.AddProvider(events));
        await (await EwsImServer.StartAsync(o => o.LoggerFactory = loggers)).DisposeAsync();

        events.IsDisposed.Should().BeFalse();
    }

    /// <summary>Records the events of all loggers.</summary>
    private sealed class EventRecorder : ConcurrentQueue<LogEvent>, ILoggerProvider
    {
        public bool IsDisposed { get; private set; }

        public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

        public void Dispose() => IsDisposed = true;

        private sealed class Logger(EventRecorder events, string category) : ILogger
        {
            public IDisposable? BeginScope<TState>(TState state)
                where TState : notnull => null;

            public bool IsEnabled(LogLevel logLevel) => true;

            public void Log<TState>(
                LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
            {
                var properties = (IReadOnlyList<KeyValuePair<string, object?>>)state!;
                events.Enqueue(new LogEvent(
                    category, logLevel, formatter(state, exception), properties.ToDictionary(one => one.Key, one => one.Value)));
            }
        }
    }

    private sealed record LogEvent(string Category, LogLevel Level, string Text, IReadOnlyDictionary<string, object?> Properties);
}
