using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Ews.ImService.Control;
using Ews.ImService.Protocol.SignIn;
using Ews.ImService.Tests.SignIn;

namespace Ews.ImService.Tests.Control.Replays;

/// <summary>Requests of the journal that are sent again.</summary>
public sealed class RequestReplayTests
{
    private const string Secret = "TOPSECRETXYZ";

    [Fact]
    public async Task A_replay_has_the_response_of_the_request_and_a_journal_entry_of_its_own()
    {
        await using var service = await TestService.StartAsync();
        await service.AddGroupAsync();
        var response = await service.PostAsync(EwsRequest.GetImItemList());

        var replay = await ReplayAsync(service, 2);
        var entry = await service.GetJsonAsync($"{ControlCalls.Api}/journal/3");
        var original = await service.GetJsonAsync($"{ControlCalls.Api}/journal/2");

        Body(replay, "response").Should().Be(response.Text);
        Body(replay, "request").Should().Be(Body(original, "request"));
        replay.GetProperty("id").GetInt64().Should().Be(3);
        replay.GetProperty("replayOf").GetInt64().Should().Be(2);
        replay.GetProperty("state").GetString().Should().Be("answered");
        replay.GetProperty("status").GetInt32().Should().Be(200);
        replay.GetRawText().Should().Be(entry.GetRawText());
        original.GetProperty("replayOf").ValueKind.Should().Be(JsonValueKind.Null);
        Headers(replay, "request").Should().BeEquivalentTo(Headers(original, "request"));
    }

    [Fact]
    public async Task A_replay_executes_the_request_again()
    {
        await using var service = await TestService.StartAsync();
        await service.AddGroupAsync("Team");

        var again = await ReplayAsync(service, 1);
        await service.SendAsync("POST", "/seed", $$"""{ "mailboxes": [{ "smtpAddress": "{{TestService.DefaultMailbox}}" }] }""");
        var afterwards = await ReplayAsync(service, 2);

        again.GetProperty("responseCode").GetString().Should().Be("ErrorImGroupDisplayNameAlreadyExists");
        afterwards.GetProperty("responseCode").GetString().Should().Be("NoError");
        afterwards.GetProperty("replayOf").GetInt64().Should().Be(2);
        (await service.MailboxAsync())!.OrderedGroups.Should().Contain(group => group.DisplayName == "Team");
    }

    [Theory]
    [InlineData("""{ "kind": "serverBusy", "backOffMilliseconds": 86400000 }""", "answered", 500)]
    [InlineData("""{ "kind": "responseCode", "responseCode": "ErrorItemNotFound" }""", "answered", 200)]
    [InlineData("""{ "kind": "http", "status": 503, "body": "x" }""", "answered", 503)]
    [InlineData("""{ "kind": "delay", "milliseconds": 1 }""", "answered", 200)]
    [InlineData("""{ "kind": "slowBody", "bytesPerSecond": 1000000 }""", "answered", 200)]
    [InlineData("""{ "kind": "malformed" }""", "answered", 200)]
    [InlineData("""{ "kind": "drop" }""", "failed", null)]
    [InlineData("""{ "kind": "dropAfter" }""", "failed", null)]
    [InlineData("""{ "kind": "truncate" }""", "failed", null)]
    public async Task Fault_rules_apply_to_a_replay(string rule, string state, int? status)
    {
        await using var service = await TestService.StartAsync();
        await service.AddGroupAsync();
        await service.PostAsync(EwsRequest.GetImItemList());
        await service.SendAsync("POST", "/faults", rule);

        var replay = await ReplayAsync(service, 2);

        replay.GetProperty("fault").GetString().Should().Be("fault-1");
        replay.GetProperty("state").GetString().Should().Be(state);
        (replay.GetProperty("status").ValueKind == JsonValueKind.Null ? null : (int?)replay.GetProperty("status").GetInt32())
            .Should().Be(status);
        var rules = await service.GetJsonAsync(ControlCalls.Api + "/faults");
        rules.GetProperty("faults")[0].GetProperty("triggered").GetInt32().Should().Be(1);
    }

    [Theory]
    [InlineData(SignInMode.AcceptAny)]
    [InlineData(SignInMode.Users)]
    public async Task A_request_with_Basic_credentials_is_replayed_as_the_same_user(SignInMode mode)
    {
        await using var service = await TestService.StartAsync(SignInSettings.Create(mode, SignInScheme.Basic));
        using var response = await Credentials.PostAsync(service, Credentials.Basic(SignInSettings.Anna, SignInSettings.Password));

        await VerifyUserAsync(service, 1);
    }

    [Theory]
    [InlineData(SignInMode.AcceptAny)]
    [InlineData(SignInMode.Users)]
    public async Task A_request_of_an_NTLM_connection_is_replayed_as_the_same_user(SignInMode mode)
    {
        await using var service = await TestService.StartAsync(SignInSettings.Create(mode, SignInScheme.Ntlm));
        using var client = Credentials.NtlmClient(service, "anna", SignInSettings.Password);
        using var response = await Credentials.PostAsync(client, credentials: null);
        response.StatusCode.Should().Be(HttpStatusCode.OK);

        await VerifyUserAsync(service, await LastIdAsync(service));
    }

    [Fact]
    public async Task A_request_that_was_not_admitted_is_rejected_again()
    {
        await using var service = await TestService.StartAsync(SignInSettings.Create(SignInMode.Users, SignInScheme.Basic));
        using var wrong = await Credentials.PostAsync(service, Credentials.Basic(SignInSettings.Anna, "wrong"));
        using var none = await Credentials.PostAsync(service, credentials: null);

        foreach (var id in new[] { 1, 2 })
        {
            var replay = await ReplayAsync(service, id);
            replay.GetProperty("status").GetInt32().Should().Be(401);
            Headers(replay, "response").Should().ContainKey("WWW-Authenticate");
        }

        (await service.MailboxAsync(SignInSettings.Anna)).Should().BeNull();
    }

    [Fact]
    public async Task A_request_that_impersonates_a_user_is_replayed_for_this_user()
    {
        await using var service = await TestService.StartAsync();
        var header = EwsRequest.Impersonating("PrimarySmtpAddress", "bob@contoso.com");
        await service.PostAsync(EwsRequest.For("GetImItemList", "", header));

        var replay = await ReplayAsync(service, 1);

        replay.GetProperty("mailbox").GetString().Should().Be("bob@contoso.com");
    }

    [Fact]
    public async Task A_schema_violation_is_reported_again_at_the_same_position()
    {
        await using var service = await TestService.StartAsync();
        var response = await service.PostAsync(EwsRequest.For("AddImGroup", "<m:DisplayNme>Team</m:DisplayNme>"));

        var replay = await ReplayAsync(service, 1);

        replay.GetProperty("responseCode").GetString().Should().Be("ErrorSchemaValidation");
        Body(replay, "response").Should().Be(response.Text).And.Contain("LinePosition");
    }

    [Fact]
    public async Task A_compressed_request_is_replayed_with_its_decompressed_body()
    {
        await using var service = await TestService.StartAsync();
        using var compressed = new MemoryStream();
        await using (var gzip = new GZipStream(compressed, CompressionMode.Compress, leaveOpen: true))
            await gzip.WriteAsync(Encoding.UTF8.GetBytes(EwsRequest.GetImItemList()));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/EWS/Exchange.asmx");
        request.Content = new ByteArrayContent(compressed.ToArray());
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("text/xml");
        request.Content.Headers.ContentEncoding.Add("gzip");
        request.Headers.AcceptEncoding.ParseAdd("gzip");
        (await service.Client.SendAsync(request)).StatusCode.Should().Be(HttpStatusCode.OK);

        var replay = await ReplayAsync(service, 1);

        replay.GetProperty("responseCode").GetString().Should().Be("NoError");
        Body(replay, "request").Should().Be(EwsRequest.GetImItemList());
        Headers(replay, "request").Should().NotContainKey("Content-Encoding");
        Headers(replay, "request")["Content-Length"].Should().Be(Body(replay, "request")!.Length.ToString(null, null));
    }

    [Fact]
    public async Task Requests_in_parts_and_in_other_encodings_are_replayed()
    {
        await using var service = await TestService.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/EWS/Exchange.asmx");
        var text = EwsRequest.AddImGroup("Grüße").Replace("utf-8", "utf-16", StringComparison.OrdinalIgnoreCase);
        byte[] body = [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(text)];
        request.Content = new ByteArrayContent(body);
        request.Content.Headers.TryAddWithoutValidation("Content-Type", "text/xml; charset=utf-16");
        request.Headers.TransferEncodingChunked = true;
        (await service.Client.SendAsync(request)).StatusCode.Should().Be(HttpStatusCode.OK);

        var replay = await ReplayAsync(service, 1);

        replay.GetProperty("responseCode").GetString().Should().Be("ErrorImGroupDisplayNameAlreadyExists");
        replay.GetProperty("requestBytes").GetInt32().Should().Be(body.Length);
    }

    [Fact]
    public async Task Autodiscover_requests_are_replayed_with_the_URL_of_the_realm()
    {
        await using var service = await TestService.StartAsync();
        const string body =
            "<Autodiscover xmlns='http://schemas.microsoft.com/exchange/autodiscover/outlook/requestschema/2006'><Request>"
            + "<EMailAddress>anna@contoso.com</EMailAddress><AcceptableResponseSchema>"
            + "http://schemas.microsoft.com/exchange/autodiscover/outlook/responseschema/2006a</AcceptableResponseSchema>"
            + "</Request></Autodiscover>";
        using var content = new StringContent(body, Encoding.UTF8, "text/xml");
        using var posted = await service.Client.PostAsync("/realms/a/autodiscover/autodiscover.xml", content);
        using var got = await service.Client.GetAsync("/realms/a/autodiscover/autodiscover.xml?x=1");

        var post = await ReplayAsync(service, 1, "/realms/a");
        var get = await ReplayAsync(service, 2, "/realms/a");

        Body(post, "request").Should().Be(body);
        post.GetProperty("status").GetInt32().Should().Be((int)posted.StatusCode);
        Headers(post, "response")["Content-Length"].Should().Be($"{posted.Content.Headers.ContentLength}");
        get.GetProperty("method").GetString().Should().Be("GET");
        get.GetProperty("path").GetString().Should().Be("/autodiscover/autodiscover.xml?x=1");
        get.GetProperty("status").GetInt32().Should().Be((int)got.StatusCode);
        Headers(get, "response")["Content-Length"].Should().Be($"{got.Content.Headers.ContentLength}");
    }

    [Fact]
    public async Task A_request_that_is_not_found_is_not_found_again()
    {
        await using var service = await TestService.StartAsync();
        using var missing = await service.Client.GetAsync("/nothing");

        var replay = await ReplayAsync(service, 1);

        replay.GetProperty("status").GetInt32().Should().Be(404);
    }

    [Fact]
    public async Task The_client_of_a_streaming_connection_disconnects_after_the_timeout()
    {
        await using var service = await TestService.StartAsync();
        var subscribed = await service.PostAsync(EwsRequest.SubscribeToStream(""));
        var subscription = subscribed.Should().Succeed().Value("SubscriptionId");
        using var client = new CancellationTokenSource();
        using var request = Credentials.Request(body: EwsRequest.GetStreamingEvents([subscription]));
        using (await service.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead))
        {
        }

        var replay = await ReplayAsync(service, 2, query: "?timeoutMilliseconds=1");

        replay.GetProperty("state").GetString().Should().Be("failed");
        replay.GetProperty("replayOf").GetInt64().Should().Be(2);
    }

    [Fact]
    public async Task A_request_without_its_body_cannot_be_replayed()
    {
        await using var service = await TestService.StartAsync();
        await service.PostAsync("{}"u8.ToArray(), "application/json");

        using var response = await service.SendAsync("POST", "/journal/1/replay");

        response.StatusCode.Should().Be(HttpStatusCode.Conflict);
        (await response.ProblemsAsync()).Should().Equal("Request 1 cannot be replayed, because its body was not received.");
        (await LastIdAsync(service)).Should().Be(1);
    }

    [Fact]
    public async Task An_entry_that_does_not_exist_cannot_be_replayed()
    {
        await using var service = await StartAsync(new ControlOptions { JournalEntries = 1 });
        await service.AddGroupAsync("Team");
        await service.AddGroupAsync("Friends");

        using var evicted = await service.SendAsync("POST", "/journal/1/replay");
        using var future = await service.SendAsync("POST", "/journal/3/replay");
        var replay = await ReplayAsync(service, 2);

        evicted.StatusCode.Should().Be(HttpStatusCode.NotFound);
        (await evicted.ProblemsAsync()).Should().Equal("Request 1 was evicted from the journal.");
        future.StatusCode.Should().Be(HttpStatusCode.NotFound);
        (await future.ProblemsAsync()).Should().Equal("Request 3 has not arrived yet.");
        replay.GetProperty("id").GetInt64().Should().Be(3);
    }

    [Fact]
    public async Task Secrets_are_sent_again_but_not_shown()
    {
        await using var service = await TestService.StartAsync();
        var header = EwsRequest.Version
            + "<o:Security xmlns:o='http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd'>"
            + $"<o:Password>{Secret}</o:Password></o:Security>";
        using var request = Credentials.Request(body: EwsRequest.For("GetImItemList", "", header));
        request.RequestUri = new Uri($"/EWS/Exchange.asmx?access_token={Secret}", UriKind.Relative);
        request.Headers.Authorization = Credentials.Basic(SignInSettings.Anna, Secret);
        request.Headers.Add("X-Api-Key", Secret);
        using var response = await service.Client.SendAsync(request);

        var replay = await ReplayAsync(service, 1);
        using var all = await service.SendAsync("GET", "/journal?bodies=true");

        replay.GetProperty("mailbox").GetString().Should().Be(SignInSettings.Anna);
        replay.GetProperty("path").GetString().Should().Be("/EWS/Exchange.asmx?access_token=(hidden)");
        replay.GetProperty("request").GetProperty("isRedacted").GetBoolean().Should().BeTrue();
        Headers(replay, "request")["Authorization"].Should().Be("Basic (hidden)");
        var shown = replay.GetRawText() + await all.Content.ReadAsStringAsync();
        shown.Should().NotContain(Secret).And.NotContain(Convert.ToBase64String(Encoding.UTF8.GetBytes(Secret)))
            .And.NotContain(request.Headers.Authorization.Parameter);
    }

    [Fact]
    public async Task A_replay_uses_its_realm_only()
    {
        await using var service = await TestService.StartAsync();
        await service.PostAsync(Encoding.UTF8.GetBytes(EwsRequest.AddImGroup("Team")), path: "/realms/a/EWS/Exchange.asmx");

        using var other = await service.SendAsync("POST", "/journal/1/replay");
        var replay = await ReplayAsync(service, 1, "/realms/a");

        other.StatusCode.Should().Be(HttpStatusCode.NotFound);
        replay.GetProperty("responseCode").GetString().Should().Be("ErrorImGroupDisplayNameAlreadyExists");
        (await service.MailboxAsync()).Should().BeNull();
    }

    private static async Task VerifyUserAsync(TestService service, long id)
    {
        var replay = await ReplayAsync(service, id);

        replay.GetProperty("status").GetInt32().Should().Be(200);
        replay.GetProperty("mailbox").GetString().Should().Be(SignInSettings.Anna);
        replay.GetProperty("responseCode").GetString().Should().Be("ErrorImGroupDisplayNameAlreadyExists");
        var again = await ReplayAsync(service, replay.GetProperty("id").GetInt64());
        again.GetProperty("mailbox").GetString().Should().Be(SignInSettings.Anna);
    }

    private static async Task<JsonElement> ReplayAsync(TestService service, long id, string realmPath = "", string query = "")
    {
        using var response = await service.Client.PostAsync($"{realmPath}{ControlCalls.Api}/journal/{id}/replay{query}", content: null);
        response.StatusCode.Should().Be(HttpStatusCode.OK);
        return JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
    }

    private static async Task<long> LastIdAsync(TestService service)
    {
        var page = await service.GetJsonAsync(ControlCalls.Api + "/journal?limit=1");
        return page.GetProperty("entries")[0].GetProperty("id").GetInt64();
    }

    private static string? Body(JsonElement entry, string message) => entry.GetProperty(message).GetProperty("body").GetString();

    private static Dictionary<string, string?> Headers(JsonElement entry, string message) => entry.GetProperty(message)
        .GetProperty("headers").EnumerateObject().ToDictionary(header => header.Name, header => header.Value.GetString());

    private static Task<TestService> StartAsync(ControlOptions options) =>
        TestService.StartAsync(TestService.InMemory with { Control = options });
}
