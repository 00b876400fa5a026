using System.Net;
using System.Text;
using Ews.ImService.Tests.Control;
using Npgsql;

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
    public async Task One_of_the_instances_that_are_to_create_a_realm_responds_that_it_did()
    {
        await using var instances = await TwoInstances.StartAsync();
        for (var round = 1; round <= 20; round++)
        {
            var responses = await Task.WhenAll(
                instances.First.SendAsync("PUT", $"/realms/r{round}"), instances.Second.SendAsync("PUT", $"/realms/r{round}"));

            responses.Select(response => response.StatusCode).Should().BeEquivalentTo([HttpStatusCode.Created, HttpStatusCode.OK]);
        }
    }

    [PostgresFact]
    public async Task A_reset_of_all_realms_does_not_create_those_that_are_deleted_meanwhile()
    {
        await using var instances = await TwoInstances.StartAsync();
        foreach (var realm in new[] { "first", "second" })
            await instances.First.SendAsync("PUT", $"/realms/{realm}");
        await using var connection = new NpgsqlConnection(instances.Database.ConnectionString);
        await connection.OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using (var blocking = new NpgsqlCommand("""SELECT FROM "Realms" WHERE "Name" = 'first' FOR UPDATE""", connection))
            await blocking.ExecuteNonQueryAsync();

        var reset = instances.Second.SendAsync("POST", "/reset?realms=all");
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (instances.Database.Execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'") == "0")
        {
            await Task.Delay(20, timeout.Token);
        }

        using var deletion = await instances.First.SendAsync("DELETE", "/realms/second");
        await transaction.CommitAsync();

        deletion.StatusCode.Should().Be(HttpStatusCode.NoContent);
        (await reset).StatusCode.Should().Be(HttpStatusCode.NoContent);
        (await instances.First.GetJsonAsync(ControlCalls.Api + "/realms")).GetRawText().Should().Contain("first").And.NotContain("second");
    }

    [PostgresFact]
    public async Task First_requests_of_many_realms_succeed_at_the_same_time()
    {
        const int Realms = 32;
        await using var instances = await TwoInstances.StartAsync();

        var responses = await Task.WhenAll(Enumerable.Range(0, Realms).Select(number =>
            instances.PostAsync([EwsRequest.AddImGroup("One"), EwsRequest.AddImGroup("Two")], $"/realms/r{number}/EWS/Exchange.asmx")));

        responses.SelectMany(pair => pair).Should().AllSatisfy(response => response.Should().Succeed());
        (await instances.First.GetJsonAsync(ControlCalls.Api + "/realms")).GetProperty("realms").GetArrayLength().Should().Be(Realms + 1);
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
    public async Task A_realm_whose_deletion_fails_halfway_is_in_its_initial_state_at_the_other()
    {
        await using var instances = await TwoInstances.StartAsync();
        const string path = "/realms/deleted/EWS/Exchange.asmx";
        (await instances.Second.PostAsync(Encoding.UTF8.GetBytes(EwsRequest.AddImGroup("Added")), path: path)).Should().Succeed();

        instances.Database.Execute("""ALTER TABLE "Journals" RENAME TO "Moved" """); // Mailboxes are deleted, the journal is not.
        (await instances.First.SendAsync("DELETE", "/realms/deleted")).StatusCode.Should().Be(HttpStatusCode.InsufficientStorage);
        instances.Database.Execute("""ALTER TABLE "Moved" RENAME TO "Journals" """);

        var seed = (await instances.Second.GetJsonAsync("/realms/deleted" + ControlCalls.Api + "/seed")).GetRawText();
        seed.Should().Contain("Seeded").And.NotContain("Added");
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
}
