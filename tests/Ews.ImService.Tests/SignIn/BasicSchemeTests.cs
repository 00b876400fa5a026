using System.Net;
using Ews.ImService.Protocol.SignIn;
using static Ews.ImService.Tests.SignIn.Credentials;
using static Ews.ImService.Tests.SignIn.SignInSettings;

namespace Ews.ImService.Tests.SignIn;

public sealed class BasicSchemeTests
{
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
        await using var service = await TestService.StartAsync(SignInSettings.Create(SignInMode.Users, SignInScheme.Basic));

        using var response = await PostAsync(service, Basic(name, Password));

        response.StatusCode.Should().Be(HttpStatusCode.OK);
        (await service.MailboxAsync(Anna))!.HasGroupNamed("Team").Should().BeTrue();
    }

    [Theory]
    [InlineData(Anna, "wrong")]
    [InlineData(Anna, "")]
    [InlineData("stranger@contoso.com", Password)]
    [InlineData("stranger", Password)]
    [InlineData("nobody@contoso.com", "")]
    [InlineData("nobody@contoso.com", Password)]
    [InlineData(Anna, Password + "\0")]
    [InlineData(Anna, Password + "\u007f")]
    [InlineData(Anna, "\n" + Password)]
    [InlineData(Anna + "\t", Password)]
    public async Task Wrong_names_and_wrong_passwords_get_the_same_401(string name, string password)
    {
        await using var service = await TestService.StartAsync(SignInSettings.Create(SignInMode.Users, SignInScheme.Basic));
        using var challenge = await PostAsync(service, null);

        using var response = await PostAsync(service, Basic(name, password));

        response.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        (await response.Content.ReadAsStringAsync()).Should().Be(await challenge.Content.ReadAsStringAsync());
        response.Headers.WwwAuthenticate.Should().Equal(challenge.Headers.WwwAuthenticate);
        (await service.MailboxAsync(Anna)).Should().BeNull("the operation did not run");
    }
}
