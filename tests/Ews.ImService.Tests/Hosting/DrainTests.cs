using System.Net;

namespace Ews.ImService.Tests.Hosting;

/// <summary>A service that continues for some time after a termination signal, until a load balancer does not use it any more.</summary>
public sealed class DrainTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("TERM")]
    [InlineData("INT")]
    public async Task After_a_termination_signal_requests_succeed_and_the_service_is_not_ready_until_a_second_signal(string second)
    {
        var (service, client) = await StartAsync(seconds: 3600);
        await using var _ = service;
        using var http = client;

        service.Send("TERM");
        await WaitUntilStoppingAsync(client);
        using var another = new HttpClient { BaseAddress = client.BaseAddress };
        (await ServiceProcess.PostAsync(another, EwsRequest.AddImGroup("Team"))).Should().Contain("NoError");
        (await another.GetAsync("/livez")).StatusCode.Should().Be(HttpStatusCode.OK);

        (await (second == "TERM" ? service.TerminateAsync() : service.InterruptAsync())).Should().Be(0);
        service.Output.Should().Contain("will stop in 3600 s").And.Contain("The service has stopped");
        service.Errors.Should().BeEmpty();
    }

    [Fact]
    public async Task The_service_stops_after_the_time()
    {
        var (service, client) = await StartAsync(seconds: 1);
        await using var _ = service;
        using var http = client;

        (await service.TerminateAsync()).Should().Be(0);

        service.Output.Should().Contain("will stop in 1 s").And.Contain("The service has stopped");
        service.Errors.Should().BeEmpty();
    }

    [Fact]
    public async Task With_a_time_of_zero_a_termination_signal_stops_the_service_at_once()
    {
        var (service, client) = await StartAsync(seconds: 0);
        await using var _ = service;
        using var http = client;

        (await service.TerminateAsync()).Should().Be(0);

        service.Output.Should().NotContain("will stop in").And.Contain("The service has stopped");
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("3601")]
    [InlineData("1.5")]
    public async Task Another_time_is_rejected(string seconds)
    {
        var (exitCode, _, errors) = await ServiceProcess.RunAsync(_directory, ["serve", $"--Process:DrainSeconds={seconds}"]);

        exitCode.Should().Be(2);
        errors.Should().StartWith($"Process:DrainSeconds must be an integer from 0 to 3600, but is '{seconds}'.");
    }

    [Fact]
    public async Task An_interruption_stops_the_service_at_once()
    {
        var (service, client) = await StartAsync(seconds: 3600);
        await using var _ = service;
        using var http = client;

        (await service.InterruptAsync()).Should().Be(0);

        service.Output.Should().NotContain("will stop in").And.Contain("The service has stopped");
    }

    private static async Task WaitUntilStoppingAsync(HttpClient client)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            using var response = await client.GetAsync("/readyz", timeout.Token);
            var text = await response.Content.ReadAsStringAsync(timeout.Token);
            if (response.StatusCode != HttpStatusCode.OK)
            {
                (response.StatusCode, text).Should().Be((HttpStatusCode.ServiceUnavailable, "stopping\n"));
                return;
            }

            await Task.Delay(20, timeout.Token);
        }
    }

    private Task<(ServiceProcess Service, HttpClient Client)> StartAsync(int seconds) =>
        ServiceProcess.StartAsync(_directory, "--db", ":memory:", "--Process:DrainSeconds", $"{seconds}");
}
