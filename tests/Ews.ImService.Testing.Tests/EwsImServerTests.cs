using System.Collections.Concurrent;
using System.Runtime.Loader;
using Microsoft.Extensions.Logging;

namespace Ews.ImService.Testing.Tests;

public sealed class EwsImServerTests
{
    private const string Alice = "alice@contoso.com";

    [Fact]
    public async Task A_started_server_is_ready_and_a_disposed_server_is_unreachable()
    {
        var exchange = await EwsImServer.StartAsync();
        using var http = exchange.CreateClient();
        (await http.GetStringAsync(new Uri(exchange.Url, "/readyz"))).Should().Be("ready\n");

        await exchange.DisposeAsync();
        await exchange.DisposeAsync();

        await http.Invoking(client => client.GetStringAsync(new Uri(exchange.Url, "/readyz"))).Should().ThrowAsync<HttpRequestException>();
    }

    public static TheoryData<string> SlowFaults => ["Delay", "SlowBody"];

    [Theory]
    [MemberData(nameof(SlowFaults))]
    public async Task Disposing_completes_a_delayed_response_at_once(string kind)
    {
        var exchange = await EwsImServer.StartAsync();
        await exchange.Faults.AddAsync(kind == "Delay" ? Fault.Delay(TimeSpan.FromMinutes(5)) : Fault.SlowBody(bytesPerSecond: 1));
        var delayed = new ImClient(exchange, Alice).GetImItemListAsync();
        await exchange.Journal.WaitForArrivalAsync(new RequestPattern { Operation = "GetImItemList" });

        await exchange.DisposeAsync();

        (await delayed.WaitAsync(TimeSpan.FromSeconds(30))).Should().Contain("NoError");
    }

    [Fact]
    public async Task A_canceled_start_throws()
    {
        var start = () => EwsImServer.StartAsync(cancellationToken: new CancellationToken(canceled: true));

        await start.Should().ThrowAsync<OperationCanceledException>();
    }

    [Fact]
    public async Task With_TLS_only_clients_that_trust_the_certificate_connect()
    {
        await using var exchange = await EwsImServer.StartAsync(o => o.UseHttps = true);
        using var untrusting = new HttpClient();

        exchange.Url.Scheme.Should().Be("https");
        exchange.Certificate!.MatchesHostname("127.0.0.1").Should().BeTrue();
        (await new ImClient(exchange, Alice).AddImGroupAsync("Team")).Should().Contain("NoError");
        await untrusting.Invoking(client => client.GetAsync(exchange.Url)).Should().ThrowAsync<HttpRequestException>();
    }

    [Fact]
    public async Task The_libraries_of_the_service_are_not_loaded_into_the_context_of_the_test()
    {
        await using var exchange = await EwsImServer.StartAsync();

        AssemblyLoadContext.Default.Assemblies.Select(assembly => assembly.GetName().Name).Should().NotContain(
            ["Microsoft.EntityFrameworkCore", "Serilog", "Microsoft.Data.Sqlite", "NodaTime", "Ews.ImService", "Ews.ImService.Protocol"]);
        typeof(EwsImServer).Assembly.GetReferencedAssemblies().Select(reference => reference.Name)
            .Should().OnlyContain(name => name!.StartsWith("System.") || name == "Microsoft.Extensions.Logging.Abstractions");
    }

    [Fact]
    public async Task A_database_file_preserves_mailboxes_between_servers()
    {
        var directory = Directory.CreateTempSubdirectory("ews-im-testing-");
        try
        {
            var path = Path.Combine(directory.FullName, "mailboxes.db");
            await using (var first = await EwsImServer.StartAsync(o => o.DatabasePath = path))
                await new ImClient(first, Alice).AddImGroupAsync("Kept");
            await using var second = await EwsImServer.StartAsync(o => o.DatabasePath = path);

            (await second.FindMailboxAsync(Alice))!.GetGroup("Kept").Type.Should().Be(SeedGroupType.UserGroup);
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task A_setting_takes_effect()
    {
        await using var exchange = await EwsImServer.StartAsync(o => o.Settings["Limits:MaxGroups"] = "1");
        var client = new ImClient(exchange, Alice);

        await client.AddImGroupAsync("First");

        (await client.AddImGroupAsync("Second")).Should().NotContain("NoError");
    }

    [Fact]
    public async Task A_start_with_an_unknown_setting_or_a_port_in_use_fails()
    {
        await using var exchange = await EwsImServer.StartAsync();
        var withUnknownSetting = () => EwsImServer.StartAsync(o => o.Settings["Limits:MaxGruops"] = "1");
        var withPortInUse = () => EwsImServer.StartAsync(o => o.Port = exchange.Url.Port);

        await withUnknownSetting.Should().ThrowAsync<EwsImServerException>().WithMessage("*Limits:MaxGruops*");
        await withPortInUse.Should().ThrowAsync<EwsImServerException>().WithMessage("*cannot listen*address already in use.");
    }

    [Fact]
    public async Task A_server_that_was_disposed_of_cannot_be_used()
    {
        var exchange = await EwsImServer.StartAsync();
        var realm = exchange.GetRealm("a");
        await exchange.DisposeAsync();

        foreach (var use in new[] { () => exchange.ResetAsync(), () => realm.ResetAsync(), () => exchange.Journal.ClearAsync() })
            (await use.Should().ThrowAsync<ObjectDisposedException>()).Which.ObjectName.Should().Be(typeof(EwsImServer).FullName);
    }

    [Fact]
    public async Task LogLine_receives_the_lines_of_the_log()
    {
        var lines = new ConcurrentQueue<string>();
        await using (var exchange = await EwsImServer.StartAsync(o => o.LogLine = lines.Enqueue))
            await new ImClient(exchange, Alice).AddImGroupAsync("Team");

        lines.Should().ContainMatch("*AddImGroup*alice@contoso.com*NoError*");
    }

    [Fact]
    public async Task An_exception_of_LogLine_or_of_a_logger_does_not_affect_the_request()
    {
        using var loggers = LoggerFactory.Create(logging => logging.AddProvider(new FailingLoggers()));
        await using var exchange = await EwsImServer.StartAsync(o =>
        {
            o.LogLine = _ => throw new InvalidOperationException("There is no active test.");
            o.LoggerFactory = loggers;
        });

        (await new ImClient(exchange, Alice).AddImGroupAsync("Team")).Should().Contain("NoError");
    }

    private sealed class FailingLoggers : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            throw new InvalidOperationException("There is no active test.");

        public void Dispose()
        {
        }
    }
}
