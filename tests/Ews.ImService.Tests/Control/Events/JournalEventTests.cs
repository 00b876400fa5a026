using System.Text;
using Ews.ImService.Control;

namespace Ews.ImService.Tests.Control.Events;

/// <summary>The event <c>journal</c> of the event stream.</summary>
public sealed class JournalEventTests
{
    /// <summary>The second request triggers this rule; those after it are early.</summary>
    private const string BusyOnce =
        """{ "kind": "serverBusy", "id": "busy", "nth": 2, "times": 1, "backOffMilliseconds": 86400000 }""";

    [Fact]
    public async Task The_first_event_contains_the_newest_entries_and_the_next_ones_contain_what_was_added()
    {
        await using var service = await TestService.StartAsync();
        await AddGroupsAsync(service, 1, 3);
        await using var events = await EventReader.OpenAsync(service, "?limit=2");

        var first = await events.NextAsync("journal");
        await AddGroupsAsync(service, 4, 4);
        var next = await events.FollowAsync(JournalView.Empty, view => view.States.GetValueOrDefault(4) == "answered");

        first.GetProperty("reset").GetBoolean().Should().BeTrue();
        first.GetProperty("firstId").GetInt64().Should().Be(1);
        first.GetProperty("lastId").GetInt64().Should().Be(3);
        first.GetProperty("skipped").GetInt32().Should().Be(1);
        JournalView.Empty.Apply(first).Ids.Should().Equal(2, 3);
        var entry = first.GetProperty("entries")[0];
        entry.GetProperty("operation").GetString().Should().Be("AddImGroup");
        entry.TryGetProperty("request", out _).Should().BeFalse();
        next.Should().BeEquivalentTo(new { Skipped = 0, Resets = 0 });
        next.Ids.Should().Equal(4);
    }

    [Fact]
    public async Task An_empty_journal_is_an_event_as_well()
    {
        await using var service = await TestService.StartAsync();
        await using var events = await EventReader.OpenAsync(service);

        var first = await events.NextAsync("journal");

        first.GetRawText().Should().Be("""{"reset":true,"firstId":1,"lastId":0,"skipped":0,"entries":[],"removed":[]}""");
    }

    [Fact]
    public async Task A_client_that_connects_again_receives_only_what_was_changed()
    {
        await using var service = await TestService.StartAsync();
        await AddGroupsAsync(service, 1, 3);
        string position;
        await using (var events = await EventReader.OpenAsync(service))
        {
            await events.NextAsync("journal");
            position = events.LastEventId;
        }

        await AddGroupsAsync(service, 4, 5);
        await using var again = await EventReader.OpenAsync(service, lastEventId: position);
        var changes = await again.NextAsync("journal");
        await using var unchanged = await EventReader.OpenAsync(service, lastEventId: again.LastEventId);
        var nothing = await unchanged.NextAsync("journal");

        changes.GetProperty("reset").GetBoolean().Should().BeFalse();
        JournalView.Empty.Apply(changes).Ids.Should().Equal(4, 5);
        nothing.GetProperty("reset").GetBoolean().Should().BeFalse();
        nothing.GetProperty("entries").GetArrayLength().Should().Be(0);
        nothing.GetProperty("removed").GetArrayLength().Should().Be(0);
    }

    [Theory]
    [InlineData("0123456789abcdef0123456789abcdef-7")]
    [InlineData("7")]
    [InlineData("-")]
    [InlineData("a-b-c")]
    public async Task A_client_of_another_start_of_the_service_receives_all_entries(string lastEventId)
    {
        await using var service = await TestService.StartAsync();
        await AddGroupsAsync(service, 1, 2);
        await using var events = await EventReader.OpenAsync(service, lastEventId: lastEventId);

        var first = await events.NextAsync("journal");

        first.GetProperty("reset").GetBoolean().Should().BeTrue();
        JournalView.Empty.Apply(first).Ids.Should().Equal(1, 2);
    }

    [Fact]
    public async Task After_a_restart_of_the_service_all_entries_are_sent_again()
    {
        string position;
        await using (var before = await TestService.StartAsync())
        {
            await AddGroupsAsync(before, 1, 5);
            await using var events = await EventReader.OpenAsync(before);
            await events.NextAsync("journal");
            position = events.LastEventId;
        }

        await using var after = await TestService.StartAsync();
        await AddGroupsAsync(after, 1, 1);
        await using var again = await EventReader.OpenAsync(after, lastEventId: position);
        var first = await again.NextAsync("journal");

        first.GetProperty("reset").GetBoolean().Should().BeTrue();
        JournalView.Empty.Apply(first).Ids.Should().Equal(1);
    }

    [Fact]
    public async Task Clearing_and_resetting_the_journal_are_events()
    {
        await using var service = await TestService.StartAsync();
        await AddGroupsAsync(service, 1, 2);
        await using var events = await EventReader.OpenAsync(service);
        var view = await events.FollowAsync(JournalView.Empty, view => view.Ids.Count() == 2);

        using var cleared = await service.SendAsync("DELETE", "/journal");
        view = await events.FollowAsync(view, view => !view.Ids.Any());
        view.Resets.Should().Be(1, "the ids continue");
        await AddGroupsAsync(service, 3, 3);
        view = await events.FollowAsync(view, view => view.States.GetValueOrDefault(3) == "answered");

        using var reset = await service.SendAsync("POST", "/reset");
        view = await events.FollowAsync(view, view => view.Resets == 2);
        view.Ids.Should().BeEmpty();
        await AddGroupsAsync(service, 1, 1);
        await events.FollowAsync(view, view => view.States.GetValueOrDefault(1) == "answered");
    }

    [Fact]
    public async Task Evicted_entries_are_those_below_the_first_id()
    {
        await using var service = await StartAsync(new ControlOptions { JournalEntries = 3 });
        await AddGroupsAsync(service, 1, 3);
        await using var events = await EventReader.OpenAsync(service, "?operation=AddImGroup");
        var view = await events.FollowAsync(JournalView.Empty, view => view.Ids.Count() == 3);

        // The request does not match the filter, but it evicts an entry that does.
        await service.PostAsync(EwsRequest.GetImItemList());
        view = await events.FollowAsync(view, view => view.Ids.Count() == 2);

        view.Ids.Should().Equal(2, 3);
        view.Resets.Should().Be(1);
    }

    [Fact]
    public async Task Entries_of_a_burst_beyond_the_limit_are_counted_as_skipped()
    {
        await using var service = await TestService.StartAsync();
        string position;
        await using (var events = await EventReader.OpenAsync(service))
        {
            await events.NextAsync("journal");
            position = events.LastEventId;
        }

        await AddGroupsAsync(service, 1, 9);
        await using var again = await EventReader.OpenAsync(service, "?limit=4", position);
        var changes = await again.NextAsync("journal");

        changes.GetProperty("reset").GetBoolean().Should().BeFalse();
        changes.GetProperty("skipped").GetInt32().Should().Be(5);
        JournalView.Empty.Apply(changes).Ids.Should().Equal(6, 7, 8, 9);
    }

    [Fact]
    public async Task Every_filter_of_the_journal_applies()
    {
        await using var service = await TestService.StartAsync();
        await service.SendAsync("POST", "/faults", BusyOnce);
        await AddGroupsAsync(service, 1, 3);
        await service.PostAsync(EwsRequest.GetImItemList());

        (await IdsAsync("operation=GetImItemList")).Should().Equal(4);
        (await IdsAsync("responseCode=ErrorServerBusy")).Should().Equal(2);
        (await IdsAsync("status=200&faulted=false")).Should().Equal(1, 3, 4);
        (await IdsAsync("fault=busy")).Should().Equal(2);
        (await IdsAsync("early=true")).Should().Equal(3, 4);
        (await IdsAsync("contains=Team%203")).Should().Equal(3);
        (await IdsAsync($"mailbox={TestService.DefaultMailbox}&state=answered")).Should().Equal(1, 2, 3, 4);

        async Task<IEnumerable<long>> IdsAsync(string filter)
        {
            await using var events = await EventReader.OpenAsync(service, "?" + filter);
            return JournalView.Empty.Apply(await events.NextAsync("journal")).Ids;
        }
    }

    [Fact]
    public async Task An_entry_that_does_not_match_any_more_is_removed()
    {
        await using var service = await TestService.StartAsync();
        await service.SendAsync("POST", "/faults", """{ "kind": "delay", "milliseconds": 86400000, "operation": "GetImItemList" }""");
        await using var events = await EventReader.OpenAsync(service, "?state=arrived");
        using var client = new CancellationTokenSource();
        using var content = new StringContent(EwsRequest.GetImItemList(), Encoding.UTF8, "text/xml");

        var request = service.Client.PostAsync("/EWS/Exchange.asmx", content, client.Token);
        var view = await events.FollowAsync(JournalView.Empty, view => view.Ids.Any());
        var position = events.LastEventId;
        await client.CancelAsync();
        var removed = await events.FollowAsync(view, view => !view.Ids.Any());
        await using var again = await EventReader.OpenAsync(service, "?state=arrived", position);
        var changes = await again.NextAsync("journal");

        view.States[1].Should().Be("arrived");
        removed.Resets.Should().Be(1);
        changes.GetProperty("reset").GetBoolean().Should().BeFalse();
        changes.GetProperty("removed").EnumerateArray().Select(id => id.GetInt64()).Should().Equal(1);
        await FluentActions.Awaiting(() => request).Should().ThrowAsync<OperationCanceledException>();
    }

    private static Task<TestService> StartAsync(ControlOptions options) =>
        TestService.StartAsync(TestService.InMemory with { Control = options });

    private static async Task AddGroupsAsync(TestService service, int first, int last)
    {
        for (var i = first; i <= last; i++)
            await service.PostAsync(EwsRequest.AddImGroup($"Team {i}"));
    }
}
