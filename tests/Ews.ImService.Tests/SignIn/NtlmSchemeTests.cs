using System.Net;
using System.Net.Http.Headers;
using Ews.ImService.Protocol.SignIn;
using static Ews.ImService.Tests.SignIn.Credentials;
using static Ews.ImService.Tests.SignIn.SignInSettings;

namespace Ews.ImService.Tests.SignIn;

public sealed class NtlmSchemeTests
{
    [Theory]
    [InlineData(SignInMode.Users, Anna, Password, true)]
    [InlineData(SignInMode.Users, "CONTOSO\\anna", Password, true)]
    [InlineData(SignInMode.Users, Anna, "wrong", false)]
    [InlineData(SignInMode.Users, "stranger@contoso.com", Password, false)]
    [InlineData(SignInMode.Users, "nobody@contoso.com", "", false)]
    [InlineData(SignInMode.AcceptAny, Anna, "any", true)]
    public async Task NTLM_signs_in_a_connection_with_its_three_messages(SignInMode mode, string name, string password, bool isAccepted)
    {
        await using var service = await TestService.StartAsync(SignInSettings.Create(mode, SignInScheme.Ntlm));
        using var client = NtlmClient(service, name, password);

        using var first = await client.SendAsync(Request("Team"));
        using var second = await client.SendAsync(Request("Crew"));

        first.StatusCode.Should().Be(isAccepted ? HttpStatusCode.OK : HttpStatusCode.Unauthorized);
        second.StatusCode.Should().Be(first.StatusCode);
        if (isAccepted)
            (await service.MailboxAsync(Anna))!.LimitedGroups.Should().Be(2);
        else
            (await service.MailboxAsync(Anna)).Should().BeNull();
    }

    [Fact]
    public async Task A_challenge_is_valid_once_and_only_on_its_own_connection()
    {
        await using var service = await TestService.StartAsync(SignInSettings.Create(SignInMode.AcceptAny, SignInScheme.Ntlm));
        using var other = new HttpClient { BaseAddress = service.Client.BaseAddress };
        var authenticate = new AuthenticationHeaderValue("NTLM", Authenticate("anna"));

        using var challenge = await PostAsync(service, new AuthenticationHeaderValue("NTLM", Negotiate));
        using var stolen = await PostAsync(other, authenticate);
        using var authenticated = await PostAsync(service, authenticate);
        using var replayed = await PostAsync(service, authenticate);
        using var known = await PostAsync(service, null, "Crew");
        using var unknown = await PostAsync(other, null, "Club");

        challenge.Headers.WwwAuthenticate.Single().Parameter.Should().StartWith("TlRMTVNTUAACAAAA");
        stolen.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        authenticated.StatusCode.Should().Be(HttpStatusCode.OK);
        replayed.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        known.StatusCode.Should().Be(HttpStatusCode.OK, "the connection is signed in");
        unknown.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
    }
}
