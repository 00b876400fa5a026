using System.Net;
using System.Net.Sockets;
using System.Text;
using Ews.ImService.Control;
using Ews.ImService.Protocol;

namespace Ews.ImService.Tests.Hosting;

public sealed class WebServerTests
{
    [Fact]
    public async Task Connections_beyond_the_limit_are_rejected_until_another_is_closed()
    {
        await using var service = await TestService.StartAsync(TestService.InMemory with { MaxConnections = 1 });
        using var first = new TcpClient();
        await first.ConnectAsync(IPAddress.Loopback, service.Client.BaseAddress!.Port);
        await first.GetStream().WriteAsync("GET /livez HTTP/1.1\r\nHost: localhost\r\n\r\n"u8.ToArray());
        (await first.GetStream().ReadAsync(new byte[1000])).Should().BePositive("the connection is open");

        var second = () => service.Client.GetAsync("/livez");

        await second.Should().ThrowAsync<HttpRequestException>();
        first.Close();
        await second.Should().NotThrowAfterAsync(TimeSpan.FromSeconds(30), TimeSpan.FromMilliseconds(20));
    }

    [Fact]
    public async Task Too_many_or_too_large_headers_get_431()
    {
        await using var service = await TestService.StartAsync();
        using var many = new HttpRequestMessage(HttpMethod.Get, EwsOptions.Path);
        for (var i = 0; i < 200; i++)
            many.Headers.Add($"X-{i}", "a");
        using var large = new HttpRequestMessage(HttpMethod.Get, EwsOptions.Path);
        large.Headers.Add("X-Large", new string('a', 40_000));

        ((int)(await service.Client.SendAsync(many)).StatusCode).Should().Be(431);
        ((int)(await service.Client.SendAsync(large)).StatusCode).Should().Be(431);
    }

    [Fact]
    public async Task Health_endpoints_respond_and_an_unknown_path_names_the_endpoints()
    {
        await using var service = await TestService.StartAsync();

        using var live = await service.Client.GetAsync("/livez");
        using var ready = await service.Client.GetAsync("/readyz");
        using var nothing = await service.Client.GetAsync("/elsewhere");
        using var almost = await service.Client.PostAsync("/Exchange.asmx", new StringContent("<a/>"));

        live.StatusCode.Should().Be(HttpStatusCode.OK);
        ready.StatusCode.Should().Be(HttpStatusCode.OK);
        nothing.StatusCode.Should().Be(HttpStatusCode.NotFound);
        (await nothing.Content.ReadAsStringAsync()).Should().Contain(EwsOptions.Path);
        almost.StatusCode.Should().Be(HttpStatusCode.NotFound);
        (await almost.Content.ReadAsStringAsync()).Should().Contain(EwsOptions.Path);
    }

    [Fact]
    public async Task The_service_is_ready_after_its_initial_state_is_loaded()
    {
        const string Seed = """{ "mailboxes": [{ "smtpAddress": "a@contoso.com", "imContacts": [{ "imAddress": "b@contoso.com" }] }] }""";
        using var clock = new PausedClock();
        await using var host = ImServiceHost.Create(TestService.InMemory with
        {
            Seeds = [Encoding.UTF8.GetBytes(Seed)],
            Control = new ControlOptions { Clock = clock },
        });
        var start = Task.Run(host.StartAsync);
        (await Task.WhenAny(start, clock.IsRead)).Should().BeSameAs(clock.IsRead, "the start creates the IM contact at a time");
        using var client = new HttpClient { BaseAddress = host.EwsUrls[0] };

        using var during = await client.GetAsync("/readyz");
        clock.Resume();
        await start;
        using var after = await client.GetAsync("/readyz");

        during.StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable);
        after.StatusCode.Should().Be(HttpStatusCode.OK);
    }
}
