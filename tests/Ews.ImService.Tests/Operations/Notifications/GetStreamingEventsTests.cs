using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using Ews.ImService.Control;
using Ews.ImService.Mailbox;
using Ews.ImService.Protocol;
using Ews.ImService.Protocol.SignIn;
using Ews.ImService.Settings;
using Ews.ImService.Tests.Control;

namespace Ews.ImService.Tests.Operations.Notifications;

public sealed class GetStreamingEventsTests
{
    private const string Invalid = "Subscription is invalid.";

    /// <summary>Gets the settings of a service in which a minute of a connection takes 0.3 seconds.</summary>
    private static ServiceSettings Fast => TestService.InMemory with { Control = new ControlOptions { Clock = new FastClock(200) } };

    [Fact]
    public async Task A_connection_reports_that_it_is_open_and_then_the_events_of_its_subscriptions()
    {
        await using var service = await TestService.StartAsync();
        var (groups, contacts) = (await SubscribeAsync(service, "imcontactlist", "Created"), await SubscribeAsync(service, "contacts"));
        using var stream = await OpenAsync(service, groups, contacts);

        EventStreamReader.Code((await stream.ReadAsync())!).Should().Be("OK");
        var team = await service.AddGroupAsync("Team");
        (await stream.ReadEventsAsync(2)).Should().StartWith($"CreatedEvent {team}");
        var zoe = (await service.PostAsync(EwsRequest.CreateItem("<t:DisplayName>Zoe</t:DisplayName>"))).Should().Succeed().Id("ItemId");
        (await stream.ReadEventsAsync(4)).Should().Contain($"CreatedEvent {zoe}");

        stream.Response.StatusCode.Should().Be(System.Net.HttpStatusCode.OK);
        stream.Response.Content.Headers.ContentType!.ToString().Should().Be("text/xml; charset=utf-8");
        stream.Response.Content.Headers.ContentLength.Should().BeNull();
        var notification = XElement.Parse(stream.Envelopes[1]).Descendants().First(one => one.Name.LocalName == "Notification");
        notification.Name.NamespaceName.Should().EndWith("/messages");
        notification.Elements().Select(one => one.Name.NamespaceName.EndsWith("/types", StringComparison.Ordinal))
            .Should().OnlyContain(isType => isType);
        notification.Elements().First().Name.LocalName.Should().Be("SubscriptionId");
        notification.Elements().ElementAt(1).Elements().Select(one => one.Name.LocalName)
            .Should().Equal("TimeStamp", "ItemId", "ParentFolderId");
        new[] { groups, contacts }.Should().Contain(notification.Elements().First().Value);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("gzip")]
    public async Task Envelopes_have_the_form_that_clients_search_for(string? acceptEncoding)
    {
        await using var service = await TestService.StartAsync(Fast);
        var id = await SubscribeAsync(service, "imcontactlist");
        await service.AddGroupAsync("a > b");
        using var stream = await EventStreamReader.OpenAsync(
            service.Client, EwsRequest.GetStreamingEvents([id]), acceptEncoding: acceptEncoding);

        var codes = await stream.ReadToEndAsync();

        codes.Should().StartWith(["OK", "Events"]);
        codes[^1].Should().Be("Closed");
        codes.Skip(2).SkipLast(1).All(code => code == "OK").Should().BeTrue("only heartbeats follow");
        stream.Response.Content.Headers.ContentEncoding.Should().BeEmpty();
        stream.Envelopes.Should().OnlyContain(text =>
            text.StartsWith("<Envelope xmlns=\"http://schemas.xmlsoap.org/soap/envelope/\"><s:Header xmlns:s=", StringComparison.Ordinal));
        stream.Envelopes.Should().OnlyContain(text => text.Contains("ServerVersionInfo ", StringComparison.Ordinal));
        foreach (var envelope in stream.Envelopes)
        {
            // Clients read Notification in the messages namespace only; the schema has it in the other.
            const string Types = "<Notification xmlns=\"http://schemas.microsoft.com/exchange/services/2006/types\">";
            var valid = envelope.Replace("<Notification>", Types, StringComparison.Ordinal);
            new EwsResponse(200, "text/xml; charset=utf-8", Encoding.UTF8.GetBytes(valid)).SchemaViolations().Should().BeEmpty();
        }
    }

    [Fact]
    public async Task Ids_of_subscriptions_in_the_messages_namespace_are_accepted()
    {
        await using var service = await TestService.StartAsync();
        var id = await SubscribeAsync(service, "contacts");
        var request = EwsRequest.GetStreamingEvents([id]).Replace("t:SubscriptionId>", "m:SubscriptionId>", StringComparison.Ordinal);
        using var stream = await EventStreamReader.OpenAsync(service.Client, request);

        EventStreamReader.Code((await stream.ReadAsync())!).Should().Be("OK");
    }

    [Fact]
    public async Task Events_since_the_subscription_or_the_last_connection_are_delivered_once()
    {
        await using var service = await TestService.StartAsync(Fast);
        var id = await SubscribeAsync(service, "imcontactlist", "Created");
        var one = await service.AddGroupAsync("One");
        using (var first = await OpenAsync(service, id))
        {
            await first.ReadToEndAsync();
            first.Events.Should().Equal($"CreatedEvent {one}");
        }

        var two = await service.AddGroupAsync("Two");
        using var second = await OpenAsync(service, id);
        await second.ReadToEndAsync();
        second.Events.Should().Equal($"CreatedEvent {two}");
    }

    [Fact]
    public async Task More_than_50_events_are_delivered_in_several_envelopes()
    {
        await using var service = await TestService.StartAsync();
        var id = await SubscribeAsync(service, "contacts", "Created");
        var created = await service.PostAsync(EwsRequest.CreateItem([.. Enumerable.Repeat("<t:DisplayName>Zoe</t:DisplayName>", 120)]));
        using var stream = await OpenAsync(service, id);

        var events = await stream.ReadEventsAsync(120);

        events.Should().Equal(created.All("ItemId").Select(item => $"CreatedEvent {item.Attribute("Id")!.Value}"));
        stream.Envelopes.Should().HaveCount(4);
    }

    [Fact]
    public async Task Every_subscriber_receives_every_event_once_and_in_order()
    {
        const int Subscribers = 20;
        const int Changes = 100;
        await using var service = await TestService.StartAsync(TestService.InMemory with
        {
            Limits = new MailboxLimits(MaxGroups: Changes),
            Ews = new EwsOptions { MaxStreamingConnections = Subscribers },
        });
        var streams = new List<EventStreamReader>();
        for (var i = 0; i < Subscribers; i++)
            streams.Add(await OpenAsync(service, await SubscribeAsync(service, "imcontactlist", "Created")));

        var expected = new List<string>();
        for (var i = 0; i < Changes; i++)
            expected.Add($"CreatedEvent {await service.AddGroupAsync(i.ToString(CultureInfo.InvariantCulture))}");

        foreach (var stream in streams)
        {
            (await stream.ReadEventsAsync(Changes)).Should().Equal(expected);
            stream.Dispose();
        }
    }

    [Fact]
    public async Task Unknown_and_pull_subscriptions_are_invalid_and_listed()
    {
        await using var service = await TestService.StartAsync();
        var valid = await SubscribeAsync(service, "contacts");
        var pull = (await service.PostAsync(EwsRequest.SubscribeToPull("contacts"))).Should().Succeed().Value("SubscriptionId");

        var response = await service.PostAsync(EwsRequest.GetStreamingEvents(["AAA-", valid, pull]));

        response.Status.Should().Be(200);
        var message = response.Messages().Single();
        message.Elements().Select(element => $"{element.Name.LocalName}={element.Value}").Should().Equal(
            $"MessageText={Invalid}",
            "ResponseCode=ErrorInvalidSubscription",
            "DescriptiveLinkKey=0",
            $"ErrorSubscriptionIds=AAA-{pull}",
            "ConnectionStatus=Closed");
        message.Descendants().Where(element => element.Name.LocalName == "SubscriptionId")
            .Should().OnlyContain(element => element.Name.NamespaceName.EndsWith("/messages"));
        response.Text.Should().StartWith("<Envelope ");
    }

    [Fact]
    public async Task Only_the_owner_can_use_a_subscription()
    {
        Account[] accounts = [People.Account("anna@contoso.com"), People.Account("ben@contoso.com")];
        await using var service = await TestService.StartAsync(TestService.InMemory with
        {
            Accounts = new AccountDirectory(accounts, autoCreate: false, new ImpersonationRights([])),
            SignIn = new SignInOptions { Mode = SignInMode.AcceptAny },
        });
        var id = (await PostAsync("anna@contoso.com", EwsRequest.SubscribeToStream("contacts"))).Should().Succeed().Value("SubscriptionId");

        var denied = await PostAsync("ben@contoso.com", EwsRequest.GetStreamingEvents([id]));
        denied.Codes().Should().Equal("ErrorSubscriptionAccessDenied");
        denied.Value("SubscriptionId").Should().Be(id);
        (await PostAsync("ben@contoso.com", EwsRequest.Unsubscribe(id))).Should().BeError(
            "ErrorSubscriptionAccessDenied", "Access is denied. Only the subscription owner may access the subscription.");
        (await PostAsync("anna@contoso.com", EwsRequest.Unsubscribe(id))).Should().Succeed();

        async Task<EwsResponse> PostAsync(string user, string request)
        {
            using var message = new HttpRequestMessage(HttpMethod.Post, EwsOptions.Path)
            {
                Content = new StringContent(request, Encoding.UTF8, "text/xml"),
            };
            message.Headers.Authorization = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:any")));
            using var response = await service.Client.SendAsync(message);
            return new EwsResponse((int)response.StatusCode, null, await response.Content.ReadAsByteArrayAsync());
        }
    }

    [Fact]
    public async Task A_second_connection_takes_a_subscription_over()
    {
        await using var service = await TestService.StartAsync();
        var id = await SubscribeAsync(service, "imcontactlist", "Created");
        using var first = await OpenAsync(service, id);
        await first.ReadAsync();

        using var second = await OpenAsync(service, id);
        await second.ReadAsync();

        (await first.ReadToEndAsync()).Should().Equal("ErrorNewEventStreamConnectionOpened", "Closed");
        first.Envelopes[1].Should().Contain(id);
        var team = await service.AddGroupAsync("Team");
        (await second.ReadEventsAsync(1)).Should().Equal($"CreatedEvent {team}");
    }

    [Fact]
    public async Task Ending_a_subscription_ends_the_connection_that_has_no_other()
    {
        await using var service = await TestService.StartAsync();
        var (one, two) = (await SubscribeAsync(service, "contacts"), await SubscribeAsync(service, "imcontactlist", "Created"));
        using var stream = await OpenAsync(service, one, two);
        await stream.ReadAsync();

        (await service.PostAsync(EwsRequest.Unsubscribe(one))).Should().Succeed();
        EventStreamReader.Code((await stream.ReadAsync())!).Should().Be("ErrorSubscriptionUnsubscribed");
        stream.Envelopes[1].Should().Contain(one).And.NotContain(two);
        await service.AddGroupAsync("Team");
        await stream.ReadEventsAsync(1);
        (await service.PostAsync(EwsRequest.Unsubscribe(two))).Should().Succeed();

        (await stream.ReadToEndAsync()).Should().Equal("ErrorSubscriptionUnsubscribed", "Closed");
    }

    [Fact]
    public async Task A_restored_mailbox_is_a_missed_event_and_the_next_connection_continues()
    {
        await using var service = await TestService.StartAsync();
        await service.AddGroupAsync("Team");
        using var taken = await service.SendAsync("PUT", "/snapshots/one");
        var id = await SubscribeAsync(service, "imcontactlist", "Created");
        using var stream = await OpenAsync(service, id);
        await stream.ReadAsync();

        using var restored = await service.SendAsync("POST", "/snapshots/one/restore");
        (await stream.ReadToEndAsync()).Should().Equal("ErrorMissedNotificationEvents", "Closed");

        using var next = await OpenAsync(service, id);
        var crew = await service.AddGroupAsync("Crew");
        (await next.ReadEventsAsync(1)).Should().Equal($"CreatedEvent {crew}");
    }

    [Fact]
    public async Task Deleting_a_realm_ends_its_connections()
    {
        await using var service = await TestService.StartAsync();
        const string Path = "/realms/one/EWS/Exchange.asmx";
        var subscribed = await service.PostAsync(Encoding.UTF8.GetBytes(EwsRequest.SubscribeToStream("")), path: Path);
        using var stream = await EventStreamReader.OpenAsync(
            service.Client, EwsRequest.GetStreamingEvents([subscribed.Should().Succeed().Value("SubscriptionId")]), Path);
        await stream.ReadAsync();

        using var deleted = await service.SendAsync("DELETE", "/realms/one");

        (await stream.ReadToEndAsync()).Should().Equal("ErrorSubscriptionUnsubscribed", "Closed");
        using var realms = await service.SendAsync("GET", "/realms");
        (await realms.Content.ReadAsStringAsync()).Should().NotContain("\"one\"");
    }

    [Fact]
    public async Task A_service_that_stops_closes_its_connections()
    {
        var service = await TestService.StartAsync();
        using var client = new HttpClient { BaseAddress = service.Client.BaseAddress };
        var streams = new List<EventStreamReader>();
        for (var i = 0; i < 5; i++)
        {
            var request = EwsRequest.GetStreamingEvents([await SubscribeAsync(service, "contacts")]);
            streams.Add(await EventStreamReader.OpenAsync(client, request));
            await streams[i].ReadAsync();
        }

        var stopping = service.DisposeAsync();
        foreach (var stream in streams)
        {
            (await stream.ReadToEndAsync()).Should().Equal("Closed");
            stream.Dispose();
        }

        await stopping;
    }

    [Fact]
    public async Task The_number_of_connections_of_an_account_is_limited()
    {
        await using var service = await TestService.StartAsync(new EwsOptions { MaxStreamingConnections = 1 });
        var (one, two) = (await SubscribeAsync(service, "contacts"), await SubscribeAsync(service, "contacts"));
        using var stream = await OpenAsync(service, one);
        await stream.ReadAsync();

        var rejected = await service.PostAsync(EwsRequest.GetStreamingEvents([two]));
        rejected.Codes().Should().Equal("ErrorExceededConnectionCount");

        await service.PostAsync(EwsRequest.Unsubscribe(one));
        await stream.ReadToEndAsync();
        using var next = await OpenAsync(service, two);
        EventStreamReader.Code((await next.ReadAsync())!).Should().Be("OK");
    }

    [Fact]
    public async Task Requests_at_the_same_time_open_as_many_connections_as_allowed()
    {
        await using var service = await TestService.StartAsync(new EwsOptions { MaxStreamingConnections = 5 });
        var ids = new List<string>();
        for (var i = 0; i < 30; i++)
            ids.Add(await SubscribeAsync(service, "contacts"));

        var streams = await Task.WhenAll(ids.Select(id => Task.Run(() => OpenAsync(service, id))));
        var ended = streams.Select(stream => stream.ReadToEndAsync()).ToList();
        await foreach (var codes in Task.WhenEach(ended).Take(25))
            (await codes).Should().EndWith("ErrorExceededConnectionCount");
        foreach (var id in ids)
            await service.PostAsync(EwsRequest.Unsubscribe(id));

        (await Task.WhenAll(ended)).Where(codes => codes[^1] == "Closed").Should().HaveCount(5);
        foreach (var stream in streams)
            stream.Dispose();
    }

    [Fact]
    public async Task A_connection_is_no_request_in_work()
    {
        await using var service = await TestService.StartAsync(new EwsOptions { MaxRequests = 1, MaxRequestsPerMailbox = 1 });
        var (one, two) = (await SubscribeAsync(service, "imcontactlist"), await SubscribeAsync(service, "imcontactlist"));
        using var first = await OpenAsync(service, one);
        using var second = await OpenAsync(service, two);
        await first.ReadAsync();
        await second.ReadAsync();

        await service.AddGroupAsync("Team");
        await first.ReadEventsAsync(2);
        await second.ReadEventsAsync(2);
    }

    [Fact]
    public async Task The_journal_contains_the_request_at_once_and_the_events_when_the_connection_ends()
    {
        await using var service = await TestService.StartAsync(Fast);
        var id = await SubscribeAsync(service, "imcontactlist", "Created");
        var team = await service.AddGroupAsync("Team");
        using var stream = await OpenAsync(service, id);
        await stream.ReadAsync();

        var open = (await EntriesAsync("?operation=GetStreamingEvents")).Single();
        await stream.ReadToEndAsync();
        var ended = (await EntriesAsync("/wait?operation=GetStreamingEvents&state=answered&bodies=true&count=1")).Single();

        open.GetProperty("state").GetString().Should().Be("arrived");
        ended.GetProperty("status").GetInt32().Should().Be(200);
        var body = ended.GetProperty("response").GetProperty("body").GetString()!;
        body.Should().Contain(team).And.EndWith("</Envelope>");

        async Task<List<JsonElement>> EntriesAsync(string query) =>
            [.. (await service.GetJsonAsync(ControlCalls.Api + "/journal" + query)).GetProperty("entries").EnumerateArray()];
    }

    [Fact]
    public async Task A_client_that_disconnects_receives_the_events_that_were_not_delivered_later()
    {
        await using var service = await TestService.StartAsync();
        var id = await SubscribeAsync(service, "imcontactlist", "Created");
        using (var stream = await OpenAsync(service, id))
            await stream.ReadAsync();

        var team = await service.AddGroupAsync("Team");
        using var next = await OpenAsync(service, id);
        (await next.ReadEventsAsync(1)).Should().Equal($"CreatedEvent {team}");
    }

    [Fact]
    public async Task A_subscription_lasts_as_long_as_its_connection()
    {
        await using var service = await TestService.StartAsync();
        var id = await SubscribeAsync(service, "imcontactlist", "Created");
        using var before = await service.SendAsync("POST", "/clock/advance", """{ "milliseconds": 1200000 }""");
        using var stream = await EventStreamReader.OpenAsync(service.Client, EwsRequest.GetStreamingEvents([id], minutes: 30));
        await stream.ReadAsync();

        using var after = await service.SendAsync("POST", "/clock/advance", """{ "milliseconds": 1200000 }""");
        var team = await service.AddGroupAsync("Team");

        (await stream.ReadEventsAsync(1)).Should().Equal($"CreatedEvent {team}");
    }

    [Fact]
    public async Task A_connection_ends_after_its_timeout_by_the_clock_of_the_realm()
    {
        await using var service = await TestService.StartAsync();
        using var stream = await OpenAsync(service, await SubscribeAsync(service, "contacts"));
        await stream.ReadAsync();

        using var advanced = await service.SendAsync("POST", "/clock/advance", """{ "milliseconds": 60000 }""");

        (await stream.ReadToEndAsync()).Should().Equal("Closed");
    }

    [Fact]
    public async Task A_streaming_subscription_without_a_connection_expires()
    {
        await using var service = await TestService.StartAsync();
        var id = await SubscribeAsync(service, "contacts");
        using var advanced = await service.SendAsync("POST", "/clock/advance", """{ "milliseconds": 1860000 }""");

        (await service.PostAsync(EwsRequest.GetStreamingEvents([id]))).Codes().Should().Equal("ErrorInvalidSubscription");
    }

    [Theory]
    [InlineData("""{ "kind": "responseCode", "responseCode": "ErrorItemNotFound", "messageText": "Injected." }""", "ErrorItemNotFound")]
    [InlineData("""{ "kind": "delay", "milliseconds": 10 }""", "OK")]
    [InlineData("""{ "kind": "slowBody", "bytesPerSecond": 100000 }""", "OK")]
    public async Task Faults_apply_to_the_first_envelope(string rule, string code)
    {
        await using var service = await TestService.StartAsync();
        var id = await SubscribeAsync(service, "contacts");
        using var added = await service.SendAsync("POST", "/faults", rule);
        added.IsSuccessStatusCode.Should().BeTrue(await added.Content.ReadAsStringAsync());

        using var stream = await OpenAsync(service, id);

        EventStreamReader.Code((await stream.ReadAsync())!).Should().Be(code);
    }

    private static async Task<string> SubscribeAsync(TestService service, string folders, string? events = null)
    {
        var request = events is null ? EwsRequest.SubscribeToStream(folders) : EwsRequest.SubscribeToStream(folders, events);
        return (await service.PostAsync(request)).Should().Succeed().Value("SubscriptionId");
    }

    private static Task<EventStreamReader> OpenAsync(TestService service, params string[] ids) =>
        EventStreamReader.OpenAsync(service.Client, EwsRequest.GetStreamingEvents(ids));
}
