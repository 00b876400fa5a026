using System.Net;
using System.Text;
using Ews.ImService.Protocol.Http;

namespace Ews.ImService.Tests.Control.Realms;

public sealed class RealmTests
{
    [Fact]
    public async Task A_realm_is_listed_from_its_first_use_until_it_is_deleted()
    {
        await using var service = await TestService.StartAsync();
        var addGroup = Encoding.UTF8.GetBytes(EwsRequest.AddImGroup("Team"));
        (await service.PostAsync(addGroup, path: "/realms/a/EWS/Exchange.asmx")).Should().Succeed();

        var before = await service.GetJsonAsync(ControlCalls.Api + "/realms");
        using var deleted = await service.SendAsync("DELETE", "/realms/a");
        var after = await service.GetJsonAsync(ControlCalls.Api + "/realms");
        using var created = await service.SendAsync("PUT", "/realms/a");
        var mailboxes = await service.GetJsonAsync("/realms/a" + ControlCalls.Api + "/mailboxes");

        deleted.StatusCode.Should().Be(HttpStatusCode.NoContent);
        before.GetProperty("realms").Strings().Should().Equal("", "a");
        after.GetProperty("realms").Strings().Should().Equal("");
        mailboxes.GetProperty("mailboxes").GetArrayLength().Should().Be(0);
    }

    [Fact]
    public async Task A_realm_is_created_and_seeded_once()
    {
        var seed = Encoding.UTF8.GetBytes("""{ "mailboxes": [{ "smtpAddress": "seeded@contoso.com" }] }""");
        await using var service = await TestService.StartAsync(TestService.InMemory with { Seeds = [seed] });

        using var created = await service.SendAsync("PUT", "/realms/a");
        var isInStore = await service.MailboxAsync("seeded@contoso.com", "a") is not null;
        using var repeated = await service.SendAsync("PUT", "/realms/a");
        var realms = await service.GetJsonAsync(ControlCalls.Api + "/realms");

        created.StatusCode.Should().Be(HttpStatusCode.Created);
        isInStore.Should().BeTrue();
        repeated.StatusCode.Should().Be(HttpStatusCode.OK);
        realms.GetProperty("realms").Strings().Should().Equal("", "a");
    }

    [Theory]
    [InlineData("GET", "")]
    [InlineData("GET", "/seed")]
    [InlineData("GET", "/mailboxes")]
    [InlineData("GET", "/mailboxes/alice@contoso.com")]
    [InlineData("GET", "/snapshots")]
    [InlineData("DELETE", "/snapshots/b")]
    [InlineData("GET", "/journal")]
    [InlineData("GET", "/journal/1")]
    [InlineData("GET", "/journal/count")]
    [InlineData("GET", "/journal/wait")]
    [InlineData("DELETE", "/journal")]
    [InlineData("GET", "/events")]
    [InlineData("GET", "/faults")]
    [InlineData("DELETE", "/faults")]
    [InlineData("DELETE", "/faults/b")]
    [InlineData("GET", "/clock")]
    [InlineData("DELETE", "/clock")]
    public async Task A_call_that_reads_or_deletes_does_not_create_its_realm(string method, string path)
    {
        await using var service = await TestService.StartAsync();
        using var request = new HttpRequestMessage(new HttpMethod(method), ControlCalls.Api + path);
        request.Headers.Add(RequestRealm.Header, "typo");

        using var response = await service.Client.SendAsync(request);
        using var head = await service.Client.SendAsync(new HttpRequestMessage(HttpMethod.Head, "/realms/typo" + ControlCalls.Api + path));

        response.StatusCode.Should().Be(HttpStatusCode.NotFound);
        (await response.ProblemsAsync()).Should().Equal(
            "The realm 'typo' does not exist. An EWS request, PUT realms/typo, or another call that changes it creates it.");
        head.IsSuccessStatusCode.Should().BeFalse();
        (await service.GetJsonAsync(ControlCalls.Api + "/realms")).GetProperty("realms").Strings().Should().Equal("");
    }

    [Theory]
    [InlineData("POST", "/reset", null)]
    [InlineData("POST", "/seed", """{ "mailboxes": [] }""")]
    [InlineData("PUT", "/clock", "{}")]
    [InlineData("PUT", "/snapshots/b", null)]
    [InlineData("POST", "/faults", """{ "kind": "drop" }""")]
    public async Task A_call_that_changes_its_realm_creates_it(string method, string path, string? body)
    {
        await using var service = await TestService.StartAsync();
        using var request = new HttpRequestMessage(new HttpMethod(method), "/realms/a" + ControlCalls.Api + path);
        if (body is not null)
            request.Content = new StringContent(body);

        using var response = await service.Client.SendAsync(request);

        response.EnsureSuccessStatusCode();
        (await service.GetJsonAsync(ControlCalls.Api + "/realms")).GetProperty("realms").Strings().Should().Equal("", "a");
    }

    [Fact]
    public async Task A_realm_that_an_earlier_run_stored_can_be_read_and_deleted()
    {
        using var directory = new TemporaryDirectory();
        var settings = TestService.InMemory with { DatabasePath = directory.File("mailboxes.db") };
        await using (var earlier = await TestService.StartAsync(settings))
        {
            foreach (var realm in new[] { "a", "b" })
                await earlier.PostAsync(Encoding.UTF8.GetBytes(EwsRequest.AddImGroup("Team")), path: $"/realms/{realm}/EWS/Exchange.asmx");
        }

        await using var service = await TestService.StartAsync(settings);
        var mailboxes = await service.GetJsonAsync("/realms/a" + ControlCalls.Api + "/mailboxes");
        using var deleted = await service.SendAsync("DELETE", "/realms/b");

        mailboxes.GetProperty("count").GetInt32().Should().Be(1);
        deleted.StatusCode.Should().Be(HttpStatusCode.NoContent);
        (await service.GetJsonAsync(ControlCalls.Api + "/realms")).GetProperty("realms").Strings().Should().Equal("", "a");
    }

    [Theory]
    [InlineData("/realms/a/EWS/Exchange.asmx", "a", HttpStatusCode.OK)]
    [InlineData("/REALMS/a/EWS/Exchange.asmx", null, HttpStatusCode.OK)]
    [InlineData("/EWS/Exchange.asmx", "a", HttpStatusCode.OK)]
    [InlineData("/realms/a/EWS/Exchange.asmx", "b", HttpStatusCode.BadRequest)]
    [InlineData("/realms/a/EWS/Exchange.asmx", "A", HttpStatusCode.BadRequest)]
    [InlineData("/realms/a/EWS/Exchange.asmx", "", HttpStatusCode.BadRequest)]
    [InlineData("/EWS/Exchange.asmx", "", HttpStatusCode.BadRequest)]
    [InlineData("/EWS/Exchange.asmx", "a b", HttpStatusCode.BadRequest)]
    [InlineData("/realms//EWS/Exchange.asmx", null, HttpStatusCode.BadRequest)]
    [InlineData("/realms/", null, HttpStatusCode.BadRequest)]
    [InlineData("/realms/a", null, HttpStatusCode.NotFound)]
    public async Task A_request_names_its_realm_in_a_header_or_in_its_path_or_the_same_in_both(
        string path, string? header, HttpStatusCode status)
    {
        await using var service = await TestService.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, path);
        request.Content = new StringContent(EwsRequest.AddImGroup("Team"), Encoding.UTF8, "text/xml");
        if (header is not null)
            request.Headers.TryAddWithoutValidation(RequestRealm.Header, header);

        using var response = await service.Client.SendAsync(request);

        response.StatusCode.Should().Be(status);
        var realms = await service.GetJsonAsync(ControlCalls.Api + "/realms");
        realms.GetProperty("realms").Strings().Should().Equal(status == HttpStatusCode.OK ? ["", "a"] : [""]);
    }
}
