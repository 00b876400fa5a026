using System.Text.Json;
using Ews.ImService.Tests.Control;
using Ews.ImService.Tests.Control.Events;

namespace Ews.ImService.Tests.Postgres;

/// <summary>The event streams of two instances.</summary>
public sealed class TwoInstancesEventTests
{
    private const int Requests = 1000;
    private const int Clients = 16;

    [PostgresTheory]
    [InlineData("POST", "/faults", """{ "kind": "drop", "id": "a" }""", "faults")]
    [InlineData("PUT", "/snapshots/b", null, "snapshots")]
    [InlineData("PUT", "/clock", "{}", "clock")]
    [InlineData("PUT", "/realms/other", null, "realms")]
    public async Task A_stream_contains_changes_of_the_other_instance(string method, string path, string? body, string part)
    {
        await using var instances = await TwoInstances.StartAsync();
        await using var events = await EventReader.OpenAsync(instances.First);
        await events.NextAsync("journal");

        (await instances.Second.SendAsync(method, path, body)).EnsureSuccessStatusCode();

        await ChangeAsync(events, changed => changed.GetProperty("parts").Strings().Contains(part));
    }

    [PostgresFact]
    public async Task A_stream_contains_the_mailbox_that_the_other_instance_changed()
    {
        await using var instances = await TwoInstances.StartAsync();
        await using var events = await EventReader.OpenAsync(instances.First);
        await events.NextAsync("journal");

        await instances.Second.AddGroupAsync();

        await ChangeAsync(
            events,
            changed => changed.GetProperty("allMailboxes").GetBoolean()
                || changed.GetProperty("mailboxes").Strings().Contains(TestService.DefaultMailbox));
    }

    [PostgresFact]
    public async Task A_client_that_connects_to_the_other_instance_receives_only_what_was_changed()
    {
        await using var instances = await TwoInstances.StartAsync();
        await AddGroupsAsync(instances, 1, 3);
        var (first, position) = await ReadAsync(instances.First, lastEventId: null);
        await AddGroupsAsync(instances, 4, 5);
        var (changes, next) = await ReadAsync(instances.Second, position);
        var (nothing, _) = await ReadAsync(instances.First, next);

        JournalView.Empty.Apply(first).Ids.Should().Equal(1, 2, 3);
        changes.GetProperty("reset").GetBoolean().Should().BeFalse();
        JournalView.Empty.Apply(changes).Ids.Should().Equal(4, 5);
        nothing.GetProperty("reset").GetBoolean().Should().BeFalse();
        nothing.GetProperty("entries").GetArrayLength().Should().Be(0);
    }

    [PostgresFact]
    public async Task Every_stream_contains_all_requests_of_both_instances_once_and_in_order()
    {
        await using var instances = await TwoInstances.StartAsync();
        await using var first = await EventReader.OpenAsync(instances.First, "?limit=1000");
        await using var second = await EventReader.OpenAsync(instances.Second, "?limit=1000");
        Task[] readers = [VerifyAsync(first.NextAsync), VerifyAsync(second.NextAsync), VerifyAsync(Reconnecting(instances))];

        await Task.WhenAll(Enumerable.Range(0, Clients).Select(async client =>
        {
            for (var number = client; number < Requests; number += Clients)
                await (number % 2 == 0 ? instances.First : instances.Second).PostAsync(EwsRequest.GetImItemList());
        }));

        await Task.WhenAll(readers);
    }

    [PostgresFact]
    public async Task A_stream_continues_after_the_database_was_not_available()
    {
        await using var instances = await TwoInstances.StartAsync();
        await using var events = await EventReader.OpenAsync(instances.First);
        await events.NextAsync("journal");

        instances.AllowConnections(false);
        for (var request = 0; request < 2; request++) // The stream looks for changes during the second one, at the latest.
            (await instances.First.PostAsync(EwsRequest.AddImGroup("Team"))).Text.Should().Contain("ErrorInternalServerError");
        instances.AllowConnections(true);
        EwsResponse added;
        do
            added = await instances.Second.PostAsync(EwsRequest.AddImGroup("Team"));
        while (added.Text.Contains("ErrorInternalServerError"));

        await events.FollowAsync(JournalView.Empty, view => view.States.ContainsValue("answered"));
    }

    /// <summary>Reads the next event of a client that connects to the other instance for each event.</summary>
    private static Func<string, Task<JsonElement>> Reconnecting(TwoInstances instances)
    {
        string? position = null;
        var connections = 0;
        return async type =>
        {
            await using var events = await EventReader.OpenAsync(
                connections++ % 2 == 0 ? instances.First : instances.Second, "?limit=1000", position);
            var next = await events.NextAsync(type);
            position = events.LastEventId;
            return next;
        };
    }

    /// <summary>Reads events until all requests were answered, and verifies that each was added once, in the order of ids.</summary>
    private static async Task VerifyAsync(Func<string, Task<JsonElement>> nextAsync)
    {
        var view = JournalView.Empty;
        while (view.States.Count < Requests || view.States.Values.Any(state => state != "answered"))
        {
            var next = await nextAsync("journal");
            var added = next.GetProperty("entries").EnumerateArray().Select(entry => entry.GetProperty("id").GetInt64())
                .Except(view.Ids).ToList();
            added.Should().Equal(Enumerable.Range(0, added.Count).Select(index => view.Ids.LastOrDefault() + 1 + index));
            view = view.Apply(next);
        }

        view.Should().BeEquivalentTo(new { Skipped = 0, Resets = 1 });
    }

    private static async Task<(JsonElement Event, string Position)> ReadAsync(TestService service, string? lastEventId)
    {
        await using var events = await EventReader.OpenAsync(service, lastEventId: lastEventId);
        return (await events.NextAsync("journal"), events.LastEventId);
    }

    private static async Task ChangeAsync(EventReader events, Func<JsonElement, bool> condition)
    {
        while (!condition(await events.NextAsync("changed")))
        {
        }
    }

    private static Task<EwsResponse[]> AddGroupsAsync(TwoInstances instances, int first, int last) =>
        instances.PostAsync(Enumerable.Range(first, last - first + 1).Select(number => EwsRequest.AddImGroup($"Team {number}")));
}
