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
