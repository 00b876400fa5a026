using System.Net;
using Ews.ImService.Protocol;
using Ews.ImService.Protocol.SignIn;
using static Ews.ImService.Tests.SignIn.Credentials;
using static Ews.ImService.Tests.SignIn.SignInSettings;

namespace Ews.ImService.Tests.SignIn;

public sealed class SignInGateTests
{
    [Theory]
    [InlineData(SignInMode.AcceptAny)]
    [InlineData(SignInMode.Users)]
    public async Task A_request_without_credentials_is_offered_the_configured_schemes_in_their_order(SignInMode mode)
    {
        var settings = SignInSettings.Create(mode, SignInScheme.Ntlm, SignInScheme.Basic, SignInScheme.Bearer);
        await using var service = await TestService.StartAsync(settings);

        using var response = await PostAsync(service, null);

        response.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        response.Headers.WwwAuthenticate.Select(offer => offer.Scheme).Should().Equal("NTLM", "Basic", "Bearer");
        (await service.MailboxAsync()).Should().BeNull("the operation did not run");
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
    [InlineData("NTLM TlRMTVNTUAACAAAA")]
    [InlineData("NTLM TlRMTVNTUAD/////")]
    [InlineData("NTLM TlRMTVNTUAADAAAA/////////////////////////////////////////////////////////////////////////////////////w==")]
    [InlineData("Bearer")]
    [InlineData("Bearer a.b.c")]
    [InlineData("Digest a=b")]
    [InlineData("1 2 3")]
    public async Task Malformed_credentials_get_401(string header)
    {
        var settings = SignInSettings.Create(SignInMode.Users, SignInScheme.Basic, SignInScheme.Ntlm, SignInScheme.Bearer);
        await using var service = await TestService.StartAsync(settings);
        using var request = Request();
        request.Headers.TryAddWithoutValidation("Authorization", header).Should().BeTrue();

        using var response = await service.Client.SendAsync(request);

        response.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Several_Authorization_headers_get_401_even_if_each_is_valid()
    {
        await using var service = await TestService.StartAsync(SignInSettings.Create(SignInMode.Users, SignInScheme.Basic));
        var header = $"Authorization: {Basic(Anna, Password)}\r\n";

        var one = await PostRawAsync(service, header);
        var two = await PostRawAsync(service, header + header);

        RawConnection.StatusOf(one).Should().Be(200);
        RawConnection.StatusOf(two).Should().Be(401);
    }

    [Fact]
    public async Task A_scheme_that_is_not_configured_is_rejected()
    {
        await using var service = await TestService.StartAsync(SignInSettings.Create(SignInMode.Users, SignInScheme.Ntlm));

        using var response = await PostAsync(service, Basic(Anna, Password));

        response.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
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
        {
            using var response = await PostAsync(service, scheme == "Basic" ? Basic(name, "any") : new(scheme, name));
            response.StatusCode.Should().Be(HttpStatusCode.OK);
        }

        (await service.MailboxAsync("cleo@contoso.com"))!.HasGroupNamed("Team").Should().BeTrue();
        (await service.MailboxAsync("dan@contoso.com"))!.HasGroupNamed("Team").Should()
            .BeTrue("a name without a domain has the domain of the default mailbox");
    }

    [Fact]
    public async Task A_user_without_a_mailbox_gets_an_EWS_error()
    {
        var settings = SignInSettings.Create(SignInMode.AcceptAny, SignInScheme.Basic);
        await using var service = await TestService.StartAsync(settings);

        foreach (var name in new[] { "stranger@contoso.com", "stranger" })
        {
            using var response = await PostAsync(service, Basic(name, "any"));
            (await ReadAsync(response)).Should()
                .BeFault("ErrorNonExistentMailbox", "The SMTP address has no mailbox associated with it.")
                .Value("Value").Should().Be(name);
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

    [Theory]
    [InlineData(SignInMode.Anonymous, "Origin", "http://evil.example", HttpStatusCode.Forbidden)]
    [InlineData(SignInMode.Anonymous, "Origin", "null", HttpStatusCode.Forbidden)]
    [InlineData(SignInMode.Anonymous, "Sec-Fetch-Site", "cross-site", HttpStatusCode.Forbidden)]
    [InlineData(SignInMode.Anonymous, "Origin", "http://AUTHORITY", HttpStatusCode.OK)]
    [InlineData(SignInMode.Anonymous, "Sec-Fetch-Site", "same-origin", HttpStatusCode.OK)]
    [InlineData(SignInMode.AcceptAny, "Origin", "http://evil.example", HttpStatusCode.OK)]
    public async Task A_page_of_another_origin_cannot_send_requests_without_credentials(
        SignInMode mode, string header, string value, HttpStatusCode expected)
    {
        await using var service = await TestService.StartAsync(TestService.InMemory with { SignIn = new SignInOptions { Mode = mode } });
        using var request = Request();
        request.Headers.Add(header, value.Replace("AUTHORITY", service.Client.BaseAddress!.Authority));
        request.Headers.Authorization = mode == SignInMode.Anonymous ? null : Basic("user", "any");

        using var response = await service.Client.SendAsync(request);

        response.StatusCode.Should().Be(expected);
        (await service.MailboxAsync() is not null).Should().Be(expected == HttpStatusCode.OK);
        if (expected == HttpStatusCode.Forbidden)
        {
            response.Headers.WwwAuthenticate.Should().BeEmpty();
            (await response.Content.ReadAsStringAsync()).Should().Be("Pages of other origins may not send requests without sign-in.\n");
        }
    }

    /// <summary>
    /// The owner of a page can make its host name resolve to this machine (DNS rebinding). Browsers send Origin, clients do not.
    /// </summary>
    [Theory]
    [InlineData("evil.example", "http://evil.example", HttpStatusCode.Forbidden)]
    [InlineData("evil.example:5080", "http://evil.example:5080", HttpStatusCode.Forbidden)]
    [InlineData("localhost", "http://localhost", HttpStatusCode.OK)]
    [InlineData("exchange.contoso.com", null, HttpStatusCode.OK)]
    public async Task A_page_whose_host_resolves_to_this_machine_cannot_send_requests_without_credentials(
        string host, string? origin, HttpStatusCode expected)
    {
        await using var service = await TestService.StartAsync();
        using var request = Request();
        request.Headers.Host = host;
        if (origin is not null)
            request.Headers.Add("Origin", origin);

        using var response = await service.Client.SendAsync(request);

        response.StatusCode.Should().Be(expected);
        (await service.MailboxAsync() is not null).Should().Be(expected == HttpStatusCode.OK);
    }

    private static Task<string> PostRawAsync(TestService service, string headers)
    {
        var body = EwsRequest.AddImGroup("Team");
        return RawConnection.ExchangeAsync(
            service.Client.BaseAddress!,
            $"POST {EwsOptions.Path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: text/xml\r\n{headers}"
            + $"Content-Length: {body.Length}\r\n\r\n{body}");
    }
}
