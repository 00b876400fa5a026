using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Ews.ImService.Control;
using Ews.ImService.Protocol;
using Ews.ImService.Tests.Control;

namespace Ews.ImService.Tests.Soap;

public sealed class RequestsInWorkTests
{
    [Fact]
    public async Task A_request_beyond_the_limit_of_its_mailbox_is_told_to_back_off()
    {
        using var clock = new PausedClock(PausedClock.Writer);
        await using var service = await StartAsync(clock, new EwsOptions { MaxRequestsPerMailbox = 2 });

        var requests = Enumerable.Range(0, 3).Select(number => service.PostAsync(AddContact(number))).ToList();
        var rejected = await await Task.WhenAny(requests);
        var others = service.PostAsync(AddContact(1, "other@contoso.com"));
        clock.Resume();
        var all = await Task.WhenAll(requests);
        var afterwards = await service.PostAsync(AddContact(4));

        BackOffOf(rejected).Should().Be("1000");
        (await others).Should().Succeed();
        all.Where(response => response != rejected).Should().HaveCount(2).And.AllSatisfy(response => response.Should().Succeed());
        afterwards.Should().Succeed();
        (await service.MailboxAsync())!.ImContacts.Should().HaveCount(3);
    }

    [Fact]
    public async Task A_request_beyond_the_limit_of_the_service_is_told_to_back_off_whichever_mailbox_it_has()
    {
        using var clock = new PausedClock(PausedClock.Writer);
        await using var service = await StartAsync(clock, new EwsOptions { MaxRequests = 2 });

        string[] mailboxes = ["a@contoso.com", "b@contoso.com", "c@contoso.com"];
        var requests = mailboxes.Select(mailbox => service.PostAsync(AddContact(1, mailbox))).ToList();
        var rejected = await await Task.WhenAny(requests);
        clock.Resume();
        var all = await Task.WhenAll(requests);

        BackOffOf(rejected).Should().Be("1000");
        all.Where(response => response != rejected).Should().HaveCount(2).And.AllSatisfy(response => response.Should().Succeed());
    }

    [Fact]
    public async Task The_journal_records_a_rejected_request_and_one_that_arrives_before_the_end_of_the_back_off()
    {
        using var clock = new PausedClock(PausedClock.Writer);
        await using var service = await StartAsync(clock, new EwsOptions { MaxRequestsPerMailbox = 1 });

        var requests = Enumerable.Range(0, 2).Select(number => service.PostAsync(AddContact(number))).ToList();
        await await Task.WhenAny(requests);
        using var movedBack = await service.SendAsync("POST", "/clock/advance", """{ "milliseconds": -3600000 }""");
        await service.PostAsync(AddContact(2));
        clock.Resume();
        await Task.WhenAll(requests);

        var journal = await service.GetJsonAsync($"{ControlCalls.Api}/journal?responseCode=ErrorServerBusy");
        var entries = journal.GetProperty("entries").EnumerateArray().ToList();
        entries.Should().HaveCount(2);
        entries.Should().AllSatisfy(entry => entry.GetProperty("status").GetInt32().Should().Be(500));
        entries.Should().AllSatisfy(entry => entry.GetProperty("mailbox").GetString().Should().Be(TestService.DefaultMailbox));
        entries[1].GetProperty("earlyByMilliseconds").GetDouble().Should().BePositive("the back-off lasts an hour longer");
    }

    [Fact]
    public async Task A_rejected_request_gets_its_fault_even_if_the_limits_are_reached()
    {
        using var clock = new PausedClock(PausedClock.Writer);
        await using var service = await StartAsync(clock, new EwsOptions { MaxRequests = 1 });

        var waiting = service.PostAsync(AddContact(1));
        await clock.IsRead;
        var invalid = await service.PostAsync(EwsRequest.For("AddImGroup", ""));
        clock.Resume();

        invalid.Text.Should().Contain("a:ErrorSchemaValidation");
        (await waiting).Should().Succeed();
    }

    [Fact]
    public async Task A_request_that_a_fault_rule_delays_is_not_in_work()
    {
        await using var service = await TestService.StartAsync(new EwsOptions { MaxRequests = 1 });
        const string Rule = """{ "kind": "delay", "milliseconds": 600000, "operation": "AddImGroup" }""";
        using var added = await service.SendAsync("POST", "/faults", Rule);

        var delayed = service.PostAsync(EwsRequest.AddImGroup("Team"));
        await WaitAsync(service, "operation=AddImGroup");
        while ((await service.MailboxAsync())?.Groups.Values.Any(group => group.DisplayName == "Team") != true)
            await Task.Yield();
        var response = await RepeatWhileBusyAsync(service, EwsRequest.GetImItemList());

        response.Should().Succeed();
        delayed.IsCompleted.Should().BeFalse();
    }

    [Fact]
    public async Task Neither_an_incomplete_body_nor_a_response_that_is_not_read_is_in_work()
    {
        await using var service = await TestService.StartAsync(new EwsOptions { MaxRequests = 1 });
        await service.AddGroupAsync(new string('a', 1_000_000));
        using var incomplete = await ConnectAsync(service);
        await incomplete.GetStream().WriteAsync(Http(EwsRequest.AddImGroup("Team")).AsMemory()[..^1]);
        using var reader = await ConnectAsync(service);
        var request = Http(EwsRequest.GetImItemList());
        await reader.GetStream().WriteAsync(Enumerable.Repeat(request, 20).SelectMany(bytes => bytes).ToArray());
        await WaitAsync(service, "operation=GetImItemList");

        var response = await RepeatWhileBusyAsync(service, EwsRequest.GetImItemList());

        response.Should().Succeed();
    }

    private static Task<TestService> StartAsync(PausedClock clock, EwsOptions options) =>
        TestService.StartAsync(TestService.InMemory with { Ews = options, Control = new ControlOptions { Clock = clock } });

    private static string AddContact(int number, string mailbox = TestService.DefaultMailbox) =>
        EwsRequest.For("AddNewImContactToGroup", $"<m:ImAddress>{number}@contoso.com</m:ImAddress>", As(mailbox));

    private static string As(string mailbox) => EwsRequest.Impersonating("PrimarySmtpAddress", mailbox);

    private static string BackOffOf(EwsResponse response)
    {
        response.Should().BeFault("ErrorServerBusy", "The server cannot service this request right now. Try again later.");
        var value = response.All("MessageXml").Single().Elements().Single();
        value.Attribute("Name")!.Value.Should().Be("BackOffMilliseconds");
        return value.Value;
    }

    private static Task<JsonElement> WaitAsync(TestService service, string filter) =>
        service.GetJsonAsync($"{ControlCalls.Api}/journal/wait?{filter}&timeoutMilliseconds=60000");

    private static async Task<EwsResponse> RepeatWhileBusyAsync(TestService service, string body)
    {
        EwsResponse response;
        do
        {
            response = await service.PostAsync(body);
        }
        while (response.Text.Contains("ErrorServerBusy", StringComparison.Ordinal));
        return response;
    }

    private static async Task<TcpClient> ConnectAsync(TestService service)
    {
        var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, service.Client.BaseAddress!.Port);
        return client;
    }

    private static byte[] Http(string body) => Encoding.UTF8.GetBytes(
        $"POST {EwsOptions.Path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/xml\r\nContent-Length: {body.Length}\r\n\r\n{body}");
}
