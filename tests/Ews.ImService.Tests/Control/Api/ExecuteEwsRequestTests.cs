using System.IO.Compression;
using System.Net;
using System.Text;
using Ews.ImService.Control;
using Ews.ImService.Mailbox;
using Ews.ImService.Protocol.SignIn;

namespace Ews.ImService.Tests.Control.Api;

/// <summary>EWS requests that the control API executes as the owner of a mailbox.</summary>
public sealed class ExecuteEwsRequestTests
{
    private const string Alice = "alice@contoso.com";
    private const string InvalidName = "<m:AddImGroup><m:Name>Team</m:Name></m:AddImGroup>";

    [Fact]
    public async Task A_request_is_executed_as_the_owner_without_sign_in_fault_rules_and_journal()
    {
        var settings = TestService.InMemory with { SignIn = new SignInOptions { Mode = SignInMode.Users } };
        await using var service = await TestService.StartAsync(settings);
        using var rule = await service.SendAsync("POST", "/faults", "{ \"kind\": \"serverBusy\", \"backOffMilliseconds\": 1 }");

        var response = await PostAsync(service, Alice, EwsRequest.AddImGroup("Team"));

        rule.IsSuccessStatusCode.Should().BeTrue();
        response.ContentType.Should().Be("text/xml; charset=utf-8");
        response.Should().Succeed();
        (await service.MailboxAsync(Alice))!.HasGroupNamed("Team").Should().BeTrue();
        (await service.GetJsonAsync(ControlCalls.Api + "/journal/count")).GetProperty("count").GetInt32().Should().Be(0);
        var rules = await service.GetJsonAsync(ControlCalls.Api + "/faults");
        rules.GetProperty("faults")[0].GetProperty("triggered").GetInt32().Should().Be(0);
        (await service.PostAsync(EwsRequest.AddImGroup("Other"))).Status.Should().Be(401);
    }

    public static TheoryData<string> Requests => new(
        EwsRequest.GetImItemList(),
        EwsRequest.AddImGroup("Favorites"),
        EwsRequest.AddImGroup("Team", header: string.Empty),
        EwsRequest.Envelope(EwsRequest.Version, InvalidName),
        EwsRequest.For("Nonsense", ""),
        "<unfinished",
        "");

    [Theory]
    [MemberData(nameof(Requests))]
    public async Task The_response_is_that_of_the_EWS_endpoint(string request)
    {
        await using var service = await TestService.StartAsync();
        await service.AddGroupAsync("Favorites 2");

        var expected = await service.PostAsync(request);
        var response = await PostAsync(service, TestService.DefaultMailbox, request);

        response.Status.Should().Be(expected.Status);
        response.ContentType.Should().Be(expected.ContentType);
        response.Text.Should().Be(expected.Text);
    }

    [Theory]
    [InlineData("nowhere@contoso.com")]
    [InlineData("not an address")]
    public async Task A_mailbox_that_cannot_exist_is_a_fault(string mailbox)
    {
        var accounts = new AccountDirectory([], autoCreate: false, new ImpersonationRights([]));
        await using var service = await TestService.StartAsync(TestService.InMemory with { Accounts = accounts });

        var response = await PostAsync(service, mailbox, EwsRequest.AddImGroup("Team"));

        response.Status.Should().Be(500);
        response.Value("ResponseCode").Should().Be("ErrorNonExistentMailbox");
    }

    [Fact]
    public async Task The_owner_can_impersonate_other_users_as_in_EWS()
    {
        var rights = new ImpersonationRights([new ImpersonationGrant(SmtpAddress.Parse(Alice), [SmtpAddress.Parse("bob@contoso.com")])]);
        var accounts = new AccountDirectory([], autoCreate: true, rights);
        await using var service = await TestService.StartAsync(TestService.InMemory with { Accounts = accounts });

        var allowed = await PostAsync(service, Alice, Impersonating("bob@contoso.com"));
        var denied = await PostAsync(service, Alice, Impersonating("carol@contoso.com"));

        allowed.Should().Succeed();
        (await service.MailboxAsync("bob@contoso.com"))!.HasGroupNamed("Team").Should().BeTrue();
        denied.Value("ResponseCode").Should().Be("ErrorImpersonateUserDenied");

        static string Impersonating(string user) =>
            EwsRequest.AddImGroup("Team", EwsRequest.Impersonating("PrimarySmtpAddress", user));
    }

    [Fact]
    public async Task The_request_is_executed_in_the_realm_of_the_call()
    {
        await using var service = await TestService.StartAsync();

        var response = await PostAsync(service, Alice, EwsRequest.AddImGroup("Team"), realm: "/realms/a");

        response.Should().Succeed();
        (await service.MailboxAsync(Alice)).Should().BeNull();
        var list = await service.GetJsonAsync("/realms/a" + ControlCalls.Api + "/mailboxes");
        list.GetProperty("mailboxes")[0].GetProperty("smtpAddress").GetString().Should().Be(Alice);
    }

    [Fact]
    public async Task A_compressed_response_is_complete()
    {
        await using var service = await TestService.StartAsync();
        await service.AddGroupAsync();
        var expected = await PostAsync(service, TestService.DefaultMailbox, EwsRequest.GetImItemList());
        using var client = new HttpClient { BaseAddress = service.Client.BaseAddress };
        client.DefaultRequestHeaders.Add("Accept-Encoding", "gzip");
        using var content = Xml(EwsRequest.GetImItemList());

        using var response = await client.PostAsync(PathOf(TestService.DefaultMailbox), content);

        response.Content.Headers.ContentEncoding.Should().Equal("gzip");
        var compressed = await response.Content.ReadAsByteArrayAsync();
        using var decompressing = new GZipStream(new MemoryStream(compressed), CompressionMode.Decompress);
        using var text = new StreamReader(decompressing);
        (await text.ReadToEndAsync()).Should().Be(expected.Text);
        BitConverter.ToInt32(compressed.AsSpan()[^4..]).Should().Be(expected.Body.Length, "the length is at the end, and nothing follows");
    }

    [Fact]
    public async Task A_content_type_that_is_not_XML_is_a_problem()
    {
        await using var service = await TestService.StartAsync();

        using var response = await service.SendAsync("POST", $"/mailboxes/{Alice}/ews", EwsRequest.AddImGroup("Team"));

        response.StatusCode.Should().Be(HttpStatusCode.UnsupportedMediaType);
        (await response.ProblemsAsync()).Single().Should().Contain("application/x-www-form-urlencoded");
    }

    [Fact]
    public async Task The_token_of_the_control_API_is_required()
    {
        var control = new ControlOptions { Token = "open sesame" };
        await using var service = await TestService.StartAsync(TestService.InMemory with { Control = control });

        var response = await PostAsync(service, Alice, EwsRequest.AddImGroup("Team"));

        response.Status.Should().Be(401);
        (await service.MailboxAsync(Alice)).Should().BeNull();
    }

    [Theory]
    [InlineData("a%2Fb@contoso.com", "a/b@contoso.com")]
    [InlineData("A%2fb@contoso.com", "A/b@contoso.com")]
    [InlineData("a%252Fb@contoso.com", "a%2Fb@contoso.com")]
    [InlineData("a%252Fb%2Fc%25@contoso.com", "a%2Fb/c%@contoso.com")]
    public async Task Encoded_slashes_and_percent_signs_in_an_address_are_decoded_once(string segment, string address)
    {
        await using var service = await TestService.StartAsync();
        var path = $"{ControlCalls.Api}/mailboxes/{segment}";

        (await service.PostAsync(Encoding.UTF8.GetBytes(EwsRequest.AddImGroup("Team")), path: path + "/ews?")).Should().Succeed();
        var list = await service.GetJsonAsync(ControlCalls.Api + "/mailboxes");
        var mailbox = await service.GetJsonAsync(path);

        list.GetProperty("mailboxes").EnumerateArray().Should().ContainSingle()
            .Which.GetProperty("smtpAddress").GetString().Should().Be(address);
        mailbox.GetProperty("smtpAddress").GetString().Should().Be(address);
    }

    private static string PathOf(string mailbox) => $"{ControlCalls.Api}/mailboxes/{Uri.EscapeDataString(mailbox)}/ews";

    private static Task<EwsResponse> PostAsync(TestService service, string mailbox, string body, string realm = "") =>
        service.PostAsync(Encoding.UTF8.GetBytes(body), path: realm + PathOf(mailbox));

    private static StringContent Xml(string body) => new(body, Encoding.UTF8, "text/xml");
}
