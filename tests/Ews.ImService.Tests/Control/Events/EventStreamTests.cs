using System.Net;
using System.Net.Sockets;
using System.Text;
using Ews.ImService.Control;

namespace Ews.ImService.Tests.Control.Events;

/// <summary>The stream of <c>GET events</c>: access, limits, realms, and its end.</summary>
public sealed class EventStreamTests
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task The_stream_is_not_cached_and_not_compressed()
    {
        await using var service = await TestService.StartAsync();

        using var response = await EventReader.SendAsync(service, headers: ("Accept-Encoding", "gzip"));

        response.Content.Headers.ContentType!.ToString().Should().Be("text/event-stream");
        response.Headers.CacheControl!.NoStore.Should().BeTrue();
        response.Content.Headers.ContentEncoding.Should().NotContain("gzip");
        response.Headers.GetValues("X-Content-Type-Options").Should().Equal("nosniff");
    }

    [Theory]
    [InlineData("?limit=0", "The parameter limit must be an integer from 1 to 1000, but is '0'.")]
    [InlineData("?limit=1001", "The parameter limit must be an integer from 1 to 1000, but is '1001'.")]
    [InlineData("?after=1", "Unknown query parameter 'after'. *")]
    [InlineData("?before=1", "Unknown query parameter 'before'. *")]
    [InlineData("?state=gone", "The parameter state must be arrived, answered or failed, but is 'gone'.")]
    public async Task Parameters_that_are_not_valid_are_rejected(string query, string problem)
    {
        await using var service = await TestService.StartAsync();

        using var response = await EventReader.SendAsync(service, query);

        response.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await response.ProblemsAsync()).Should().ContainSingle().Which.Should().Match(problem);
    }

    [Theory]
    [InlineData("Host", "evil.example")]
    [InlineData("Origin", "http://evil.example")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    public async Task A_page_of_another_origin_is_rejected(string header, string value)
    {
        await using var service = await TestService.StartAsync();

        using var response = await EventReader.SendAsync(service, headers: (header, value));

        response.StatusCode.Should().Be(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task The_token_is_required_if_it_is_set()
    {
        await using var service = await StartAsync(new ControlOptions { Token = "open sesame" });

        using var rejected = await EventReader.SendAsync(service);
        using var accepted = await EventReader.SendAsync(service, headers: ("Authorization", "Bearer open sesame"));

        rejected.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        accepted.StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Further_streams_are_rejected_until_a_client_disconnects()
    {
        await using var service = await StartAsync(new ControlOptions { MaxJournalWaits = 1 });
        await service.SendAsync("PUT", "/realms/a");
        var events = await EventReader.OpenAsync(service);
        await events.NextAsync("journal");

        using var rejected = await EventReader.SendAsync(service);
        using var waiting = await service.SendAsync("GET", "/journal/wait");
        using var other = await EventReader.SendAsync(service, realm: "a");
        await events.DisposeAsync();

        rejected.StatusCode.Should().Be(HttpStatusCode.Conflict);
        (await rejected.ProblemsAsync()).Should().Equal(
            "The limit of 1 waiting calls and event streams (Control:MaxJournalWaits) is reached.");
        waiting.StatusCode.Should().Be(HttpStatusCode.Conflict);
        other.StatusCode.Should().Be(HttpStatusCode.OK);
        await OpenWhenAllowedAsync(service);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_client_that_does_not_read_its_events_can_disconnect(bool isReset)
    {
        await using var service = await StartAsync(new ControlOptions { MaxJournalWaits = 1 });
        using (var client = new TcpClient())
        {
            var url = service.Client.BaseAddress!;
            await client.ConnectAsync(url.Host, url.Port);
            await client.GetStream().WriteAsync(
                Encoding.ASCII.GetBytes($"GET {ControlCalls.Api}/events HTTP/1.1\r\nHost: {url.Authority}\r\n\r\n"));
            (await client.GetStream().ReadAsync(new byte[1])).Should().Be(1);
            for (var i = 0; i < 50; i++)
                await service.AddGroupAsync($"Team {i}");
            client.LingerState = new LingerOption(isReset, 0);
        }

        await OpenWhenAllowedAsync(service);
    }

    [Fact]
    public async Task The_stream_ends_when_the_service_stops()
    {
        var service = await TestService.StartAsync();
        await using var events = await EventReader.OpenAsync(service);
        await events.NextAsync("journal");

        var stopped = service.DisposeAsync().AsTask();

        await events.ReadToEndAsync(); // It fails if the connection is aborted.
        await stopped.WaitAsync(Timeout);
    }

    [Fact]
    public async Task A_stream_has_the_events_of_its_realm_only()
    {
        await using var service = await TestService.StartAsync();
        await service.SendAsync("PUT", "/realms/a");
        await service.SendAsync("PUT", "/realms/b");
        await using var other = await EventReader.OpenAsync(service, realm: "b");
        await using var events = await EventReader.OpenAsync(service, realm: "a");
        await events.NextAsync("journal");
        await other.NextAsync("journal");

        await PostAsync(service, "b", "Team");
        await service.SendAsync("POST", "/faults", """{ "kind": "drop" }""");
        await service.Client.PostAsync("/realms/b" + ControlCalls.Api + "/clock/advance", new StringContent("""{ "milliseconds": 1 }"""));
        var changed = await other.NextAsync("changed");
        await service.Client.GetAsync("/realms/a/autodiscover/autodiscover.xml");

        changed.GetProperty("mailboxes").Strings().Should().Equal(TestService.DefaultMailbox);
        await events.MoveNextAsync();
        events.Current.EventType.Should().Be("journal", "nothing else was changed in the realm before");
        events.Current.Data.Should().Contain("\"lastId\":1,").And.Contain("\"path\":\"/autodiscover/autodiscover.xml\"");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_stream_of_a_deleted_realm_ends_with_an_event_and_does_not_create_the_realm_again(bool isCreatedAgain)
    {
        await using var service = await TestService.StartAsync();
        await PostAsync(service, "a", "Team");
        await using var events = await EventReader.OpenAsync(service, realm: "a");
        await events.FollowAsync(JournalView.Empty, view => view.States.GetValueOrDefault(1) == "answered");

        using var deleted = await service.SendAsync("DELETE", "/realms/a");
        if (isCreatedAgain)
            await PostAsync(service, "a", "Friends");
        var data = await events.NextAsync("deleted");
        var isEnd = !await events.MoveNextAsync();
        using var again = await EventReader.SendAsync(service, realm: "a", lastEventId: events.LastEventId);
        var realms = await service.GetJsonAsync(ControlCalls.Api + "/realms");

        data.GetRawText().Should().Be("{}");
        isEnd.Should().BeTrue();
        again.StatusCode.Should().Be(isCreatedAgain ? HttpStatusCode.OK : HttpStatusCode.NotFound);
        realms.GetProperty("realms").Strings().Should().Equal(isCreatedAgain ? ["", "a"] : [""]);
    }

    [Fact]
    public async Task A_client_that_continues_in_another_realm_with_the_same_name_deletes_its_entries()
    {
        await using var service = await TestService.StartAsync();
        await PostAsync(service, "a", "Team");
        await using var events = await EventReader.OpenAsync(service, realm: "a");
        var view = await events.FollowAsync(JournalView.Empty, view => view.States.GetValueOrDefault(1) == "answered");
        await service.SendAsync("DELETE", "/realms/a");
        await PostAsync(service, "a", "Friends");

        await using var again = await EventReader.OpenAsync(service, realm: "a", lastEventId: events.LastEventId);
        var first = await again.NextAsync("journal");

        first.GetProperty("reset").GetBoolean().Should().BeTrue();
        view.Apply(first).Ids.Should().Equal(1);
    }

    private static async Task OpenWhenAllowedAsync(TestService service)
    {
        using var timeout = new CancellationTokenSource(Timeout);
        while (true)
        {
            using var response = await EventReader.SendAsync(service);
            if (response.StatusCode == HttpStatusCode.OK)
                return;
            await Task.Delay(10, timeout.Token);
        }
    }

    private static async Task PostAsync(TestService service, string realm, string group) =>
        (await service.PostAsync(Encoding.UTF8.GetBytes(EwsRequest.AddImGroup(group)), path: $"/realms/{realm}/EWS/Exchange.asmx"))
        .Should().Succeed();

    private static Task<TestService> StartAsync(ControlOptions options) =>
        TestService.StartAsync(TestService.InMemory with { Control = options });
}
