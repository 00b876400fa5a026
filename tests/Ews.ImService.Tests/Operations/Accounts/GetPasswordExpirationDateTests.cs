namespace Ews.ImService.Tests.Operations.Accounts;

public sealed class GetPasswordExpirationDateTests
{
    [Theory]
    [InlineData("")]
    [InlineData("<m:MailboxSmtpAddress>user@contoso.com</m:MailboxSmtpAddress>")]
    public async Task The_password_of_the_caller_does_not_expire(string address)
    {
        await using var service = await TestService.StartAsync();

        (await service.PostAsync(EwsRequest.For("GetPasswordExpirationDate", address))).Should().Succeed()
            .Value("PasswordExpirationDate").Should().Be("9999-12-31T23:59:59Z");
    }

    [Theory]
    [InlineData("anna@contoso.com", "ErrorAccessDenied", "Access is denied. Check credentials and try again.")]
    [InlineData("", "ErrorInvalidSmtpAddress", "The SMTP address format is invalid.")]
    public async Task The_password_of_another_user_is_not_described(string address, string code, string text)
    {
        await using var service = await TestService.StartAsync();

        (await service.PostAsync(EwsRequest.For(
            "GetPasswordExpirationDate", $"<m:MailboxSmtpAddress>{address}</m:MailboxSmtpAddress>"))).Should().BeError(code, text);
    }
}
