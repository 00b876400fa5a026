using System.Globalization;
using Ews.ImService.Control;
using Ews.ImService.Protocol.Operations.Notifications;
using Ews.ImService.Settings;
using Ews.ImService.Tests.Control;

namespace Ews.ImService.Tests.Operations.Notifications;

public sealed class PushSubscriptionTests
{
    private const string Messages = "http://schemas.microsoft.com/exchange/services/2006/messages";

    /// <summary>Gets the settings of a service in which a minute takes 0.3 seconds.</summary>
    private static ServiceSettings Fast => TestService.InMemory with { Control = new ControlOptions { Clock = new FastClock(200) } };

    [Fact]
    public async Task The_first_notification_has_no_events_and_the_others_continue_it()
    {
        await using var service = await TestService.StartAsync();
        await using var listener = await NotificationListener.StartAsync();

        var subscribed = (await service.PostAsync(EwsRequest.SubscribeToPush("imcontactlist", listener.Url))).Should().Succeed();
        var first = await listener.ReadAsync();
        var team = await service.AddGroupAsync("Team");
        var second = await listener.ReadAsync();

        first.SubscriptionId.Should().Be(subscribed.Value("SubscriptionId"));
        first.PreviousWatermark.Should().Be(subscribed.Value("Watermark"));
        first.Events.Should().Equal("StatusEvent ");
        second.PreviousWatermark.Should().Be(first.LastWatermark);
        second.Events[0].Should().Be($"CreatedEvent {team}");
        second.Events.Should().HaveCount(2);
        second.Code.Should().Be("NoError");
        second.HasMore.Should().BeFalse();
    }

    [Fact]
    public async Task A_notification_is_a_request_of_the_documented_form_without_credentials()
    {
        await using var service = await TestService.StartAsync();
        await using var listener = await NotificationListener.StartAsync();
        await SubscribeAsync(service, listener);

        var received = await listener.ReadAsync();

        received.Headers["Content-Type"].Should().Be("text/xml; charset=utf-8");
        received.Headers["SOAPAction"].Should().Be($"\"{Messages}/SendNotification\"");
        received.Headers.Keys.Should().BeEquivalentTo("Content-Type", "SOAPAction", "Host", "Content-Length");
        var (header, body) = (received.Envelope.Elements().First(), received.Envelope.Elements().Last());
        header.Elements().Single().Name.LocalName.Should().Be("RequestServerVersion");
        header.Elements().Single().Attribute("Version")!.Value.Should().Be("Exchange2013");
        var message = body.Elements().Single().Elements().Single().Elements().Single();
        body.Elements().Single().Name.Should().Be((System.Xml.Linq.XName)$"{{{Messages}}}SendNotification");
        message.Name.Should().Be((System.Xml.Linq.XName)$"{{{Messages}}}SendNotificationResponseMessage");
        message.Elements().Select(one => one.Name.LocalName).Should().Equal("ResponseCode", "Notification");
    }

    [Fact]
    public async Task More_than_50_events_are_sent_in_several_notifications()
    {
        await using var service = await TestService.StartAsync();
        await using var listener = await NotificationListener.StartAsync();
        await SubscribeAsync(service, listener, "contacts", "Created");
        await listener.ReadAsync();

        var created = await service.PostAsync(EwsRequest.CreateItem([.. Enumerable.Repeat("<t:DisplayName>Zoe</t:DisplayName>", 120)]));
        var (one, two, three) = (await listener.ReadAsync(), await listener.ReadAsync(), await listener.ReadAsync());

        one.Events.Concat(two.Events).Concat(three.Events)
            .Should().Equal(created.All("ItemId").Select(item => $"CreatedEvent {item.Attribute("Id")!.Value}"));
        new[] { one, two, three }.Select(it => (it.Events.Count, it.HasMore)).Should().Equal((50, true), (50, true), (20, false));
    }

    [Fact]
    public async Task The_receiver_ends_the_subscription()
    {
        await using var service = await TestService.StartAsync();
        await using var listener = await NotificationListener.StartAsync();
        listener.Respond = NotificationListener.Status("Unsubscribe");
        var ended = await SubscribeAsync(service, listener);
        await listener.ReadAsync();
        await WaitForEndAsync(service, ended);

        listener.Respond = NotificationListener.Status("OK");
        var other = await SubscribeAsync(service, listener);
        await service.AddGroupAsync("Team");
        var received = new List<string>();
        for (var events = 0; events < 2;)
        {
            var next = await listener.ReadAsync();
            received.Add(next.SubscriptionId);
            events += next.Events.Count(one => one != "StatusEvent ");
        }

        received.Should().OnlyContain(id => id == other);
    }

    [Fact]
    public async Task A_notification_that_is_not_accepted_is_sent_again()
    {
        await using var service = await TestService.StartAsync(Fast);
        await using var listener = await NotificationListener.StartAsync();
        var id = await SubscribeAsync(service, listener, frequency: 1440);
        await listener.ReadAsync();

        var responses = new Queue<Func<Microsoft.AspNetCore.Http.HttpContext, Task>>(
        [
            NotificationListener.Fail(500), NotificationListener.Fail(302), NotificationListener.Status("Maybe"),
            NotificationListener.Status("OK"),
        ]);
        listener.Respond = context => responses.Dequeue()(context);
        var team = await service.AddGroupAsync("Team");
        var tries = new List<Notification>();
        for (var i = 0; i < 4; i++)
            tries.Add(await listener.ReadAsync());

        tries.Should().OnlyContain(one => one.Path == "/listener", "redirects are not followed");
        tries.Should().OnlyContain(one => one.Events[0] == $"CreatedEvent {team}");
        tries.Select(one => one.PreviousWatermark).Distinct().Should().ContainSingle();
        listener.Respond = NotificationListener.Status("OK");
        var crew = await service.AddGroupAsync("Crew");
        (await listener.ReadEventsAsync(1))[0].Should().Be($"CreatedEvent {crew}");
        (await service.PostAsync(EwsRequest.Unsubscribe(id))).Codes().Should().Equal("ErrorInvalidSubscription");
    }

    [Theory]
    [InlineData(1, 3)]
    [InlineData(2, 4)]
    public async Task A_subscription_ends_when_the_next_retry_would_be_later_than_the_status_frequency(int minutes, int tries)
    {
        await using var service = await TestService.StartAsync(Fast);
        await using var listener = await NotificationListener.StartAsync();
        listener.Respond = NotificationListener.Fail(404);
        var id = await SubscribeAsync(service, listener, frequency: minutes);

        await WaitForEndAsync(service, id);

        // The notification that follows is that of another subscription.
        listener.Respond = NotificationListener.Status("OK");
        var other = await SubscribeAsync(service, listener);
        var count = 0;
        while ((await listener.ReadAsync()).SubscriptionId != other)
            count++;
        count.Should().Be(tries, "of the first notification, and of retries after 30 seconds, 1 minute and 2 minutes");
    }

    [Fact]
    public async Task A_notification_without_events_follows_after_the_status_frequency_by_the_clock_of_the_realm()
    {
        await using var service = await TestService.StartAsync();
        await using var listener = await NotificationListener.StartAsync();
        await SubscribeAsync(service, listener, frequency: 30);
        var first = await listener.ReadAsync();

        using var early = await service.SendAsync("POST", "/clock/advance", """{ "milliseconds": 1700000 }""");
        using var due = await service.SendAsync("POST", "/clock/advance", """{ "milliseconds": 110000 }""");
        var second = await listener.ReadAsync();

        second.Events.Should().Equal("StatusEvent ");
        second.LastWatermark.Should().Be(first.LastWatermark);
    }

    [Fact]
    public async Task The_status_frequency_begins_when_a_notification_is_sent()
    {
        await using var service = await TestService.StartAsync();
        await using var listener = await NotificationListener.StartAsync();
        var accepted = new TaskCompletionSource();
        listener.Respond = async context =>
        {
            await accepted.Task;
            await NotificationListener.Status("OK")(context);
        };
        await SubscribeAsync(service, listener, frequency: 30);
        await listener.ReadAsync();

        using var due = await service.SendAsync("POST", "/clock/advance", """{ "milliseconds": 1810000 }""");
        accepted.SetResult();

        (await listener.ReadAsync()).Events.Should().Equal("StatusEvent ");
    }

    [Fact]
    public async Task A_restored_mailbox_is_a_missed_event_and_the_subscription_continues()
    {
        await using var service = await TestService.StartAsync();
        await using var listener = await NotificationListener.StartAsync();
        await service.AddGroupAsync("Team");
        using var taken = await service.SendAsync("PUT", "/snapshots/one");
        await SubscribeAsync(service, listener);
        await listener.ReadAsync();

        using var restored = await service.SendAsync("POST", "/snapshots/one/restore");
        var missed = await listener.ReadAsync();
        var crew = await service.AddGroupAsync("Crew");

        missed.Code.Should().Be("ErrorMissedNotificationEvents");
        missed.Events.Should().Equal("StatusEvent ");
        (await listener.ReadEventsAsync(1))[0].Should().Be($"CreatedEvent {crew}");
    }

    [Fact]
    public async Task A_subscription_continues_after_a_watermark()
    {
        await using var service = await TestService.StartAsync();
        await using var listener = await NotificationListener.StartAsync();
        var watermark = (await service.PostAsync(EwsRequest.SubscribeToPull(""))).Should().Succeed().Value("Watermark");
        var team = await service.AddGroupAsync("Team");
        var request = EwsRequest.SubscribeToPush("imcontactlist", listener.Url, "Created", watermark);

        (await service.PostAsync(request)).Should().Succeed();
        (await listener.ReadAsync()).Events.Should().Equal($"CreatedEvent {team}");

        var asExchangelib = request.Replace("t:Watermark>", "m:Watermark>", StringComparison.Ordinal);
        (await service.PostAsync(asExchangelib)).Should().Succeed();
        (await listener.ReadAsync()).Events.Should().Equal($"CreatedEvent {team}");
    }

    [Fact]
    public async Task The_other_operations_do_not_accept_the_subscription()
    {
        await using var service = await TestService.StartAsync();
        await using var listener = await NotificationListener.StartAsync();
        var subscribed = (await service.PostAsync(EwsRequest.SubscribeToPush("contacts", listener.Url))).Should().Succeed();
        var id = subscribed.Value("SubscriptionId");

        (await service.PostAsync(EwsRequest.GetEvents(id, subscribed.Value("Watermark")))).Should().BeError(
            "ErrorInvalidPullSubscriptionId", "SubscriptionId is invalid. Subscription is not a pull subscription.");
        (await service.PostAsync(EwsRequest.Unsubscribe(id))).Should().BeError("ErrorInvalidSubscription", "Subscription is invalid.");
        (await service.PostAsync(EwsRequest.GetStreamingEvents([id]))).Codes().Should().Equal("ErrorInvalidSubscription");
    }

    [Fact]
    public async Task Deleting_a_realm_ends_its_subscriptions_and_does_not_create_it_again()
    {
        await using var service = await TestService.StartAsync();
        await using var listener = await NotificationListener.StartAsync();
        var request = System.Text.Encoding.UTF8.GetBytes(EwsRequest.SubscribeToPush("", listener.Url));
        const string Path = "/realms/one/EWS/Exchange.asmx";
        (await service.PostAsync(request, path: Path)).Should().Succeed();
        await listener.ReadAsync();

        using var deleted = await service.SendAsync("DELETE", "/realms/one");

        using var realms = await service.SendAsync("GET", "/realms");
        (await realms.Content.ReadAsStringAsync()).Should().NotContain("\"one\"");
        var id = (await service.PostAsync(request, path: Path)).Should().Succeed().Value("SubscriptionId");
        (await listener.ReadAsync()).SubscriptionId.Should().Be(id);
    }

    [Fact]
    public async Task Resetting_a_mailbox_without_an_initial_state_ends_its_subscriptions()
    {
        await using var service = await TestService.StartAsync();
        await using var listener = await NotificationListener.StartAsync();
        var id = await SubscribeAsync(service, listener);
        await listener.ReadAsync();

        using var reset = await service.SendAsync("POST", $"/reset?mailbox={TestService.DefaultMailbox}");

        reset.IsSuccessStatusCode.Should().BeTrue();
        await WaitForEndAsync(service, id);
    }

    [Fact]
    public async Task Receivers_that_do_not_respond_do_not_delay_the_notifications_of_others()
    {
        await using var service = await TestService.StartAsync();
        await using var silent = await NotificationListener.StartAsync();
        await using var listener = await NotificationListener.StartAsync();
        silent.Respond = context => Task.Delay(Timeout.Infinite, context.RequestAborted);
        for (var i = 0; i < 40; i++)
            await SubscribeAsync(service, silent);
        for (var i = 0; i < 4; i++)
            await silent.ReadAsync();

        var request = System.Text.Encoding.UTF8.GetBytes(EwsRequest.SubscribeToPush("", listener.Url));
        (await service.PostAsync(request, path: "/realms/one/EWS/Exchange.asmx")).Should().Succeed();

        (await listener.ReadAsync()).Events.Should().Equal("StatusEvent ");
        silent.Count.Should().Be(0, "4 notifications of an owner are sent at the same time");
    }

    [Fact]
    public async Task A_service_that_stops_does_not_wait_for_a_receiver()
    {
        var service = await TestService.StartAsync();
        await using var listener = await NotificationListener.StartAsync();
        listener.Respond = context => Task.Delay(Timeout.Infinite, context.RequestAborted);
        await SubscribeAsync(service, listener);
        await listener.ReadAsync();

        await service.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(20));
    }

    [Theory]
    [InlineData("ftp://localhost/")]
    [InlineData("/listener")]
    [InlineData("localhost")]
    [InlineData("http://contoso.com/")]
    [InlineData("http://localhost.contoso.com/")]
    [InlineData("http://10.0.0.1/")]
    [InlineData("")]
    public async Task Other_hosts_and_other_protocols_are_invalid(string url)
    {
        await using var service = await TestService.StartAsync();

        (await service.PostAsync(EwsRequest.SubscribeToPush("contacts", url))).Should()
            .BeError("ErrorInvalidPushSubscriptionUrl", "URL specified for push subscription is invalid.");
    }

    [Theory]
    [InlineData("localhost")]
    [InlineData("127.0.0.1")]
    [InlineData("127.0.0.2")]
    [InlineData("[::1]")]
    public async Task A_port_of_the_service_is_invalid(string host)
    {
        await using var service = await TestService.StartAsync();
        var url = $"http://{host}:{service.Client.BaseAddress!.Port}/_control/v1/reset";

        (await service.PostAsync(EwsRequest.SubscribeToPush("contacts", url))).Should()
            .BeError("ErrorInvalidPushSubscriptionUrl", "URL specified for push subscription is invalid.");
    }

    [Theory]
    [InlineData("http://localhost:1/a", "", true)]
    [InlineData("https://127.0.0.1/", "", true)]
    [InlineData("http://127.8.8.8:99/", "", true)]
    [InlineData("http://[::1]:99/a?b=c", "", true)]
    [InlineData(" http://localhost/ ", "", true)]
    [InlineData("http://0.0.0.0/", "", false)]
    [InlineData("http://user.contoso.com/", "contoso.com", false)]
    [InlineData("http://USER.contoso.com/", "contoso.com user.contoso.com", true)]
    [InlineData("http://10.0.0.1/", "*", true)]
    [InlineData("file:///etc/passwd", "*", false)]
    public void Allowed_hosts_are_this_machine_and_those_of_the_settings(string url, string hosts, bool isAllowed) =>
        (PushReceiver.ReadUrl(url, hosts.Split(' '), []) is not null).Should().Be(isAllowed);

    [Fact]
    public void A_URL_has_at_most_2082_characters()
    {
        const string Start = "http://localhost/";

        PushReceiver.ReadUrl(Start + new string('a', 2082 - Start.Length), [], []).Should().NotBeNull();
        PushReceiver.ReadUrl(Start + new string('a', 2083 - Start.Length), [], []).Should().BeNull();
    }

    private static async Task<string> SubscribeAsync(
        TestService service, NotificationListener listener, string folders = "imcontactlist", string? events = null, int frequency = 1440)
    {
        var request = events is null
            ? EwsRequest.SubscribeToPush(folders, listener.Url)
            : EwsRequest.SubscribeToPush(folders, listener.Url, events);
        var minutes = frequency.ToString(CultureInfo.InvariantCulture);
        return (await service.PostAsync(request.Replace(">1440<", $">{minutes}<", StringComparison.Ordinal)))
            .Should().Succeed().Value("SubscriptionId");
    }

    /// <summary>Waits until a subscription does not exist anymore.</summary>
    private static async Task WaitForEndAsync(TestService service, string id)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while ((await service.PostAsync(EwsRequest.Unsubscribe(id))).Codes().Single() != "ErrorSubscriptionNotFound")
            await Task.Delay(10, timeout.Token);
    }
}
