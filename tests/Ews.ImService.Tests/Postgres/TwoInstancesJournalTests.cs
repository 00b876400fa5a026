using System.Net;
using System.Text;
using System.Text.Json;
using Ews.ImService.Tests.Control;
using Ews.ImService.Tests.SignIn;

namespace Ews.ImService.Tests.Postgres;

/// <summary>The journal over HTTP, at an instance that did not receive the requests.</summary>
public sealed class TwoInstancesJournalTests
{
    private const int Rounds = 50;

    [PostgresFact]
    public async Task A_replay_whose_entry_cannot_be_stored_is_reported()
    {
        await using var instances = await TwoInstances.StartAsync();
        await instances.First.AddGroupAsync();
        instances.Database.Execute("""
            CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE ''failed''; END';
            CREATE TRIGGER fail BEFORE INSERT ON "JournalEntries" EXECUTE FUNCTION fail();
            """);

        using var response = await instances.First.SendAsync("POST", "/journal/1/replay");

        response.StatusCode.Should().Be(HttpStatusCode.InsufficientStorage);
        (await response.Content.ReadAsStringAsync()).Should().Contain("Request 1 was sent again, but its new entry is not in the journal");
        instances.Database.Execute("""DROP TRIGGER fail ON "JournalEntries" """);
        using var stored = await instances.Second.SendAsync("GET", "/journal/wait?count=2&timeoutMilliseconds=60000");
        stored.StatusCode.Should().Be(HttpStatusCode.OK);
    }

    /// <summary>A response is complete, or its connection is closed, only after its entry is complete at every instance.</summary>
    [PostgresTheory]
    [InlineData(null, "answered")]
    [InlineData("""{ "kind": "serverBusy", "backOffMilliseconds": 0 }""", "answered")]
    [InlineData("""{ "kind": "responseCode", "responseCode": "ErrorItemNotFound" }""", "answered")]
    [InlineData("""{ "kind": "http", "status": 503 }""", "answered")]
    [InlineData("""{ "kind": "delay", "milliseconds": 40 }""", "answered")]
    [InlineData("""{ "kind": "slowBody", "bytesPerSecond": 100000 }""", "answered")]
    [InlineData("""{ "kind": "malformed" }""", "answered")]
    [InlineData("""{ "kind": "truncate" }""", "failed")]
    [InlineData("""{ "kind": "drop" }""", "failed")]
    [InlineData("""{ "kind": "dropAfter" }""", "failed")]
    public async Task An_entry_is_complete_when_the_response_ends(string? fault, string state)
    {
        await using var instances = await TwoInstances.StartAsync();
        if (fault is not null)
            (await instances.First.SendAsync("POST", "/faults", fault)).StatusCode.Should().Be(HttpStatusCode.Created);

        for (var round = 1; round <= Rounds; round++)
        {
            var (receiving, other) = round % 2 == 0 ? (instances.First, instances.Second) : (instances.Second, instances.First);
            try
            {
                await receiving.PostAsync(EwsRequest.GetImItemList());
            }
            catch (HttpRequestException) when (state == "failed")
            {
                // The fault closed the connection.
            }

            var entry = await other.GetJsonAsync($"{ControlCalls.Api}/journal/{round}");
            entry.GetProperty("state").GetString().Should().Be(state);
            entry.GetProperty("operation").GetString().Should().Be("GetImItemList");
            entry.GetProperty("milliseconds").ValueKind.Should().Be(JsonValueKind.Number);
        }
    }

    [PostgresFact]
    public async Task A_request_is_replayed_by_an_instance_that_did_not_receive_it()
    {
        await using var instances = await TwoInstances.StartAsync();
        await instances.First.PostAsync(EwsRequest.AddImGroup("Team"));

        var response = await instances.Second.SendAsync("POST", "/journal/1/replay");

        response.StatusCode.Should().Be(HttpStatusCode.OK);
        var entry = await instances.First.GetJsonAsync($"{ControlCalls.Api}/journal/2");
        entry.GetProperty("replayOf").GetInt64().Should().Be(1);
        entry.GetProperty("operation").GetString().Should().Be("AddImGroup");
        entry.GetProperty("responseCode").GetString().Should().NotBe("NoError", "a group with this name exists");
        (await response.Content.ReadAsStringAsync()).TrimEnd().Should().Be(entry.GetRawText());
    }

    [PostgresFact]
    public async Task An_entry_of_a_stream_exists_when_the_stream_begins()
    {
        await using var instances = await TwoInstances.StartAsync();
        var subscribed = await instances.First.PostAsync(EwsRequest.SubscribeToStream(""));
        var events = EwsRequest.GetStreamingEvents([subscribed.Should().Succeed().Value("SubscriptionId")]);
        for (var id = 2; id < 10; id++)
        {
            using var request = Credentials.Request(body: events);
            using var stream = await instances.First.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);

            var entry = await instances.Second.GetJsonAsync($"{ControlCalls.Api}/journal/{id}");

            entry.GetProperty("operation").GetString().Should().Be("GetStreamingEvents");
            entry.GetProperty("state").GetString().Should().Be("arrived");
        }
    }

    [PostgresFact]
    public async Task A_request_whose_body_was_stored_without_credentials_is_not_replayed()
    {
        const string Secret =
            "<o:Password xmlns:o='http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd'>top</o:Password>";
        await using var instances = await TwoInstances.StartAsync();
        await instances.First.PostAsync(EwsRequest.GetImItemList(Secret));

        var response = await instances.Second.SendAsync("POST", "/journal/1/replay");

        (await response.ProblemsAsync()).Should().Equal("Request 1 cannot be replayed, because credentials were removed from its body.");
        response.StatusCode.Should().Be(HttpStatusCode.Conflict);
    }

    [PostgresFact]
    public async Task A_call_that_waits_ends_when_another_instance_receives_the_request_or_deletes_the_realm()
    {
        await using var instances = await TwoInstances.StartAsync();
        const string Wait = "/realms/r" + ControlCalls.Api + "/journal/wait?operation=AddImGroup&timeoutMilliseconds=60000&count=";
        await PostAsync(instances.First);
        var one = instances.Second.Client.GetAsync(Wait + 2);
        await PostAsync(instances.First);
        (await one).StatusCode.Should().Be(HttpStatusCode.OK);

        var two = instances.Second.Client.GetAsync(Wait + 3);
        (await instances.First.SendAsync("DELETE", "/realms/r")).StatusCode.Should().Be(HttpStatusCode.NoContent);
        (await two).StatusCode.Should().Be(HttpStatusCode.NotFound);

        static Task<EwsResponse> PostAsync(TestService service) =>
            service.PostAsync(Encoding.UTF8.GetBytes(EwsRequest.AddImGroup("Team")), path: "/realms/r/EWS/Exchange.asmx");
    }
}
