namespace Ews.ImService.Tests.Operations.Folders;

public sealed class UpdateFolderTests
{
    [Fact]
    public async Task A_renamed_folder_keeps_its_id_and_has_a_new_change_key()
    {
        await using var service = await TestService.StartAsync();
        var created = (await service.PostAsync(EwsRequest.CreateFolder("contacts", Folder("Team")))).All("FolderId").Single();
        var id = created.Attribute("Id")!.Value;

        var updated = (await service.PostAsync(EwsRequest.UpdateFolder(id, Rename("Crew")))).Should().Succeed().All("FolderId").Single();

        updated.Attribute("Id")!.Value.Should().Be(id);
        updated.Attribute("ChangeKey")!.Value.Should().NotBe(created.Attribute("ChangeKey")!.Value);
        (await NameAsync(service, id)).Should().Be("Crew");
    }

    [Fact]
    public async Task A_well_known_folder_can_be_renamed_with_the_general_element()
    {
        await using var service = await TestService.StartAsync();

        (await service.PostAsync(EwsRequest.UpdateFolder("tasks", Rename("To do", "Folder")))).Should().Succeed();

        (await NameAsync(service, "tasks")).Should().Be("To do");
    }

    [Fact]
    public async Task Extended_properties_are_set_and_deleted()
    {
        await using var service = await TestService.StartAsync();
        const string comment = "<t:ExtendedFieldURI PropertyTag='0x3004' PropertyType='String'/>";

        (await service.PostAsync(EwsRequest.UpdateFolder(
            "contacts",
            $"<t:SetFolderField>{comment}<t:ContactsFolder><t:ExtendedProperty>{comment}<t:Value>Mine</t:Value></t:ExtendedProperty>"
                + "</t:ContactsFolder></t:SetFolderField>"))).Should().Succeed();
        (await GetAsync()).All("Value").ConvertAll(value => value.Value).Should().Equal("Mine");
        (await service.PostAsync(EwsRequest.UpdateFolder("contacts", $"<t:DeleteFolderField>{comment}</t:DeleteFolderField>")))
            .Should().Succeed();

        (await GetAsync()).All("Value").Should().BeEmpty();

        async Task<EwsResponse> GetAsync() =>
            (await service.PostAsync(EwsRequest.GetFolder(EwsRequest.FolderId("contacts"), "IdOnly", comment))).Should().Succeed();
    }

    [Theory]
    [InlineData("<t:SetFolderField><t:FieldURI FieldURI='folder:DisplayName'/><t:ContactsFolder/></t:SetFolderField>",
        "ErrorIncorrectUpdatePropertyCount")]
    [InlineData("<t:SetFolderField><t:FieldURI FieldURI='folder:DisplayName'/><t:ContactsFolder>"
        + "<t:FolderClass>IPF.Contact.A</t:FolderClass><t:DisplayName>A</t:DisplayName></t:ContactsFolder></t:SetFolderField>",
        "ErrorIncorrectUpdatePropertyCount")]
    [InlineData("<t:SetFolderField><t:FieldURI FieldURI='folder:FolderClass'/><t:ContactsFolder><t:DisplayName>A</t:DisplayName>"
        + "</t:ContactsFolder></t:SetFolderField>", "ErrorUpdatePropertyMismatch")]
    [InlineData("<t:SetFolderField><t:FieldURI FieldURI='folder:DisplayName'/><t:TasksFolder><t:DisplayName>A</t:DisplayName>"
        + "</t:TasksFolder></t:SetFolderField>", "ErrorObjectTypeChanged")]
    [InlineData("<t:SetFolderField><t:FieldURI FieldURI='folder:FolderClass'/><t:ContactsFolder><t:FolderClass>IPF.Note</t:FolderClass>"
        + "</t:ContactsFolder></t:SetFolderField>", "ErrorObjectTypeChanged")]
    [InlineData("<t:SetFolderField><t:FieldURI FieldURI='folder:DisplayName'/><t:ContactsFolder><t:DisplayName/></t:ContactsFolder>"
        + "</t:SetFolderField>", "ErrorFolderSavePropertyError")]
    [InlineData("<t:SetFolderField><t:FieldURI FieldURI='folder:DisplayName'/><t:ContactsFolder><t:DisplayName>crew</t:DisplayName>"
        + "</t:ContactsFolder></t:SetFolderField>", "ErrorFolderExists")]
    [InlineData("<t:SetFolderField><t:FieldURI FieldURI='folder:TotalCount'/><t:ContactsFolder><t:TotalCount>1</t:TotalCount>"
        + "</t:ContactsFolder></t:SetFolderField>", "ErrorInvalidPropertySet")]
    [InlineData("<t:SetFolderField><t:FieldURI FieldURI='folder:PermissionSet'/><t:ContactsFolder><t:PermissionSet><t:Permissions/>"
        + "</t:PermissionSet></t:ContactsFolder></t:SetFolderField>", "ErrorInvalidPropertyForOperation")]
    [InlineData("<t:AppendToFolderField><t:FieldURI FieldURI='folder:DisplayName'/><t:ContactsFolder><t:DisplayName>A</t:DisplayName>"
        + "</t:ContactsFolder></t:AppendToFolderField>", "ErrorInvalidPropertyAppend")]
    [InlineData("<t:DeleteFolderField><t:FieldURI FieldURI='folder:DisplayName'/></t:DeleteFolderField>", "ErrorInvalidPropertyDelete")]
    public async Task An_invalid_update_returns_its_error_code_and_changes_nothing(string update, string code)
    {
        await using var service = await TestService.StartAsync();
        var id = (await service.PostAsync(EwsRequest.CreateFolder("contacts", Folder("Team")))).Should().Succeed().Id("FolderId");
        await service.PostAsync(EwsRequest.CreateFolder("contacts", Folder("Crew")));

        var response = await service.PostAsync(EwsRequest.UpdateFolder(id, update));

        response.Codes().Should().Equal(code);
        response.SchemaViolations().Should().BeEmpty();
        (await NameAsync(service, id)).Should().Be("Team");
    }

    [Fact]
    public async Task An_unknown_folder_returns_its_error_code()
    {
        await using var service = await TestService.StartAsync();

        (await service.PostAsync(EwsRequest.UpdateFolder("archiveroot", Rename("A"))))
            .Should().BeError("ErrorFolderNotFound", "The specified folder could not be found in the store.");
    }

    internal static string Folder(string name) => $"<t:ContactsFolder><t:DisplayName>{name}</t:DisplayName></t:ContactsFolder>";

    private static string Rename(string name, string element = "ContactsFolder") =>
        $"<t:SetFolderField><t:FieldURI FieldURI='folder:DisplayName'/><t:{element}><t:DisplayName>{name}</t:DisplayName></t:{element}>"
        + "</t:SetFolderField>";

    private static async Task<string> NameAsync(TestService service, string folder) =>
        (await service.PostAsync(EwsRequest.GetFolder(EwsRequest.FolderId(folder)))).Should().Succeed().Value("DisplayName");
}
