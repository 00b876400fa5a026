namespace Ews.ImService.Tests.Operations.Accounts;

public sealed class GetDelegateTests
{
    [Fact]
    public async Task A_mailbox_has_no_delegates()
    {
        await using var service = await TestService.StartAsync();

        var response = (await service.PostAsync(GetDelegate("user@contoso.com"))).Should().Succeed();

        response.Messages().Should().ContainSingle().Which.Elements().Select(part => part.Name.LocalName)
            .Should().Equal("ResponseCode", "DeliverMeetingRequests");
        response.Value("DeliverMeetingRequests").Should().Be("DelegatesAndMe");
    }

    [Fact]
    public async Task Each_requested_user_is_not_a_delegate()
    {
        await using var service = await TestService.StartAsync();

        var response = await service.PostAsync(GetDelegate(
            "user@contoso.com",
            "<m:UserIds><t:UserId><t:PrimarySmtpAddress>anna@contoso.com</t:PrimarySmtpAddress></t:UserId>"
            + "<t:UserId><t:DistinguishedUser>Default</t:DistinguishedUser></t:UserId></m:UserIds>"));

        response.Codes().Should().Equal("NoError", "ErrorNotDelegate", "ErrorNotDelegate");
        response.All("MessageText").Select(text => text.Value).Distinct().Should().Equal("The user is not a delegate for the mailbox.");
        response.Value("DeliverMeetingRequests").Should().Be("DelegatesAndMe");
        response.SchemaViolations().Should().BeEmpty();
    }

    [Theory]
    [InlineData("anna@contoso.com", "ErrorAccessDenied", "Access is denied. Check credentials and try again.")]
    [InlineData("no address", "ErrorInvalidSmtpAddress", "The SMTP address format is invalid.")]
    public async Task The_delegates_of_another_mailbox_are_not_returned(string address, string code, string text)
    {
        await using var service = await TestService.StartAsync();

        (await service.PostAsync(GetDelegate(address))).Should().BeError(code, text);
    }

    private static string GetDelegate(string address, string userIds = "") => EwsRequest.For(
        "GetDelegate",
        $"<m:Mailbox><t:EmailAddress>{address}</t:EmailAddress></m:Mailbox>{userIds}",
        attributes: " IncludePermissions='false'");
}
