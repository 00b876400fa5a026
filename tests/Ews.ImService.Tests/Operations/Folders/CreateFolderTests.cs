using Ews.ImService.Mailbox;

namespace Ews.ImService.Tests.Operations.Folders;

public sealed class CreateFolderTests
{
    private const string Exists = "A folder with the specified name already exists.";

    [Theory]
    [InlineData("<t:ContactsFolder><t:DisplayName>A</t:DisplayName></t:ContactsFolder>", "ContactsFolder", "IPF.Contact")]
    [InlineData("<t:Folder><t:DisplayName>A</t:DisplayName></t:Folder>", "Folder", "IPF.Note")]
    [InlineData("<t:CalendarFolder><t:DisplayName>A</t:DisplayName></t:CalendarFolder>", "CalendarFolder", "IPF.Appointment")]
    [InlineData("<t:TasksFolder><t:DisplayName>A</t:DisplayName></t:TasksFolder>", "TasksFolder", "IPF.Task")]
    [InlineData(
        "<t:Folder><t:FolderClass>IPF.Contact.Contoso</t:FolderClass><t:DisplayName>A</t:DisplayName></t:Folder>",
        "ContactsFolder", "IPF.Contact.Contoso")]
    [InlineData(
        "<t:ContactsFolder><t:FolderClass>IPF.Contact.Contoso</t:FolderClass><t:DisplayName>A</t:DisplayName></t:ContactsFolder>",
        "ContactsFolder", "IPF.Contact.Contoso")]
    public async Task A_new_folder_has_the_class_of_its_element_or_its_own(string folder, string element, string folderClass)
    {
        await using var service = await TestService.StartAsync();

        var id = (await service.PostAsync(EwsRequest.CreateFolder("msgfolderroot", folder))).Should().Succeed().Id("FolderId");

        var found = (await service.PostAsync(EwsRequest.GetFolder($"<t:FolderId Id='{id}'/>", "AllProperties"))).Should().Succeed();
        found.All(element).Should().ContainSingle();
        found.Value("FolderClass").Should().Be(folderClass);
        found.Value("DisplayName").Should().Be("A");
        found.Value("TotalCount").Should().Be("0");
        found.Value("Delete").Should().Be("true");
        found.All("DistinguishedFolderId").Should().BeEmpty();
    }

    [Fact]
    public async Task Contacts_are_created_and_found_in_a_new_folder_which_survives_a_restart()
    {
        using var directory = new TemporaryDirectory();
        var settings = TestService.InMemory with { DatabasePath = directory.File("mailboxes.db") };
        string id;
        await using (var before = await TestService.StartAsync(settings))
        {
            id = (await before.PostAsync(EwsRequest.CreateFolder("contacts", Named("Team")))).Should().Succeed().Id("FolderId");
            (await before.PostAsync(EwsRequest.For(
                "CreateItem",
                $"<m:SavedItemFolderId><t:FolderId Id='{id}'/></m:SavedItemFolderId>"
                    + "<m:Items><t:Contact><t:DisplayName>Anna</t:DisplayName></t:Contact></m:Items>"))).Should().Succeed();
        }

        await using var after = await TestService.StartAsync(settings);

        (await after.PostAsync(EwsRequest.FindItem(EwsRequest.FolderId(id)))).Should().Succeed().Value("DisplayName").Should().Be("Anna");
        var folder = (await after.PostAsync(EwsRequest.GetFolder($"<t:FolderId Id='{id}'/>"))).Should().Succeed();
        folder.Value("DisplayName").Should().Be("Team");
        folder.Value("TotalCount").Should().Be("1");
    }

    [Fact]
    public async Task Each_folder_has_its_own_response_message_and_code()
    {
        await using var service = await TestService.StartAsync();

        var response = await service.PostAsync(EwsRequest.CreateFolder("contacts", string.Concat(
            Named("Team"),
            Named("TEAM"),
            Named(""),
            "<t:ContactsFolder/>",
            Named(new string('n', 256)),
            "<t:ContactsFolder><t:FolderClass>IPF.Note</t:FolderClass><t:DisplayName>A</t:DisplayName></t:ContactsFolder>",
            "<t:SearchFolder><t:DisplayName>B</t:DisplayName></t:SearchFolder>",
            "<t:Folder><t:DisplayName>C</t:DisplayName><t:TotalCount>1</t:TotalCount></t:Folder>",
            "<t:Folder><t:DisplayName>D</t:DisplayName><t:ExtendedProperty><t:ExtendedFieldURI PropertyTag='0x3602' "
                + "PropertyType='Integer'/><t:Value>1</t:Value></t:ExtendedProperty></t:Folder>",
            "<t:ContactsFolder><t:DisplayName>E</t:DisplayName><t:SourceId>1</t:SourceId></t:ContactsFolder>",
            "<t:ContactsFolder><t:DisplayName>F</t:DisplayName><t:AccountName>A</t:AccountName></t:ContactsFolder>",
            Named("Crew"))));

        response.Codes().Should().Equal(
            "NoError", "ErrorFolderExists", "ErrorFolderSavePropertyError", "ErrorFolderSavePropertyError", "ErrorFolderSavePropertyError",
            "ErrorNoFolderClassOverride", "ErrorInvalidFolderTypeForOperation", "ErrorInvalidPropertySet", "ErrorInvalidPropertySet",
            "ErrorInvalidPropertySet", "ErrorInvalidPropertySet", "NoError");
        response.SchemaViolations().Should().BeEmpty();
    }

    [Fact]
    public async Task A_name_is_taken_only_in_the_same_parent()
    {
        await using var service = await TestService.StartAsync();
        var id = (await service.PostAsync(EwsRequest.CreateFolder("contacts", Named("Team")))).Should().Succeed().Id("FolderId");

        (await service.PostAsync(EwsRequest.CreateFolder(id, Named("Team")))).Should().Succeed();
        (await service.PostAsync(EwsRequest.CreateFolder(id, Named("Team")))).Should().BeError("ErrorFolderExists", Exists);
        (await service.PostAsync(EwsRequest.CreateFolder("msgfolderroot", Named("contacts"))))
            .Should().BeError("ErrorFolderExists", Exists);
    }

    [Fact]
    public async Task An_unknown_parent_returns_its_error_code()
    {
        await using var service = await TestService.StartAsync();

        (await service.PostAsync(EwsRequest.CreateFolder("archiveroot", Named("Team"))))
            .Should().BeError("ErrorParentFolderNotFound", "The specified parent folder could not be found.");
    }

    [Fact]
    public async Task Extended_properties_are_stored_and_those_of_MAPI_are_other_names()
    {
        await using var service = await TestService.StartAsync();

        var id = (await service.PostAsync(EwsRequest.CreateFolder(
            "contacts",
            "<t:ContactsFolder>" + Extended("PropertyTag='12289' PropertyType='String'", "Team")
                + Extended("PropertyTag='0x10F4' PropertyType='Boolean'", "1")
                + Extended("PropertySetId='00062004-0000-0000-C000-000000000046' PropertyId='5' PropertyType='Integer'", "7")
                + "</t:ContactsFolder>"))).Should().Succeed().Id("FolderId");

        var found = (await service.PostAsync(EwsRequest.GetFolder(
            $"<t:FolderId Id='{id}'/>",
            "IdOnly",
            "<t:FieldURI FieldURI='folder:DisplayName'/>"
                + "<t:ExtendedFieldURI PropertyTag='4340' PropertyType='Boolean'/>"
                + "<t:ExtendedFieldURI DistinguishedPropertySetId='Address' PropertyId='5' PropertyType='Integer'/>"
                + "<t:ExtendedFieldURI PropertyTag='0x3613' PropertyType='String'/>"
                + "<t:ExtendedFieldURI PropertyTag='0x3004' PropertyType='String'/>"))).Should().Succeed();
        found.Value("DisplayName").Should().Be("Team");
        found.All("Value").ConvertAll(value => value.Value).Should().Equal("true", "7", "IPF.Contact");
    }

    private static string Named(string name) => $"<t:ContactsFolder><t:DisplayName>{name}</t:DisplayName></t:ContactsFolder>";

    private static string Extended(string field, string value) =>
        $"<t:ExtendedProperty><t:ExtendedFieldURI {field}/><t:Value>{value}</t:Value></t:ExtendedProperty>";

    [Theory]
    [InlineData("quickcontacts")]
    [InlineData("imcontactlist")]
    [InlineData("recoverableitemsroot")]
    [InlineData("recoverableitemsdeletions")]
    [InlineData("recoverableitemspurges")]
    public async Task Folders_of_the_IM_list_and_of_recoverable_items_cannot_contain_folders(string parent)
    {
        await using var service = await TestService.StartAsync();
        var folder = (await service.PostAsync(EwsRequest.CreateFolder("root", Named("Team")))).Should().Succeed().Id("FolderId");

        (await service.PostWithoutEffectAsync(EwsRequest.CreateFolder(parent, Named("Old"))))
            .Should().BeError("ErrorCreateItemAccessDenied", "Items cannot be created in this folder.");
        foreach (var operation in new[] { "MoveFolder", "CopyFolder" })
        {
            (await service.PostWithoutEffectAsync(EwsRequest.TransferFolder(operation, parent, folder)))
                .Should().BeError("ErrorMoveCopyFailed", "The move or copy operation failed.");
        }
    }

    [Fact]
    public async Task The_number_of_folders_is_limited()
    {
        await using var service = await TestService.StartAsync(TestService.InMemory with { Limits = new MailboxLimits(MaxFolders: 2) });

        var response = await service.PostAsync(EwsRequest.CreateFolder("contacts", Named("A") + Named("B") + Named("C")));

        response.Codes().Should().Equal("NoError", "NoError", "ErrorQuotaExceeded");
    }

    [Fact]
    public async Task The_depth_of_folders_is_limited()
    {
        await using var service = await TestService.StartAsync();
        var parent = "contacts"; // Two levels below the root.
        for (var depth = 3; depth <= MailboxFolders.MaxDepth; depth++)
            parent = (await service.PostAsync(EwsRequest.CreateFolder(parent, Named("A")))).Should().Succeed().Id("FolderId");
        var pair = (await service.PostAsync(EwsRequest.CreateFolder("contacts", Named("B")))).Should().Succeed().Id("FolderId");

        (await service.PostWithoutEffectAsync(EwsRequest.CreateFolder(parent, Named("A")))).Codes().Should().Equal("ErrorQuotaExceeded");
        foreach (var operation in new[] { "MoveFolder", "CopyFolder" })
        {
            (await service.PostWithoutEffectAsync(EwsRequest.TransferFolder(operation, parent, pair))).Codes()
                .Should().Equal("ErrorQuotaExceeded");
        }

        var all = (await service.PostAsync(EwsRequest.FindFolder(EwsRequest.FolderId("contacts"), "Deep"))).Should().Succeed();
        all.All("FolderId").ConvertAll(id => id.Attribute("Id")!.Value).Should().Contain(parent);
    }
}
