using Ews.ImService.Tests.Control;

namespace Ews.ImService.Tests.Operations.Accounts;

public sealed class GetUserOofSettingsTests
{
    /// <remarks>The operation has no version header in Exchange; a client sends none.</remarks>
    [Fact]
    public async Task Settings_that_were_never_stored_are_disabled_and_complete()
    {
        await using var service = await TestService.StartAsync();
        using var frozen = await service.SendAsync("PUT", "/clock", """{ "at": "2026-11-21T15:20:30Z" }""");

        var response = (await service.PostAsync(EwsRequest.GetUserOofSettings(header: ""))).Should().Succeed();

        response.All("GetUserOofSettingsResponse").Single().Elements().Select(part => part.Name.LocalName)
            .Should().Equal("ResponseMessage", "OofSettings", "AllowExternalOof");
        response.All("OofSettings").Single().Elements().Select(part => part.Name.LocalName + "=" + part.Value).Should().Equal(
            "OofState=Disabled",
            "ExternalAudience=All",
            "Duration=2026-11-21T15:00:002026-11-22T15:00:00",
            "InternalReply=",
            "ExternalReply=");
        response.All("Message").Should().HaveCount(2);
        response.Value("AllowExternalOof").Should().Be("All");
    }

    [Theory]
    [InlineData("anna@contoso.com", "ErrorAccessDenied", "Access is denied. Check credentials and try again.")]
    [InlineData("", "ErrorInvalidSmtpAddress", "The SMTP address format is invalid.")]
    public async Task The_settings_of_another_user_are_not_returned(string address, string code, string text)
    {
        await using var service = await TestService.StartAsync();

        (await service.PostAsync(EwsRequest.GetUserOofSettings(address))).Should().BeError(code, text)
            .All("OofSettings").Should().BeEmpty();
    }
}
