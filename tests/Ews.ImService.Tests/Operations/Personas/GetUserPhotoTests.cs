using Ews.ImService.Mailbox;

namespace Ews.ImService.Tests.Operations.Personas;

public sealed class GetUserPhotoTests
{
    private static readonly byte[] Photo = [0xFF, 0xD8, 0xFF, 1, 2, 3];

    [Theory]
    [InlineData("anna@contoso.com")]
    [InlineData("ANNA@contoso.com")]
    [InlineData("sip:anna@im.contoso.com")]
    public async Task The_photo_of_a_directory_user_is_returned(string email)
    {
        var anna = People.User("anna@contoso.com", "Anna") with { ImAddress = "anna@im.contoso.com", Photo = new UserPhoto(Photo) };
        await using var service = await TestService.StartAsync(
            TestService.InMemory with { Directory = new AddressList([anna], [], false) });

        var response = (await service.PostAsync(GetPhoto(email))).Should().Succeed();

        response.Value("HasChanged").Should().Be("true");
        Convert.FromBase64String(response.Value("PictureData")).Should().Equal(Photo);
    }

    [Theory]
    [InlineData("ben@contoso.com")]
    [InlineData("nobody@contoso.com")]
    [InlineData("")]
    public async Task A_missing_photo_returns_an_error_and_not_a_fault(string email)
    {
        await using var service = await TestService.StartAsync(
            TestService.InMemory with { Directory = new AddressList([People.User("ben@contoso.com", "Ben")], [], false) });

        (await service.PostAsync(GetPhoto(email))).Should().BeError("ErrorItemNotFound", "The user has no photo.").Value("HasChanged")
            .Should().Be("false");
    }

    private static string GetPhoto(string email) =>
        EwsRequest.For("GetUserPhoto", $"<m:Email>{email}</m:Email><m:SizeRequested>HR48x48</m:SizeRequested>");
}
