using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Ews.ImService.Mailbox;
using Ews.ImService.Protocol;
using Ews.ImService.Protocol.SignIn;
using Ews.ImService.Settings;
using static Ews.ImService.Tests.SignIn.Credentials;

namespace Ews.ImService.Tests.SignIn;

public sealed class SignInTests
{
    private const string Anna = "anna@contoso.com";
    private const string Ben = "ben@contoso.com";
    private const string Password = "Pass word:1 ä";

    private static readonly Account[] Accounts =
        [People.Account(Anna, "anna.smith@corp.contoso.com", null, "a.smith@contoso.com"), People.Account(Ben), People.Account("nobody@contoso.com")];

    [Theory]
    [InlineData(SignInMode.AcceptAny)]
    [InlineData(SignInMode.Users)]
    public async Task A_request_without_credentials_is_offered_the_configured_schemes_in_their_order(SignInMode mode)
    {
        await using var service = await TestService.StartAsync(Settings(mode, SignInScheme.Ntlm, SignInScheme.Basic, SignInScheme.Bearer));

        using var response = await PostAsync(service, null);

        response.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        response.Headers.WwwAuthenticate.Select(offer => offer.Scheme).Should().Equal("NTLM", "Basic", "Bearer");
        (await service.MailboxAsync()).Should().BeNull("nothing was run");
    }

    [Theory]
    [InlineData(Anna)]
    [InlineData("ANNA@contoso.com")]
    [InlineData("a.smith@contoso.com")]
    [InlineData("anna.smith@corp.contoso.com")]
    [InlineData("CONTOSO\\anna")]
    [InlineData("anna")]
    [InlineData("anna.smith")]
    public async Task An_account_signs_in_with_Basic_by_any_of_its_names(string name)
    {
        await using var service = await TestService.StartAsync(Settings(SignInMode.Users, SignInScheme.Basic));

        using var response = await PostAsync(service, Basic(name, Password));

        response.StatusCode.Should().Be(HttpStatusCode.OK);
        (await service.MailboxAsync(Anna))!.HasGroupNamed("Team").Should().BeTrue();
    }

    [Theory]
    [InlineData("Basic", Anna, "wrong")]
    [InlineData("Basic", Anna, "")]
    [InlineData("Basic", "stranger@contoso.com", Password)]
    [InlineData("Basic", "stranger", Password)]
    [InlineData("Basic", "nobody@contoso.com", "")]
    [InlineData("Basic", "nobody@contoso.com", Password)]
    public async Task Wrong_names_and_wrong_passwords_get_the_same_401(string scheme, string name, string password)
    {
        await using var service = await TestService.StartAsync(Settings(SignInMode.Users, SignInScheme.Basic));
        using var unasked = await PostAsync(service, null);

        using var response = await PostAsync(service, new AuthenticationHeaderValue(scheme, Convert.ToBase64String(Encoding.UTF8.GetBytes($"{name}:{password}"))));

        response.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        (await response.Content.ReadAsStringAsync()).Should().Be(await unasked.Content.ReadAsStringAsync());
        response.Headers.WwwAuthenticate.Should().Equal(unasked.Headers.WwwAuthenticate);
        (await service.MailboxAsync(Anna)).Should().BeNull("nothing was run");
    }

    [Theory]
    [InlineData("Basic")]
    [InlineData("Basic !")]
    [InlineData("Basic YW5uYQ==")]
    [InlineData("Basic OnBhc3M=")]
    [InlineData("NTLM")]
    [InlineData("NTLM !")]
    [InlineData("NTLM YWJj")]
    [InlineData("NTLM TlRMTVNTUAADAAAA")]
    [InlineData("NTLM TlRMTVNTUAADAAAA/////////////////////////////////////////////////////////////////////////////////////w==")]
    [InlineData("Bearer")]
    [InlineData("Bearer a.b.c")]
    [InlineData("Digest a=b")]
    [InlineData("1 2 3")]
    public async Task Malformed_credentials_get_401(string header)
    {
        await using var service = await TestService.StartAsync(Settings(SignInMode.Users, SignInScheme.Basic, SignInScheme.Ntlm, SignInScheme.Bearer));
        using var request = Request();
        request.Headers.TryAddWithoutValidation("Authorization", header).Should().BeTrue();

        using var response = await service.Client.SendAsync(request);

        response.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_scheme_that_is_not_configured_is_rejected()
    {
        await using var service = await TestService.StartAsync(Settings(SignInMode.Users, SignInScheme.Ntlm));

        using var response = await PostAsync(service, Basic(Anna, Password));

        response.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData(SignInMode.Users, Anna, Password, true)]
    [InlineData(SignInMode.Users, "CONTOSO\\anna", Password, true)]
    [InlineData(SignInMode.Users, Anna, "wrong", false)]
    [InlineData(SignInMode.Users, "stranger@contoso.com", Password, false)]
    [InlineData(SignInMode.Users, "nobody@contoso.com", "", false)]
    [InlineData(SignInMode.AcceptAny, Anna, "any", true)]
    public async Task NTLM_signs_in_a_connection_with_its_three_messages(SignInMode mode, string name, string password, bool isGood)
    {
        await using var service = await TestService.StartAsync(Settings(mode, SignInScheme.Ntlm));
        using var client = NtlmClient(service, name, password);

        using var first = await client.SendAsync(Request("Team"));
        using var second = await client.SendAsync(Request("Crew"));

        first.StatusCode.Should().Be(isGood ? HttpStatusCode.OK : HttpStatusCode.Unauthorized);
        second.StatusCode.Should().Be(first.StatusCode);
        if (isGood)
            (await service.MailboxAsync(Anna))!.LimitedGroups.Should().Be(2);
        else
            (await service.MailboxAsync(Anna)).Should().BeNull();
    }

    [Fact]
    public async Task A_challenge_is_valid_once_and_only_on_its_own_connection()
    {
        await using var service = await TestService.StartAsync(Settings(SignInMode.AcceptAny, SignInScheme.Ntlm));
        using var other = new HttpClient { BaseAddress = service.Client.BaseAddress };
        var authenticate = new AuthenticationHeaderValue("NTLM", Authenticate("anna"));

        using var challenge = await PostAsync(service, new AuthenticationHeaderValue("NTLM", Negotiate));
        using var stolen = await PostAsync(other, authenticate);
        using var answered = await PostAsync(service, authenticate);
        using var replayed = await PostAsync(service, authenticate);
        using var known = await PostAsync(service, null, "Crew");
        using var unknown = await PostAsync(other, null, "Club");

        challenge.Headers.WwwAuthenticate.Single().Parameter.Should().StartWith("TlRMTVNTUAACAAAA");
        stolen.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        answered.StatusCode.Should().Be(HttpStatusCode.OK);
        replayed.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        known.StatusCode.Should().Be(HttpStatusCode.OK, "the connection is signed in");
        unknown.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_configured_token_and_a_signed_token_identify_their_users()
    {
        await using var service = await TestService.StartAsync(Settings(SignInMode.Users, SignInScheme.Bearer));

        (await PostAsync(service, new("Bearer", "token of anna"))).StatusCode.Should().Be(HttpStatusCode.OK);
        (await PostAsync(service, new("Bearer", Token("{\"upn\":\"ben@contoso.com\",\"iss\":\"us\",\"aud\":[\"a\",\"ews\"],\"exp\":9999999999}")))).StatusCode.Should().Be(HttpStatusCode.OK);

        (await service.MailboxAsync(Anna))!.HasGroupNamed("Team").Should().BeTrue();
        (await service.MailboxAsync(Ben))!.HasGroupNamed("Team").Should().BeTrue();
    }

    [Theory]
    [InlineData("token of nobody")]
    [InlineData("anna@contoso.com")]
    [InlineData("{\"upn\":\"ben@contoso.com\",\"iss\":\"us\",\"aud\":\"ews\",\"exp\":1}")]
    [InlineData("{\"upn\":\"ben@contoso.com\",\"iss\":\"us\",\"aud\":\"ews\",\"nbf\":9999999999}")]
    [InlineData("{\"upn\":\"ben@contoso.com\",\"iss\":\"us\",\"aud\":\"ews\",\"exp\":\"never\"}")]
    [InlineData("{\"upn\":\"ben@contoso.com\",\"iss\":\"them\",\"aud\":\"ews\"}")]
    [InlineData("{\"upn\":\"ben@contoso.com\",\"iss\":\"us\",\"aud\":\"other\"}")]
    [InlineData("{\"upn\":\"stranger@contoso.com\",\"iss\":\"us\",\"aud\":\"ews\"}")]
    [InlineData("{\"iss\":\"us\",\"aud\":\"ews\"}")]
    [InlineData("[]")]
    public async Task Other_tokens_get_401(string token)
    {
        await using var service = await TestService.StartAsync(Settings(SignInMode.Users, SignInScheme.Bearer));

        using var response = await PostAsync(service, new("Bearer", token[0] is '{' or '[' ? Token(token) : token));

        response.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_token_with_a_wrong_signature_or_algorithm_gets_401()
    {
        await using var service = await TestService.StartAsync(Settings(SignInMode.Users, SignInScheme.Bearer));
        const string claims = "{\"upn\":\"ben@contoso.com\",\"iss\":\"us\",\"aud\":\"ews\"}";

        foreach (var token in new[] { Token(claims, key: "another secret of enough characters"), Token(claims, algorithm: "none"), Token(claims, algorithm: "RS256"), Token(claims)[..^2] })
            (await PostAsync(service, new("Bearer", token))).StatusCode.Should().Be(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_token_signed_with_the_private_key_is_verified_with_the_public_key()
    {
        using var key = RSA.Create(2048);
        var options = new SignInOptions { Mode = SignInMode.Users, Schemes = [SignInScheme.Bearer], Jwt = new JwtOptions(key.ExportSubjectPublicKeyInfoPem(), null, null) };
        await using var service = await TestService.StartAsync(Settings(SignInMode.Users) with { SignIn = options });
        var content = $"{Base64Url("{\"alg\":\"RS256\"}"u8)}.{Base64Url("{\"preferred_username\":\"ben@contoso.com\"}"u8)}";

        var token = $"{content}.{Base64Url(key.SignData(Encoding.ASCII.GetBytes(content), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))}";

        (await PostAsync(service, new("Bearer", token))).StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("Basic")]
    [InlineData("Bearer")]
    public async Task Any_credentials_identify_the_caller_when_they_are_not_checked(string scheme)
    {
        await using var service = await TestService.StartAsync(TestService.InMemory with
        {
            SignIn = new SignInOptions { Mode = SignInMode.AcceptAny, Schemes = [SignInScheme.Basic, SignInScheme.Bearer] },
        });

        foreach (var name in new[] { "cleo@contoso.com", "dan" })
            (await PostAsync(service, scheme == "Basic" ? Basic(name, "any") : new(scheme, name))).StatusCode.Should().Be(HttpStatusCode.OK);

        (await service.MailboxAsync("cleo@contoso.com"))!.HasGroupNamed("Team").Should().BeTrue();
        (await service.MailboxAsync("dan@contoso.com"))!.HasGroupNamed("Team").Should().BeTrue("the default mailbox's domain is everybody's");
    }

    [Fact]
    public async Task A_user_without_a_mailbox_gets_an_EWS_error()
    {
        var settings = Settings(SignInMode.AcceptAny, SignInScheme.Basic);
        await using var service = await TestService.StartAsync(settings);

        foreach (var name in new[] { "stranger@contoso.com", "stranger" })
        {
            using var response = await PostAsync(service, Basic(name, "any"));
            var ewsResponse = new EwsResponse((int)response.StatusCode, response.Content.Headers.ContentType!.ToString(), await response.Content.ReadAsByteArrayAsync());
            ewsResponse.Should().BeFault("ErrorNonExistentMailbox", "The SMTP address has no mailbox associated with it.").Value("Value").Should().Be(name);
        }
    }

    [Fact]
    public async Task Optional_credentials_identify_the_caller()
    {
        await using var service = await TestService.StartAsync();

        using var none = await PostAsync(service, null);
        using var basic = await PostAsync(service, Basic(Anna, "any"));
        using var nonsense = await PostAsync(service, new("Basic", "!"), "Crew");
        using var challenge = await PostAsync(service, new("NTLM", Negotiate));
        using var ntlm = await PostAsync(service, new("NTLM", Authenticate("ben")));

        challenge.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        new[] { none, basic, nonsense, ntlm }.Should().OnlyContain(response => response.StatusCode == HttpStatusCode.OK);
        (await service.MailboxAsync())!.LimitedGroups.Should().Be(2);
        (await service.MailboxAsync(Ben))!.LimitedGroups.Should().Be(1);
        (await service.MailboxAsync(Anna))!.LimitedGroups.Should().Be(1);
    }

    [Fact]
    public async Task A_signed_in_user_may_impersonate_according_to_grants()
    {
        var settings = Settings(SignInMode.Users, SignInScheme.Basic);
        var rights = new ImpersonationRights([People.Grant(Ben, Anna)]);
        await using var service = await TestService.StartAsync(settings with { Accounts = new AccountDirectory(Accounts, autoCreate: false, rights) });
        var asAnna = EwsRequest.AddImGroup("Team", EwsRequest.Impersonating("SmtpAddress", Anna));
        var asBen = EwsRequest.AddImGroup("Team", EwsRequest.Impersonating("SmtpAddress", Ben));

        using var allowed = await PostAsync(service.Client, Basic(Ben, Password), body: asAnna);
        using var denied = await PostAsync(service.Client, Basic(Anna, Password), body: asBen);

        allowed.StatusCode.Should().Be(HttpStatusCode.OK);
        (await denied.Content.ReadAsStringAsync()).Should().Contain("ErrorImpersonateUserDenied");
        (await service.MailboxAsync(Ben)).Should().BeNull();
    }

    [Fact]
    public void A_wrong_password_takes_as_long_for_an_existing_account_as_for_an_unknown_one()
    {
        var passwords = People.Passwords((Anna, StoredPassword.Create(Password)));
        passwords.Verify(People.Address(Anna), "warm-up");

        // The two are measured in turns, so that a busy machine slows both; the medians of a check that skipped the work would be far apart.
        var (known, unknown) = (new List<long>(), new List<long>());
        for (var i = 0; i < 15; i++)
        {
            known.Add(Ticks(() => passwords.Verify(People.Address(Anna), "wrong")));
            unknown.Add(Ticks(() => passwords.Verify(null, "wrong")));
        }

        (Median(unknown) / Median(known)).Should().BeInRange(0.33, 3);

        static long Ticks(Action action)
        {
            var started = Stopwatch.GetTimestamp();
            action();
            return Stopwatch.GetTimestamp() - started;
        }

        static double Median(List<long> values) => values.Order().ElementAt(values.Count / 2);
    }

    [Theory]
    [InlineData("", "31D6CFE0D16AE931B73C59D7E0C089C0")]
    [InlineData("Password", "A4F49C406510BDCAB6824EE7C30FD852")]
    public void The_NT_hash_matches_the_documented_examples(string password, string hash) => Convert.ToHexString(NtHash.Compute(password)).Should().Be(hash);

    [Fact]
    public void Only_the_text_of_a_password_hash_is_parsed()
    {
        var text = PasswordHash.Create(Password).ToString();

        PasswordHash.Read(text)!.Verify(Password).Should().BeTrue();
        PasswordHash.Read(text)!.Verify(Password + " ").Should().BeFalse();
        foreach (var bad in new[] { "", "a", "pbkdf2-sha256$0$AAAA$AAAA", "pbkdf2-sha256$1$AAAA$AAAA", "pbkdf2-sha256$1$!$!", text + "$" })
            PasswordHash.Read(bad).Should().BeNull();
    }

    private static ServiceSettings Settings(SignInMode mode, params SignInScheme[] schemes) => TestService.InMemory with
    {
        Accounts = new AccountDirectory(Accounts, autoCreate: false, new ImpersonationRights([])),
        Passwords = People.Passwords(
            (Anna, StoredPassword.Create(Password)),
            (Ben, new StoredPassword(PasswordHash.Create(Password), null))),
        SignIn = new SignInOptions
        {
            Mode = mode,
            Schemes = schemes,
            Tokens = new Dictionary<string, string> { ["token of anna"] = Anna, ["token of nobody"] = "stranger@contoso.com" },
            Jwt = new JwtOptions(Secret, "us", "ews"),
        },
    };
}
