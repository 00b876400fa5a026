namespace Ews.ImService.Tests.Operations.Accounts;

public sealed class GetUserConfigurationTests
{
    /// <remarks>A client that finds no configuration uses its defaults, for example for the time zone of the user.</remarks>
    [Theory]
    [InlineData("root", "OWA.UserOptions", "Dictionary")]
    [InlineData("contacts", "CategoryList", "XmlData BinaryData")]
    public async Task No_folder_has_a_configuration_object(string folder, string name, string properties)
    {
        await using var service = await TestService.StartAsync();

        (await service.PostAsync(GetUserConfiguration($"<t:DistinguishedFolderId Id='{folder}'/>", name, properties)))
            .Should().BeError("ErrorItemNotFound", "The specified object was not found in the store.");
    }

    [Fact]
    public async Task An_error_of_the_folder_is_returned()
    {
        await using var service = await TestService.StartAsync();
        var folder = "<t:DistinguishedFolderId Id='root'><t:Mailbox><t:EmailAddress>anna@contoso.com</t:EmailAddress></t:Mailbox>"
            + "</t:DistinguishedFolderId>";

        (await service.PostAsync(GetUserConfiguration("<t:DistinguishedFolderId Id='archiveinbox'/>", "Name", "All")))
            .Should().BeError("ErrorFolderNotFound", "The specified folder could not be found in the store.");
        (await service.PostAsync(GetUserConfiguration(folder, "Name", "All")))
            .Should().BeError("ErrorAccessDenied", "Access is denied. Check credentials and try again.");
    }

    private static string GetUserConfiguration(string folder, string name, string properties) => EwsRequest.For(
        "GetUserConfiguration",
        $"<m:UserConfigurationName Name='{name}'>{folder}</m:UserConfigurationName>"
        + $"<m:UserConfigurationProperties>{properties}</m:UserConfigurationProperties>");
}
