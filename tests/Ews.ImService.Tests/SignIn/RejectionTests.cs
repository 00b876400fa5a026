using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Ews.ImService.Mailbox;
using Ews.ImService.Protocol.SignIn;
using Ews.ImService.Settings;
using static Ews.ImService.Tests.SignIn.Credentials;

namespace Ews.ImService.Tests.SignIn;

/// <summary>Rejected sign-ins: the response and the log event.</summary>
public sealed class RejectionTests
{
    private const string Anna = "anna@contoso.com";
    private const string Password = "Password-1";

    private static readonly string Encoded = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Anna}:{Password}"));

    [Theory]
    [InlineData("/EWS/Exchange.asmx", "Sign in.\n")]
    [InlineData("/autodiscover/autodiscover.xml", "")]
    [InlineData("/autodiscover/autodiscover.svc", "")]
    public async Task A_401_response_has_a_length_is_private_and_gives_no_reason(string path, string text)
    {
        await using var service = await TestService.StartAsync(Users());
        AuthenticationHeaderValue?[] all =
        [
            null,
            Basic(Anna, "wrong"),
            Basic("stranger@contoso.com", Password),
            new("Basic", "!"),
            new("Bearer", "secret"),
            new("Digest", "a=b"),
            new("NTLM", Negotiate),
            new("NTLM", Authenticate("anna")),
        ];

        foreach (var credentials in all)
        {
            using var request = Request();
            request.RequestUri = new Uri(path, UriKind.Relative);
            request.Headers.Authorization = credentials;
            using var response = await service.Client.SendAsync(request);

            var because = credentials?.ToString() ?? "nothing";
            response.StatusCode.Should().Be(HttpStatusCode.Unauthorized, because);
            response.Content.Headers.ContentLength.Should().Be(text.Length, because);
            response.Headers.TransferEncodingChunked.Should().NotBe(true, because);
            response.Headers.CacheControl!.ToString().Should().Be("private", because);
            response.Headers.WwwAuthenticate.Should().NotBeEmpty(because);
            (await response.Content.ReadAsStringAsync()).Should().Be(text, because);
        }
    }

    [Theory]
    [InlineData("Basic", true)]
    [InlineData("basic", true)]
    [InlineData("Basicx", false)]
    [InlineData("Basi", false)]
    [InlineData("0", false)]
    [InlineData("1", false)]
    [InlineData("+0", false)]
    [InlineData("Basic,Ntlm", false)]
    [InlineData("Anonymous", false)]
    public async Task Only_the_exact_name_of_a_scheme_selects_it(string scheme, bool isAccepted)
    {
        await using var service = await TestService.StartAsync(Users());
        using var request = Request();
        request.Headers.TryAddWithoutValidation("Authorization", $"{scheme} {Encoded}").Should().BeTrue();

        using var response = await service.Client.SendAsync(request);

        response.StatusCode.Should().Be(isAccepted ? HttpStatusCode.OK : HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_rejection_is_logged_with_its_user_and_a_challenge_only_at_level_Debug()
    {
        foreach (var level in new[] { "Information", "Debug" })
        {
            var lines = await LogAsync(
                level,
                null,
                Basic(Anna, "wrong"),
                Basic("stranger@contoso.com", Password),
                new("Bearer", Token("""{"upn":"dan@contoso.com"}""")),
                new("Digest", "a=b"),
                new("secret", "secret"));

            var challenges = lines.Where(line => line.Contains("Credentials requested")).ToList();
            challenges.Count(line => line.Contains(" DBG Credentials requested, request ")).Should()
                .Be(challenges.Count).And.Be(level == "Debug" ? 1 : 0);
            var rejections = lines.Except(challenges).ToList();
            rejections.Should().HaveCount(5).And.OnlyContain(line => line.Contains(" INF Request rejected with status 401: "));
            rejections[0].Should().Contain($"401: the Basic credentials of '{Anna}' are wrong, in ");
            rejections[1].Should().Contain("401: the Basic credentials of 'stranger@contoso.com' are wrong, in ");
            rejections[2].Should().Contain("401: the Bearer credentials of 'dan@contoso.com' are wrong, in ");
            rejections[3].Should().Contain("401: the Digest credentials do not name a user, in ");
            rejections[4].Should().Contain("401: the credentials do not name a user, in ");
            string.Concat(lines).Should().NotContain(Password).And.NotContain("'wrong'").And.NotContain("secret");
        }
    }

    [Fact]
    public async Task A_rejected_name_is_logged_in_one_line_of_limited_length()
    {
        var lines = await LogAsync("Information", Basic("a\n12:00:00.000 INF forged\r\u001b[2J", "x"), Basic(new string('b', 9000), "x"));

        lines.Should().HaveCount(2).And.OnlyContain(line =>
            line.Length < 1000
            && line.Contains(" INF Request rejected with status 401: the Basic credentials of '")
            && !line.Contains('\u001b'));
    }

    /// <summary>Returns the log events of requests.</summary>
    private static async Task<IReadOnlyList<string>> LogAsync(string level, params AuthenticationHeaderValue?[] all)
    {
        using var directory = new TemporaryDirectory();
        var (service, client) = await ServiceProcess.StartAsync(
            directory,
            ["--db", ":memory:", "--Log:Level", level, "--Control:Token", "t",
            "--SignIn:Mode", "Users", "--SignIn:Schemes:0", "Basic", "--SignIn:Schemes:1", "Bearer", "--SignIn:Jwt:Key", Secret,
            "--Mailboxes:Accounts:0:SmtpAddress", Anna, "--Mailboxes:Accounts:0:Password", Password]);
        await using var _ = service;
        foreach (var credentials in all)
            (await PostAsync(client, credentials)).StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        await service.TerminateAsync();
        return service.RequestLines;
    }

    private static ServiceSettings Users() => TestService.InMemory with
    {
        Accounts = new AccountDirectory([People.Account(Anna)], autoCreate: false, new ImpersonationRights([])),
        Passwords = People.Passwords((Anna, StoredPassword.Create(Password))),
        SignIn = new SignInOptions
        {
            Mode = SignInMode.Users,
            Schemes = [SignInScheme.Ntlm, SignInScheme.Basic, SignInScheme.Bearer],
            Jwt = new JwtOptions(Secret, null, null),
        },
    };
}
