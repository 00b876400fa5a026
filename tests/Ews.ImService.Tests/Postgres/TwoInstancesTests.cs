using System.Net;
using System.Text;
using System.Text.Json;
using Ews.ImService.Tests.Control;
using Ews.ImService.Tests.Control.Events;

namespace Ews.ImService.Tests.Postgres;

public sealed class TwoInstancesTests
{
    [PostgresFact]
    public async Task A_fault_triggers_once_in_all_instances()
    {
        await using var instances = await TwoInstances.StartAsync();
        for (var round = 1; round <= 10; round++)
        {
            (await instances.First.SendAsync("POST", "/faults", """{ "id": "a", "kind": "http", "status": 503, "times": 1 }"""))
                .StatusCode.Should().Be(HttpStatusCode.Created);

            var responses = await instances.PostAsync(Enumerable.Repeat(EwsRequest.GetImItemList(), 16));

            responses.Count(response => response.Status == 503).Should().Be(1);
            var rule = (await instances.Second.GetJsonAsync(ControlCalls.Api + "/faults")).GetProperty("faults")[0];
            rule.GetProperty("matched").GetInt32().Should().Be(16);
            rule.GetProperty("triggered").GetInt32().Should().Be(1);
        }
    }

    [PostgresFact]
    public async Task A_request_uses_the_clock_that_another_instance_moved()
    {
        await using var instances = await TwoInstances.StartAsync();
        for (var year = 2030; year < 2040; year++)
        {
            await instances.First.SendAsync("PUT", "/clock", $$"""{ "at": "{{year}}-01-01T00:00:00Z" }""");
            var contact = await instances.Second.AddContactAsync($"a{year}@contoso.com");

            var mailbox = (await instances.First.GetJsonAsync($"{ControlCalls.Api}/mailboxes/{TestService.DefaultMailbox}")).GetRawText();
            mailbox.Should().Contain($"{year}-01-01T00:00:00", $"{contact} was created at the time of the realm");
        }
    }

    [PostgresFact]
    public async Task A_realm_is_seeded_once_and_its_content_is_that_of_all_instances()
    {
        await using var instances = await TwoInstances.StartAsync();
        for (var round = 1; round <= 10; round++)
        {
            var responses = await instances.PostAsync(
                Enumerable.Range(0, 8).Select(request => EwsRequest.AddImGroup($"Group {request}")), $"/realms/r{round}/EWS/Exchange.asmx");

            responses.Should().AllSatisfy(response => response.Should().Succeed());
            var seed = (await instances.First.GetJsonAsync($"/realms/r{round}{ControlCalls.Api}/seed?form=short")).GetRawText();
            foreach (var name in Enumerable.Range(0, 8).Select(request => $"Group {request}").Append("Seeded"))
                seed.Should().Contain(name);
        }
    }

    [PostgresFact]
    public async Task First_requests_of_many_realms_succeed_at_the_same_time()
    {
        await using var instances = await TwoInstances.StartAsync();

        var responses = await Task.WhenAll(Enumerable.Range(0, 20).Select(number =>
            instances.PostAsync([EwsRequest.AddImGroup("One"), EwsRequest.AddImGroup("Two")], $"/realms/r{number}/EWS/Exchange.asmx")));

        responses.SelectMany(pair => pair).Should().AllSatisfy(response => response.Should().Succeed());
        (await instances.First.GetJsonAsync(ControlCalls.Api + "/realms")).GetProperty("realms").GetArrayLength().Should().Be(21);
    }

    [PostgresFact]
    public async Task A_realm_that_one_instance_resets_or_deletes_is_in_its_initial_state_at_the_other()
    {
        await using var instances = await TwoInstances.StartAsync();
        for (var round = 1; round <= 5; round++)
        {
            await instances.Second.AddGroupAsync($"Added {round}");
            (await instances.First.SendAsync("POST", "/reset")).StatusCode.Should().Be(HttpStatusCode.NoContent);
            (await instances.Second.AddGroupAsync($"Added {round}")).Should().NotBeEmpty("the group of the same name was removed");

            var path = "/realms/deleted/EWS/Exchange.asmx";
            (await instances.Second.PostAsync(Encoding.UTF8.GetBytes(EwsRequest.AddImGroup("Added")), path: path)).Should().Succeed();
            (await instances.First.SendAsync("DELETE", "/realms/deleted")).StatusCode.Should().Be(HttpStatusCode.NoContent);
            (await instances.Second.SendAsync("DELETE", "/realms/deleted")).StatusCode.Should().Be(HttpStatusCode.NotFound);
            (await instances.Second.GetJsonAsync(ControlCalls.Api + "/realms")).GetProperty("realms").Strings().Should().Equal("");
        }
    }

    [PostgresFact]
    public async Task A_snapshot_of_one_instance_is_restored_by_the_other()
    {
        await using var instances = await TwoInstances.StartAsync();
        await instances.First.AddGroupAsync("Kept");
        (await instances.First.SendAsync("PUT", "/snapshots/one")).StatusCode.Should().Be(HttpStatusCode.NoContent);
        await instances.Second.AddGroupAsync("Lost");

        (await instances.Second.GetJsonAsync(ControlCalls.Api + "/snapshots")).GetProperty("snapshots").Strings().Should().Equal("one");
        (await instances.Second.SendAsync("POST", "/snapshots/one/restore")).StatusCode.Should().Be(HttpStatusCode.NoContent);

        var seed = (await instances.First.GetJsonAsync($"{ControlCalls.Api}/seed")).GetRawText();
        seed.Should().Contain("Kept").And.NotContain("Lost");
    }

    [PostgresTheory]
    [InlineData("POST", "/faults", """{ "kind": "drop", "id": "a" }""", "faults")]
    [InlineData("PUT", "/snapshots/b", null, "snapshots")]
    [InlineData("PUT", "/clock", "{}", "clock")]
    [InlineData("PUT", "/realms/other", null, "realms")]
    public async Task An_event_stream_contains_changes_of_other_instances(string method, string path, string? body, string part)
    {
        await using var instances = await TwoInstances.StartAsync();
        await using var events = await EventReader.OpenAsync(instances.First);
        await events.NextAsync("journal");

        (await instances.Second.SendAsync(method, path, body)).EnsureSuccessStatusCode();

        JsonElement changed;
        do
            changed = await events.NextAsync("changed");
        while (!changed.GetProperty("parts").Strings().Contains(part));
    }
}
