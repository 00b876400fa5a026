using System.Net;
using System.Text;
using Ews.ImService.Mailbox;
using Ews.ImService.Protocol.SignIn;
using Ews.ImService.Settings;
using static Ews.ImService.Tests.SignIn.Credentials;

namespace Ews.ImService.Tests.SignIn;

public sealed class BearerTests
{
    private const string Anna = "anna@contoso.com";
    private const string Stranger = "stranger@contoso.com";
    private const string Good = "{\"alg\":\"HS256\"}";
    private const string OfAnna = "{\"upn\":\"anna@contoso.com\"}";

    [Theory]
    [InlineData(Good, OfAnna, HttpStatusCode.OK)]
    [InlineData(Good, "{\"upn\":\"anna@contoso.com\",\"exp\":253402300799,\"nbf\":-62135596799}", HttpStatusCode.OK)]
    [InlineData("{\"alg\":\"\\ud800\"}", OfAnna, HttpStatusCode.Unauthorized)]
    [InlineData("{\"\\ud800\":\"HS256\"}", OfAnna, HttpStatusCode.Unauthorized)]
    [InlineData("{\"alg\":\"HS256\",\"typ\":\"at+jwt\",\"kid\":\"1\"}", OfAnna, HttpStatusCode.OK)]
    [InlineData("{\"alg\":\"HS256\",\"crit\":[\"b64\"],\"b64\":true}", OfAnna, HttpStatusCode.Unauthorized)]
    [InlineData("{\"alg\":\"HS256\",\"crit\":[\"exp\"],\"exp\":9999999999}", OfAnna, HttpStatusCode.Unauthorized)]
    [InlineData("{\"alg\":\"HS256\",\"crit\":[]}", OfAnna, HttpStatusCode.Unauthorized)]
    [InlineData("{\"alg\":256}", OfAnna, HttpStatusCode.Unauthorized)]
    [InlineData("{}", OfAnna, HttpStatusCode.Unauthorized)]
    [InlineData("[\"alg\"]", OfAnna, HttpStatusCode.Unauthorized)]
    [InlineData("alg", OfAnna, HttpStatusCode.Unauthorized)]
    [InlineData("", OfAnna, HttpStatusCode.Unauthorized)]
    [InlineData(Good, "upn", HttpStatusCode.Unauthorized)]
    [InlineData(Good, "", HttpStatusCode.Unauthorized)]
    [InlineData(Good, "{\"upn\":\"\\ud800\"}", HttpStatusCode.Unauthorized)]
    [InlineData(Good, "{\"upn\":[\"anna@contoso.com\"]}", HttpStatusCode.Unauthorized)]
    [InlineData(Good, "{\"upn\":\"anna@contoso.com\",\"exp\":-9e10}", HttpStatusCode.Unauthorized)]
    [InlineData(Good, "{\"upn\":\"anna@contoso.com\",\"exp\":1e300}", HttpStatusCode.Unauthorized)]
    [InlineData(Good, "{\"upn\":\"anna@contoso.com\",\"exp\":1e999}", HttpStatusCode.Unauthorized)]
    [InlineData(Good, "{\"upn\":\"anna@contoso.com\",\"exp\":\"9999999999\"}", HttpStatusCode.Unauthorized)]
    [InlineData(Good, "{\"upn\":\"anna@contoso.com\",\"exp\":null}", HttpStatusCode.Unauthorized)]
    [InlineData(Good, "{\"upn\":\"anna@contoso.com\",\"nbf\":-9e10}", HttpStatusCode.Unauthorized)]
    [InlineData(Good, "{\"upn\":\"anna@contoso.com\",\"nbf\":\"0\"}", HttpStatusCode.Unauthorized)]
    public async Task The_claims_of_a_signed_token_determine_whether_it_is_accepted(string header, string claims, HttpStatusCode expected)
    {
        await using var service = await TestService.StartAsync(Settings());

        using var response = await PostAsync(service, new("Bearer", TokenOf(header, claims)));

        response.StatusCode.Should().Be(expected);
        (await service.MailboxAsync(Anna) is not null).Should().Be(expected == HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_token_with_a_wrong_number_of_parts_gets_401()
    {
        await using var service = await TestService.StartAsync(Settings());
        var parts = TokenOf(Good, OfAnna).Split('.');

        string[] invalid =
        [
            parts[0],
            $"{parts[0]}.{parts[1]}",
            $"{parts[0]}.{parts[1]}.",
            $".{parts[1]}.{parts[2]}",
            $"{parts[0]}..{parts[2]}",
            "..",
            $"{string.Join('.', parts)}.{parts[2]}",
            $"{parts[0]}.{parts[1]}.!",
        ];

        foreach (var token in invalid)
        {
            using var response = await PostAsync(service, new("Bearer", token));
            response.StatusCode.Should().Be(HttpStatusCode.Unauthorized, token);
        }

        using var valid = await PostAsync(service, new("Bearer", string.Join('.', parts)));
        valid.StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_token_creates_no_account_when_users_sign_in()
    {
        await using var service = await TestService.StartAsync(Settings());

        string[] tokens =
        [
            "token of a stranger",
            TokenOf(Good, """{"upn":"stranger@contoso.com"}"""),
            TokenOf(Good, """{"sub":"stranger"}"""),
        ];
        foreach (var token in tokens)
        {
            using var response = await PostAsync(service, new("Bearer", token));
            response.StatusCode.Should().Be(HttpStatusCode.Unauthorized, token);
        }

        (await service.MailboxAsync(Stranger)).Should().BeNull();
        (await service.MailboxAsync()).Should().BeNull("a rejected token does not select the default mailbox");
        (await PostAsync(service, new("Bearer", "token of anna"))).StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData(SignInMode.AcceptAny)]
    [InlineData(SignInMode.Anonymous)]
    public async Task A_token_of_any_issuer_identifies_its_user_when_tokens_are_not_verified(SignInMode mode)
    {
        await using var service = await TestService.StartAsync(Open(mode));

        string[] tokens = [TokenOf("""{"alg":"none"}""", OfAnna, "another key"), $"!.{Base64Url("""{"sub":"ben","exp":1}"""u8)}.!"];
        foreach (var token in tokens)
            (await PostAsync(service, new("Bearer", token))).StatusCode.Should().Be(HttpStatusCode.OK);

        (await service.MailboxAsync(Anna))!.LimitedGroups.Should().Be(1);
        (await service.MailboxAsync("ben@contoso.com"))!.LimitedGroups.Should().Be(1);
        (await service.MailboxAsync()).Should().BeNull();
    }

    [Theory]
    [InlineData(SignInMode.AcceptAny, "EwAoA8l6BAAURSN/FHlDW5xN74t6GzbtsBBeBUYAAQ==")]
    [InlineData(SignInMode.AcceptAny, "a-word-of-more-than-32-characters-is-a-secret")]
    [InlineData(SignInMode.AcceptAny, "0123456789abcdef0123456789abcdef")]
    [InlineData(SignInMode.AcceptAny, "8d2d54f2-31b9-4b6f-9b0d-3c7c")]
    [InlineData(SignInMode.AcceptAny, "mF_9.B5f-4.1JqM")]
    [InlineData(SignInMode.AcceptAny, "eyJhbGciOiJub25lIn0.e30.c2lnbmVk")]
    [InlineData(SignInMode.AcceptAny, "eyJhbGciOiJub25lIn0.bm8ganNvbg.c2lnbmVk")]
    [InlineData(SignInMode.Anonymous, "EwAoA8l6BAAURSN/FHlDW5xN74t6GzbtsBBeBUYAAQ==")]
    [InlineData(SignInMode.Anonymous, "shortsecret")]
    public async Task An_opaque_token_selects_the_default_mailbox_and_is_not_disclosed(SignInMode mode, string token)
    {
        await using var service = await TestService.StartAsync(Open(mode));
        using var request = Request(body: EwsRequest.AddImGroup("Team", EwsRequest.Impersonating("SmtpAddress", "no address")));
        request.Headers.Authorization = new("Bearer", token);

        using var response = await PostAsync(service, new("Bearer", token));
        using var fault = await service.Client.SendAsync(request);

        response.StatusCode.Should().Be(HttpStatusCode.OK);
        (await service.MailboxAsync())!.HasGroupNamed("Team").Should().BeTrue();
        foreach (var sent in new[] { response, fault })
            (sent.Headers.ToString() + sent.Content.Headers + await sent.Content.ReadAsStringAsync()).Should().NotContain(token);
    }

    [Theory]
    [InlineData("anna@contoso.com")]
    [InlineData("anna")]
    [InlineData("CONTOSO\\anna")]
    public async Task A_token_that_is_the_name_of_an_account_identifies_it_when_tokens_are_not_verified(string token)
    {
        var accounts = new AccountDirectory([People.Account(Anna)], autoCreate: true, new ImpersonationRights([]));
        await using var service = await TestService.StartAsync(Open(SignInMode.AcceptAny) with { Accounts = accounts });

        using var request = Request();
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {token}").Should().BeTrue();
        using var response = await service.Client.SendAsync(request);

        response.StatusCode.Should().Be(HttpStatusCode.OK);
        (await service.MailboxAsync(Anna))!.LimitedGroups.Should().Be(1);
    }

    [Theory]
    [InlineData("AcceptAny", "EwAoA8l6BAAURSN/FHlDW5xN74t6GzbtsBBeBUYAAQ==")]
    [InlineData("AcceptAny", "0123456789abcdef0123456789abcdef")]
    [InlineData("Anonymous", "shortsecret")]
    [InlineData("Users", "shortsecret")]
    public async Task The_log_contains_no_token(string mode, string token)
    {
        using var directory = new TemporaryDirectory();
        var (service, client) = await ServiceProcess.StartAsync(
            directory, "--db", ":memory:", "--Log:Level", "Verbose", "--SignIn:Mode", mode, "--SignIn:Schemes:0", "Bearer");
        await using var _ = service;
        await PostAsync(client, new("Bearer", token));
        using var bare = Request();
        bare.Headers.TryAddWithoutValidation("Authorization", token).Should().BeTrue();
        await client.SendAsync(bare);

        await service.TerminateAsync();

        service.Output.Should()
            .MatchRegex(mode == "Users" ? "Request rejected with status 401" : "AddImGroup for user@contoso.com")
            .And.NotContain(token[..8]);
    }

    private static ServiceSettings Settings() => TestService.InMemory with
    {
        Accounts = new AccountDirectory([People.Account(Anna)], autoCreate: true, new ImpersonationRights([])),
        SignIn = new SignInOptions
        {
            Mode = SignInMode.Users,
            Schemes = [SignInScheme.Bearer],
            Tokens = new Dictionary<string, string> { ["token of anna"] = Anna, ["token of a stranger"] = Stranger },
            Jwt = new JwtOptions(Secret, null, null),
        },
    };

    private static ServiceSettings Open(SignInMode mode) =>
        TestService.InMemory with { SignIn = new SignInOptions { Mode = mode, Schemes = [SignInScheme.Bearer] } };
}
