using System.Xml.Linq;
using Ews.ImService.Mailbox;
using Ews.ImService.Tests.Control;

namespace Ews.ImService.Tests.Operations.Notifications;

public sealed class GetEventsTests
{
    [Fact]
    public async Task Changes_of_the_IM_list_are_events_of_its_objects_and_folders()
    {
        await using var service = await TestService.StartAsync();
        var pull = await Pull.SubscribeAsync(service, "imcontactlist,quickcontacts");

        var team = await service.AddGroupAsync("Team");
        var ben = await service.AddContactAsync("ben@contoso.com", team);

        var (groups, contacts) = await FolderIdsAsync(service);
        (await pull.GetAsync()).Should().Equal(
            $"CreatedEvent {team}",
            $"ModifiedEvent {groups}",
            $"CreatedEvent {ben}",
            $"ModifiedEvent {contacts}",
            $"ModifiedEvent {team}",
            $"ModifiedEvent {groups}");
        (await pull.GetAsync()).Should().Equal("StatusEvent ");
    }

    [Fact]
    public async Task Each_change_of_a_contact_is_one_event()
    {
        await using var service = await TestService.StartAsync();
        var pull = await Pull.SubscribeAsync(service, "contacts", "Created Modified Deleted Moved");

        var id = (await service.PostAsync(EwsRequest.CreateItem("<t:DisplayName>Zoe</t:DisplayName>"))).Should().Succeed().Id("ItemId");
        await service.PostAsync(EwsRequest.UpdateItem(
            id, EwsRequest.SetField("contacts:DisplayName", "<t:DisplayName>Yara</t:DisplayName>")));
        await service.PostAsync(EwsRequest.DeleteItem(id));

        (await pull.GetAsync()).Where(one => one.EndsWith(id, StringComparison.Ordinal))
            .Should().Equal($"CreatedEvent {id}", $"ModifiedEvent {id}", $"DeletedEvent {id}");
    }

    [Fact]
    public async Task Only_events_of_the_requested_types_and_folders_are_returned()
    {
        await using var service = await TestService.StartAsync();
        var created = await Pull.SubscribeAsync(service, "imcontactlist", "Created");
        var contacts = await Pull.SubscribeAsync(service, "contacts");
        var all = await Pull.SubscribeAsync(service, "");

        var team = await service.AddGroupAsync("Team");

        (await created.GetAsync()).Should().Equal($"CreatedEvent {team}");
        (await contacts.GetAsync()).Should().Equal(
            [$"ModifiedEvent {(await FolderIdsAsync(service)).Groups}"], "a subfolder of the folder was modified");
        (await all.GetAsync()).Should().HaveCount(2);
    }

    [Fact]
    public async Task At_most_50_events_are_returned_and_each_can_be_the_last()
    {
        await using var service = await TestService.StartAsync();
        var pull = await Pull.SubscribeAsync(service, "contacts", "Created");
        for (var i = 0; i < 3; i++)
            await service.PostAsync(EwsRequest.CreateItem([.. Enumerable.Repeat("<t:DisplayName>Zoe</t:DisplayName>", 40)]));
        var first = pull.Watermark;

        var counts = new List<int>();
        do
        {
            counts.Add((await pull.GetAsync(first)).Count); // As a client that sends the first watermark until there are no more events.
        }
        while (pull.HasMore);

        counts.Should().Equal(50, 50, 20);
        pull.All.Should().OnlyHaveUniqueItems();
    }

    [Fact]
    public async Task A_response_that_was_lost_can_be_requested_again()
    {
        await using var service = await TestService.StartAsync();
        var pull = await Pull.SubscribeAsync(service, "imcontactlist", "Created");
        await service.AddGroupAsync("One");
        var watermark = pull.Watermark;

        var lost = await pull.GetAsync(watermark);
        var repeated = await pull.GetAsync(watermark);

        repeated.Should().Equal(lost).And.HaveCount(1);
        (await pull.GetAsync()).Should().Equal("StatusEvent ");
    }

    [Fact]
    public async Task Every_element_that_clients_require_is_present()
    {
        await using var service = await TestService.StartAsync();
        var pull = await Pull.SubscribeAsync(service, "imcontactlist");
        await service.AddGroupAsync("One");

        var notification = (await service.PostAsync(EwsRequest.GetEvents(pull.Id, pull.Watermark))).Should().Succeed()
            .All("Notification").Single();

        notification.Elements().Select(element => element.Name.LocalName).Should()
            .Equal("SubscriptionId", "PreviousWatermark", "MoreEvents", "CreatedEvent", "ModifiedEvent");
        notification.Elements().Skip(3).Select(one => string.Join(' ', one.Elements().Select(part => part.Name.LocalName))).Should()
            .Equal("Watermark TimeStamp ItemId ParentFolderId", "Watermark TimeStamp FolderId ParentFolderId");
        notification.Descendants().Attributes("ChangeKey").Select(key => key.Value).Should()
            .Equal("EgAAAA==", "AQAAAA==", "AQAAAA==", "AQAAAA==");
        notification.Elements().ElementAt(1).Value.Should().Be(pull.Watermark);
    }

    [Fact]
    public async Task Watermarks_that_the_service_did_not_issue_are_invalid()
    {
        await using var service = await TestService.StartAsync();
        var pull = await Pull.SubscribeAsync(service, "imcontactlist");

        (await service.PostAsync(EwsRequest.GetEvents(pull.Id, "AAAA"))).Should()
            .BeError("ErrorInvalidWatermark", "The watermark is invalid.");
    }

    [Fact]
    public async Task A_streaming_subscription_is_not_a_pull_subscription()
    {
        await using var service = await TestService.StartAsync();
        var pull = await Pull.SubscribeAsync(service, "contacts");
        var stream = (await service.PostAsync(EwsRequest.SubscribeToStream("contacts"))).Should().Succeed().Value("SubscriptionId");

        (await service.PostAsync(EwsRequest.GetEvents(stream, pull.Watermark))).Should().BeError(
            "ErrorInvalidPullSubscriptionId", "SubscriptionId is invalid. Subscription is not a pull subscription.");
    }

    [Fact]
    public async Task A_subscription_expires_by_the_clock_of_its_realm_unless_it_is_used()
    {
        await using var service = await TestService.StartAsync();
        var pull = await Pull.SubscribeAsync(service, "contacts"); // for 10 minutes

        await AdvanceAsync(service, 9);
        (await pull.GetAsync()).Should().Equal("StatusEvent ");
        await AdvanceAsync(service, 9);
        (await pull.GetAsync()).Should().Equal("StatusEvent ");
        await AdvanceAsync(service, 11);

        (await service.PostAsync(EwsRequest.GetEvents(pull.Id, pull.Watermark))).Should()
            .BeError("ErrorSubscriptionNotFound", "The specified subscription was not found.");
    }

    [Fact]
    public async Task Events_older_than_the_change_log_are_missed()
    {
        await using var service = await TestService.StartAsync(TestService.InMemory with { Limits = new MailboxLimits(MaxChanges: 8) });
        var pull = await Pull.SubscribeAsync(service, "imcontactlist", "Created");
        for (var i = 0; i < 5; i++)
            await service.AddGroupAsync($"Group {i}");

        (await service.PostAsync(EwsRequest.GetEvents(pull.Id, pull.Watermark))).Should().BeError(
            "ErrorMissedNotificationEvents", "The subscription has missed events, but will continue service on this connection.");

        var later = await service.AddGroupAsync("Later");
        (await pull.GetAsync()).Should().Equal($"CreatedEvent {later}");
    }

    [Fact]
    public async Task A_reset_mailbox_is_a_missed_event_after_which_the_subscription_continues()
    {
        await using var service = await TestService.StartAsync();
        await service.AddGroupAsync("Team");
        using var taken = await service.SendAsync("PUT", "/snapshots/one");
        var pull = await Pull.SubscribeAsync(service, "imcontactlist", "Created");

        using var restored = await service.SendAsync("POST", "/snapshots/one/restore");
        restored.IsSuccessStatusCode.Should().BeTrue();

        (await service.PostAsync(EwsRequest.GetEvents(pull.Id, pull.Watermark))).Codes().Should().Equal("ErrorMissedNotificationEvents");
        var crew = await service.AddGroupAsync("Crew");
        (await pull.GetAsync()).Should().Equal($"CreatedEvent {crew}");
    }

    [Fact]
    public async Task Subscriptions_end_with_their_realm()
    {
        await using var service = await TestService.StartAsync();
        const string Path = "/realms/one/EWS/Exchange.asmx";
        var subscribed = await service.PostAsync(System.Text.Encoding.UTF8.GetBytes(EwsRequest.SubscribeToPull("")), path: Path);
        var request = EwsRequest.GetEvents(subscribed.Should().Succeed().Value("SubscriptionId"), subscribed.Value("Watermark"));

        using var deleted = await service.SendAsync("DELETE", "/realms/one");
        deleted.IsSuccessStatusCode.Should().BeTrue();

        (await service.PostAsync(System.Text.Encoding.UTF8.GetBytes(request), path: Path)).Codes()
            .Should().Equal("ErrorSubscriptionNotFound");
    }

    private static async Task AdvanceAsync(TestService service, int minutes)
    {
        using var response = await service.SendAsync("POST", "/clock/advance", $$"""{ "milliseconds": {{minutes * 60_000}} }""");
        response.IsSuccessStatusCode.Should().BeTrue(await response.Content.ReadAsStringAsync());
    }

    private static async Task<(string Groups, string Contacts)> FolderIdsAsync(TestService service)
    {
        var guid = (await service.MailboxAsync())!.MailboxGuid;
        return (MailboxFolder.ImContactList.Id(guid), MailboxFolder.QuickContacts.Id(guid));
    }

    /// <summary>A client with a pull subscription.</summary>
    private sealed class Pull(TestService service, string id)
    {
        public string Id => id;

        public string Watermark { get; private set; } = "";

        public bool HasMore { get; private set; }

        public List<string> All { get; } = [];

        public static async Task<Pull> SubscribeAsync(TestService service, string folders, string? events = null)
        {
            var request = events is null ? EwsRequest.SubscribeToPull(folders) : EwsRequest.SubscribeToPull(folders, events);
            var subscribed = (await service.PostAsync(request)).Should().Succeed();
            return new Pull(service, subscribed.Value("SubscriptionId")) { Watermark = subscribed.Value("Watermark") };
        }

        /// <summary>Requests the next events, each returned as its type and the id of its object.</summary>
        public async Task<List<string>> GetAsync(string? watermark = null)
        {
            var response = (await service.PostAsync(EwsRequest.GetEvents(id, watermark ?? Watermark))).Should().Succeed();
            HasMore = response.Value("MoreEvents") == "true";
            var events = response.All("Notification").Single().Elements().Skip(3).ToList();
            Watermark = events[^1].Elements().First().Value;
            var texts = events.ConvertAll(EventStreamReader.Describe);
            All.AddRange(texts);
            return texts;
        }
    }
}
