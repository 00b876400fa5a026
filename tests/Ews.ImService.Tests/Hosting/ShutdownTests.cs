using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using Ews.ImService.Protocol;
using Ews.ImService.Tests.Control;

namespace Ews.ImService.Tests.Hosting;

/// <summary>A termination signal while the service is used: the process ends with code 0, whatever its clients do.</summary>
public sealed class ShutdownTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData(0)]
    [InlineData(20)]
    [InlineData(-1)]
    public async Task A_client_that_does_not_complete_its_request_does_not_prevent_the_end_of_the_process(int sent)
    {
        var (service, client) = await StartAsync();
        await using var _ = service;
        var request = Request(EwsRequest.AddImGroup("Team"));
        using var connection = await SendAsync(client, request[..(sent < 0 ? request.Length + sent : sent)]);
        if (sent < 0)
            await WaitForRequestAsync(client);

        (await service.TerminateAsync()).Should().Be(0);

        service.Errors.Should().BeEmpty();
        service.Output.Should().Contain("The service has stopped");
    }

    [Fact]
    public async Task A_client_that_does_not_read_its_responses_does_not_prevent_the_end_of_the_process()
    {
        var (service, client) = await StartAsync();
        await using var _ = service;
        await ServiceProcess.PostAsync(client, EwsRequest.AddImGroup(new string('a', 1_000_000)));
        var requests = string.Concat(Enumerable.Repeat(Request(EwsRequest.GetImItemList()), 20));
        using var connection = await SendAsync(client, requests);
        await WaitForRequestAsync(client);

        (await service.TerminateAsync()).Should().Be(0);

        service.Errors.Should().BeEmpty();
    }

    [Fact]
    public async Task A_response_that_a_fault_rule_sends_slowly_does_not_prevent_the_end_of_the_process()
    {
        var (service, client) = await StartAsync();
        await using var _ = service;
        await AddRuleAsync(client, """{ "kind": "slowBody", "bytesPerSecond": 1 }""");
        using var connection = await SendAsync(client, Request(EwsRequest.AddImGroup("Team")));
        await WaitForRequestAsync(client);

        (await service.TerminateAsync()).Should().Be(0);

        service.Errors.Should().BeEmpty();
    }

    [Fact]
    public async Task A_response_that_a_fault_rule_delays_is_sent_when_the_service_stops()
    {
        var (service, client) = await StartAsync();
        await using var _ = service;
        await AddRuleAsync(client, """{ "kind": "delay", "milliseconds": 600000 }""");
        using var connection = await SendAsync(client, Request(EwsRequest.AddImGroup("Team")));
        await WaitForRequestAsync(client);

        (await service.TerminateAsync()).Should().Be(0);

        using var reader = new StreamReader(connection.GetStream());
        (await reader.ReadToEndAsync()).Should().StartWith("HTTP/1.1 200 OK").And.EndWith("</s:Envelope>");
        (await GroupsAfterRestartAsync()).Should().Contain(">Team<");
    }

    [Fact]
    public async Task A_call_that_waits_for_the_journal_gets_503_when_the_service_stops()
    {
        var (service, client) = await StartAsync();
        await using var _ = service;
        var waiting = client.GetAsync($"{ControlCalls.Api}/journal/wait?count=2&timeoutMilliseconds=600000");
        await WaitForRequestAsync(client, EwsRequest.AddImGroup("Team"));

        (await service.TerminateAsync()).Should().Be(0);

        using var response = await waiting;
        response.StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable);
    }

    [Fact]
    public async Task A_seed_that_is_being_loaded_is_complete_or_absent_after_the_service_stopped()
    {
        const int Mailboxes = 100;
        const int Contacts = 300;
        var (service, client) = await StartAsync();
        await using var _ = service;
        var contacts = string.Join(',', Enumerable.Range(0, Contacts).Select(number => $$"""{ "imAddress": "c{{number}}@contoso.com" }"""));
        var mailboxes = Enumerable.Range(0, Mailboxes)
            .Select(number => $$"""{ "smtpAddress": "m{{number}}@contoso.com", "imContacts": [{{contacts}}] }""");
        using var body = new StringContent($$"""{ "mailboxes": [{{string.Join(',', mailboxes)}}] }""");
        var seeding = TryAsync(() => client.PutAsync($"{ControlCalls.Api}/seed", body));
        await ServiceProcess.PostAsync(client, EwsRequest.AddImGroup("Team"));

        (await service.TerminateAsync()).Should().Be(0);

        var isAcknowledged = (await seeding)?.IsSuccessStatusCode == true;
        var (again, clientOfAgain) = await StartAsync();
        await using var __ = again;
        var stored = await clientOfAgain.GetStringAsync($"{ControlCalls.Api}/mailboxes");
        Regex.Count(stored, @"""m\d+@").Should().BeOneOf(isAcknowledged ? [Mailboxes] : [0, Mailboxes], stored);
    }

    [Fact]
    public async Task Acknowledged_changes_are_present_after_the_service_stopped_under_load()
    {
        var (service, client) = await StartAsync();
        await using var _ = service;
        var acknowledged = new ConcurrentBag<string>();
        var writers = Enumerable.Range(0, 16).Select(writer => Task.Run(async () =>
        {
            for (var number = 0; ; number++)
            {
                var name = $"{writer}-{number}";
                using var response = await TryAsync(() => client.PostAsync((Uri?)null, Content(EwsRequest.AddImGroup(name))));
                if (response is null)
                    return;
                if ((await response.Content.ReadAsStringAsync()).Contains("NoError", StringComparison.Ordinal))
                    acknowledged.Add(name);
            }
        })).ToList();
        while (acknowledged.Count < 200)
            await Task.Delay(10);

        (await service.TerminateAsync()).Should().Be(0);

        await Task.WhenAll(writers);
        service.Errors.Should().BeEmpty();
        service.Output.Should().NotContain(" ERR ");
        var groups = await GroupsAfterRestartAsync();
        acknowledged.Where(name => !groups.Contains($">{name}<", StringComparison.Ordinal)).Should().BeEmpty();
    }

    private static StringContent Content(string body) => new(body, Encoding.UTF8, "text/xml");

    /// <summary>Sends a request whose response, or a part of it, may be lost when the service stops.</summary>
    private static async Task<HttpResponseMessage?> TryAsync(Func<Task<HttpResponseMessage>> send)
    {
        try
        {
            return await send();
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    private static string Request(string body) =>
        $"POST {EwsOptions.Path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/xml\r\nContent-Length: {body.Length}\r\n\r\n{body}";

    private static async Task<TcpClient> SendAsync(HttpClient client, string request)
    {
        var connection = new TcpClient();
        await connection.ConnectAsync(IPAddress.Loopback, client.BaseAddress!.Port);
        await connection.GetStream().WriteAsync(Encoding.ASCII.GetBytes(request));
        return connection;
    }

    private static async Task AddRuleAsync(HttpClient client, string rule)
    {
        using var response = await client.PostAsync($"{ControlCalls.Api}/faults", new StringContent(rule));
        response.StatusCode.Should().Be(HttpStatusCode.Created);
    }

    /// <summary>Waits until the service receives a request, which the caller sent or which is given.</summary>
    private static async Task WaitForRequestAsync(HttpClient client, string? body = null)
    {
        if (body is not null)
            await ServiceProcess.PostAsync(client, body);
        await client.GetStringAsync($"{ControlCalls.Api}/journal/wait?timeoutMilliseconds=60000");
    }

    private Task<(ServiceProcess Process, HttpClient Client)> StartAsync() =>
        ServiceProcess.StartAsync(_directory, "--db", "mailboxes.db", "--Limits:MaxGroups", "1000000");

    private async Task<string> GroupsAfterRestartAsync()
    {
        var (service, client) = await StartAsync();
        await using var _ = service;
        return await ServiceProcess.PostAsync(client, EwsRequest.GetImItemList());
    }
}
