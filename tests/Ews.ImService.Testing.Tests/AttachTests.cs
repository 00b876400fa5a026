using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Ews.ImService.Testing.Tests;

public sealed class AttachTests
{
    private const string Alice = "alice@contoso.com";

    [Fact]
    public async Task An_attached_server_is_controlled_with_its_token_and_keeps_running()
    {
        await using var exchange = await EwsImServer.StartAsync(o => o.Settings["Control:Token"] = "open sesame");

        await using (var attached = EwsImServer.Attach(exchange.Url, "open sesame"))
            await attached.SeedAsync(new SeedMailbox(Alice).WithGroup("Team"));

        (await exchange.FindMailboxAsync(Alice))!.GetMembers("Team").Should().BeEmpty();
    }

    [Fact]
    public async Task A_request_without_the_token_is_rejected()
    {
        await using var exchange = await EwsImServer.StartAsync(o => o.Settings["Control:Token"] = "open sesame");
        await using var attached = EwsImServer.Attach(exchange.Url);

        await attached.Invoking(it => it.ResetAsync()).Should().ThrowAsync<EwsImServerException>().WithMessage("*Bearer*");
    }

    [Fact]
    public async Task Attaching_to_the_URL_of_a_realm_fails()
    {
        await using var exchange = await EwsImServer.StartAsync();
        var attach = () => EwsImServer.Attach(exchange.GetRealm("a").Url);

        attach.Should().Throw<ArgumentException>().WithMessage("*is the URL of a realm*");
    }

    [Fact]
    public async Task A_certificate_must_be_trusted_or_passed()
    {
        await using var exchange = await EwsImServer.StartAsync(o => o.UseHttps = true);
        await using var trusting = EwsImServer.Attach(exchange.Url, certificate: exchange.Certificate);
        await using var untrusting = EwsImServer.Attach(exchange.Url);

        await trusting.ResetAsync();
        await untrusting.Invoking(it => it.ResetAsync())
            .Should().ThrowAsync<EwsImServerException>().WithMessage("No server responds at https:*");
    }

    [Fact]
    public async Task An_unreachable_server_and_a_disabled_control_API_are_reported()
    {
        await using var disabled = await EwsImServer.StartAsync(o => o.Settings["Control:Enabled"] = "false");
        var stopped = await EwsImServer.StartAsync();
        await stopped.DisposeAsync();
        await using var attached = EwsImServer.Attach(stopped.Url);

        await attached.Invoking(it => it.ResetAsync())
            .Should().ThrowAsync<EwsImServerException>().WithMessage("No server responds at http:*");
        await disabled.Invoking(it => it.ResetAsync())
            .Should().ThrowAsync<EwsImServerException>().WithMessage("There is no control API at *Control:Enabled*");
    }

    [Fact]
    public async Task Waiting_ends_when_the_server_is_ready()
    {
        await using var exchange = await EwsImServer.StartAsync();
        await using var starting = WebApplication.CreateSlimBuilder().Build();
        var isReady = false;
        var calls = 0;
        starting.MapGet("/readyz", () =>
        {
            Interlocked.Increment(ref calls);
            return Volatile.Read(ref isReady) ? Results.Text("ready\n") : Results.Text("starting\n", statusCode: 503);
        });
        starting.Urls.Add("http://127.0.0.1:0");
        await starting.StartAsync();
        await using var attached = EwsImServer.Attach(new Uri(starting.Urls.Single()));

        await exchange.WaitUntilReadyAsync(TimeSpan.Zero);
        await attached.Invoking(it => it.WaitUntilReadyAsync(TimeSpan.Zero))
            .Should().ThrowAsync<EwsImServerException>().WithMessage("The server was not ready within 0 ms. The server is starting.");
        var waiting = attached.WaitUntilReadyAsync(Timeout.InfiniteTimeSpan);
        while (Volatile.Read(ref calls) < 3)
            await Task.Delay(10);
        waiting.IsCompleted.Should().BeFalse();
        Volatile.Write(ref isReady, true);
        await waiting.WaitAsync(TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task Waiting_for_a_server_that_is_not_ready_fails_with_the_reason()
    {
        await using var attached = EwsImServer.Attach(new Uri("http://127.0.0.1:9/"));
        using var silent = new SilentServer();
        await using var other = EwsImServer.Attach(silent.Root);
        using var canceled = new CancellationTokenSource(0);

        await attached.Invoking(it => it.WaitUntilReadyAsync(TimeSpan.Zero)).Should().ThrowAsync<EwsImServerException>()
            .WithMessage("The server was not ready within 0 ms. No server responds at http://127.0.0.1:9/: *");
        await other.Invoking(it => it.WaitUntilReadyAsync(TimeSpan.FromMilliseconds(50))).Should().ThrowAsync<EwsImServerException>()
            .WithMessage($"The server was not ready within 50 ms. The server at {silent.Root} does not respond.");
        await other.Invoking(it => it.WaitUntilReadyAsync(cancellationToken: canceled.Token))
            .Should().ThrowAsync<OperationCanceledException>();
    }

    [Fact]
    public async Task A_server_that_does_not_respond_is_reported_after_the_time_limit()
    {
        using var silent = new SilentServer();
        using var control = new ControlClient(silent.Root, null, null, TimeSpan.FromMilliseconds(50));
        var realm = new EwsImRealm(control, "a");
        var expected = $"The server at {silent.Root} did not respond within 0.05 seconds.";

        await realm.Invoking(it => it.ResetAsync()).Should().ThrowAsync<EwsImServerException>().WithMessage(expected);
        await realm.Invoking(it => it.OpenEventsAsync("events", default))
            .Should().ThrowAsync<EwsImServerException>().WithMessage(expected);
        await realm.Invoking(it => it.ResetAsync(new CancellationToken(true))).Should().ThrowAsync<OperationCanceledException>();
    }

    [Fact]
    public async Task A_service_that_responds_to_every_path_is_not_ready()
    {
        await using var another = WebApplication.CreateSlimBuilder().Build();
        another.MapFallback(() => "Welcome");
        another.Urls.Add("http://127.0.0.1:0");
        await another.StartAsync();
        await using var attached = EwsImServer.Attach(new Uri(another.Urls.Single()));

        await attached.Invoking(it => it.WaitUntilReadyAsync(TimeSpan.Zero)).Should().ThrowAsync<EwsImServerException>()
            .WithMessage("*responds with HTTP status 200, and may be another service.");
    }

    [Fact]
    public async Task Waiting_for_another_service_fails_with_its_status()
    {
        await using var another = WebApplication.CreateSlimBuilder().Build();
        another.Urls.Add("http://127.0.0.1:0");
        await another.StartAsync();
        await using var attached = EwsImServer.Attach(new Uri(another.Urls.Single()));

        await attached.Invoking(it => it.WaitUntilReadyAsync(TimeSpan.Zero)).Should().ThrowAsync<EwsImServerException>()
            .WithMessage("*responds with HTTP status 404, and may be another service.");
    }
}
