using Ews.ImService.Mailbox;

namespace Ews.ImService.Tests.Operations.Folders;

public sealed class GetFolderTests
{
    [Theory]
    [InlineData("root", "Folder", "Root", null)]
    [InlineData("inbox", "Folder", "Inbox", "IPF.Note")]
    [InlineData("drafts", "Folder", "Drafts", "IPF.Note")]
    [InlineData("sentitems", "Folder", "Sent Items", "IPF.Note")]
    [InlineData("outbox", "Folder", "Outbox", "IPF.Note")]
    [InlineData("deleteditems", "Folder", "Deleted Items", "IPF.Note")]
    [InlineData("junkemail", "Folder", "Junk Email", "IPF.Note")]
    [InlineData("calendar", "CalendarFolder", "Calendar", "IPF.Appointment")]
    [InlineData("tasks", "TasksFolder", "Tasks", "IPF.Task")]
    [InlineData("notes", "Folder", "Notes", "IPF.StickyNote")]
    [InlineData("journal", "Folder", "Journal", "IPF.Journal")]
    [InlineData("recipientcache", "ContactsFolder", "Recipient Cache", "IPF.Contact.RecipientCache")]
    [InlineData("peopleconnect", "ContactsFolder", "PeopleConnect", "IPF.Contact")]
    [InlineData("searchfolders", "Folder", "Finder", null)]
    [InlineData("mycontacts", "SearchFolder", "MyContacts", "IPF.Note")]
    [InlineData("favorites", "SearchFolder", "Favorites", "IPF.Note")]
    [InlineData("todosearch", "TasksFolder", "To-Do Search", "IPF.Task")]
    [InlineData("voicemail", "Folder", "Voice Mail", "IPF.Note.Microsoft.Voicemail")]
    [InlineData("conversationhistory", "Folder", "Conversation History", "IPF.Note")]
    [InlineData("syncissues", "Folder", "Sync Issues", "IPF.Note")]
    [InlineData("recoverableitemsroot", "Folder", "Recoverable Items", null)]
    [InlineData("recoverableitemsdeletions", "Folder", "Deletions", null)]
    [InlineData("msgfolderroot", "Folder", "Top of Information Store", null)]
    [InlineData("contacts", "ContactsFolder", "Contacts", "IPF.Contact")]
    [InlineData("quickcontacts", "ContactsFolder", "{06967759-274D-40B2-A3EB-D7F9E73727D7}", "IPF.Contact.MOC.QuickContacts")]
    [InlineData("imcontactlist", "ContactsFolder", "{A9E2BC46-B3A0-4243-B315-60D991004455}", "IPF.Contact.MOC.ImContactList")]
    public async Task A_folder_is_found_by_name_and_by_id(string name, string element, string displayName, string? folderClass)
    {
        await using var service = await TestService.StartAsync();

        var byName = (await service.PostAsync(EwsRequest.GetFolder($"<t:DistinguishedFolderId Id='{name}'/>", "AllProperties")))
            .Should().Succeed();
        var byId = (await service.PostAsync(EwsRequest.GetFolder($"<t:FolderId Id='{byName.Id("FolderId")}'/>", "AllProperties")))
            .Should().Succeed();

        byId.Text.Should().Be(byName.Text);
        byName.All(element).Should().ContainSingle();
        byName.Value("DisplayName").Should().Be(displayName);
        byName.Value("DistinguishedFolderId").Should().Be(name);
        byName.All("FolderClass").Select(found => found.Value).SingleOrDefault().Should().Be(folderClass);
    }

    [Fact]
    public async Task Folders_have_their_item_counts_and_parents()
    {
        await using var service = await TestService.StartAsync();
        await service.PostAsync(EwsRequest.CreateItem("", ""));
        await service.AddContactAsync("a@contoso.com");
        await service.AddGroupAsync("Team");

        var response = (await service.PostAsync(EwsRequest.GetFolder(
            "<t:DistinguishedFolderId Id='contacts'/><t:DistinguishedFolderId Id='quickcontacts'/>"
                + "<t:DistinguishedFolderId Id='imcontactlist'/>",
            "AllProperties")))
                .Should().Succeed();

        response.All("TotalCount").Select(count => count.Value).Should().Equal("2", "1", "4");
        response.All("ChildFolderCount").Select(count => count.Value).Should().Equal("5", "0", "0");
        var contacts = response.All("FolderId")[0].Attribute("Id")!.Value;
        response.All("ParentFolderId").Skip(1).Select(parent => parent.Attribute("Id")!.Value).Should().Equal(contacts, contacts);
        var quickContact = (await service.PostAsync(EwsRequest.GetImItemList())).Id("FolderId");
        quickContact.Should().Be(response.All("FolderId")[1].Attribute("Id")!.Value);
    }

    [Theory]
    [InlineData("IdOnly", "", "FolderId")]
    [InlineData("Default", "", "FolderId,DisplayName,TotalCount,ChildFolderCount")]
    [InlineData(
        "IdOnly", "<t:FieldURI FieldURI='folder:FolderClass'/><t:FieldURI FieldURI='folder:ParentFolderId'/>",
        "FolderId,ParentFolderId,FolderClass")]
    [InlineData(
        "AllProperties", "<t:ExtendedFieldURI PropertyTag='0x10f4' PropertyType='Boolean'/>",
        "FolderId,ParentFolderId,FolderClass,DisplayName,TotalCount,ChildFolderCount,ExtendedProperty,EffectiveRights,"
            + "DistinguishedFolderId")]
    public async Task The_shape_determines_the_returned_properties(string baseShape, string additional, string elements)
    {
        await using var service = await TestService.StartAsync();

        var response = (await service.PostAsync(EwsRequest.GetFolder("<t:DistinguishedFolderId Id='contacts'/>", baseShape, additional)))
            .Should().Succeed();

        string.Join(',', response.All("ContactsFolder").Single().Elements().Select(element => element.Name.LocalName))
            .Should().Be(elements);
    }

    [Theory]
    [InlineData("contacts", "PropertyTag='0x10f4' PropertyType='Boolean'", "false")]
    [InlineData("quickcontacts", "PropertyTag='4340' PropertyType='Boolean'", "true")]
    [InlineData("contacts", "PropertyTag='0x3001' PropertyType='String'", "Contacts")]
    [InlineData("contacts", "PropertyTag='0x3613' PropertyType='String'", "IPF.Contact")]
    [InlineData("contacts", "PropertyTag='0x3602' PropertyType='Integer'", "1")]
    [InlineData("contacts", "PropertyTag='0x3603' PropertyType='Integer'", "0")]
    [InlineData("contacts", "PropertyTag='0x360A' PropertyType='Boolean'", "true")]
    [InlineData("inbox", "PropertyTag='0x360A' PropertyType='Boolean'", "false")]
    [InlineData("contacts", "PropertyTag='0x6638' PropertyType='Integer'", "5")]
    [InlineData("root", "PropertyTag='0x3601' PropertyType='Integer'", "0")]
    [InlineData("inbox", "PropertyTag='0x3601' PropertyType='Integer'", "1")]
    [InlineData("contacts", "PropertyTag='0x3004' PropertyType='String'", null)]
    [InlineData("contacts", "PropertyTag='0x7777' PropertyType='Integer'", null)]
    public async Task Folders_have_extended_properties(string folder, string field, string? value)
    {
        await using var service = await TestService.StartAsync();
        await service.PostAsync(EwsRequest.CreateItem(""));

        var response = (await service.PostAsync(EwsRequest.GetFolder(
            $"<t:DistinguishedFolderId Id='{folder}'/>", "IdOnly", $"<t:ExtendedFieldURI {field}/>"))).Should().Succeed();

        response.All("Value").Select(one => one.Value).SingleOrDefault().Should().Be(value);
    }

    [Fact]
    public async Task The_entry_id_of_a_folder_is_that_of_ConvertId()
    {
        await using var service = await TestService.StartAsync();

        var response = (await service.PostAsync(EwsRequest.GetFolder(
            "<t:DistinguishedFolderId Id='contacts'/>", "IdOnly", "<t:ExtendedFieldURI PropertyTag='0x0FFF' PropertyType='Binary'/>")))
            .Should().Succeed();

        var converted = (await service.PostAsync(EwsRequest.For(
            "ConvertId",
            $"<m:SourceIds><t:AlternateId Format='EwsId' Id='{response.Id("FolderId")}' Mailbox='user@contoso.com'/></m:SourceIds>",
            attributes: " DestinationFormat='EntryId'"))).Should().Succeed();
        response.Value("Value").Should().Be(converted.All("AlternateId").Single().Attribute("Id")!.Value);
    }

    [Fact]
    public async Task A_property_of_items_is_rejected()
    {
        await using var service = await TestService.StartAsync();

        (await service.PostAsync(EwsRequest.GetFolder(
            "<t:DistinguishedFolderId Id='contacts'/>", "IdOnly", "<t:FieldURI FieldURI='item:Subject'/>"))).Codes()
            .Should().Equal("ErrorInvalidPropertyRequest");
    }

    [Fact]
    public async Task Each_folder_has_its_own_response_message_and_code()
    {
        await using var service = await TestService.StartAsync();
        var contactId = await service.AddContactAsync("a@contoso.com");
        var guid = (await service.MailboxAsync())!.MailboxGuid;

        var response = await service.PostAsync(EwsRequest.GetFolder(string.Concat(
            "<t:DistinguishedFolderId Id='archiveinbox'/>",
            $"<t:FolderId Id='{contactId}'/>",
            $"<t:FolderId Id='{StoreId.ForPersona(guid, Guid.NewGuid())}'/>",
            $"<t:FolderId Id='{StoreId.ForFolder(Guid.NewGuid(), 1)}'/>",
            "<t:FolderId Id=''/>",
            "<t:FolderId Id='not base64!'/>",
            "<t:DistinguishedFolderId Id='contacts'><t:Mailbox><t:EmailAddress>nobody</t:EmailAddress></t:Mailbox>"
                + "</t:DistinguishedFolderId>",
            "<t:DistinguishedFolderId Id='contacts'/>")));

        response.Codes().Should().Equal(
            "ErrorFolderNotFound", "ErrorCannotUseItemIdForFolderId", "ErrorCannotUseItemIdForFolderId", "ErrorNonExistentMailbox",
            "ErrorInvalidIdEmpty", "ErrorInvalidIdMalformed",
            "ErrorInvalidSmtpAddress", "NoError");
        response.SchemaViolations().Should().BeEmpty();
    }

    [Theory]
    [InlineData("de-DE", "Posteingang", "Kontakte", "Gelöschte Elemente", "Aufgaben")]
    [InlineData("DE", "Posteingang", "Kontakte", "Gelöschte Elemente", "Aufgaben")]
    [InlineData("fr-CA", "Boîte de réception", "Contacts", "Éléments supprimés", "Tâches")]
    [InlineData("es-ES", "Bandeja de entrada", "Contactos", "Elementos eliminados", "Tareas")]
    [InlineData("ja", "受信トレイ", "連絡先", "削除済みアイテム", "タスク")]
    [InlineData("en-GB", "Inbox", "Contacts", "Deleted Items", "Tasks")]
    [InlineData("nl-NL", "Inbox", "Contacts", "Deleted Items", "Tasks")]
    [InlineData("de_DE", "Inbox", "Contacts", "Deleted Items", "Tasks")]
    [InlineData("", "Inbox", "Contacts", "Deleted Items", "Tasks")]
    public async Task The_culture_of_the_first_request_determines_the_names_of_folders(string culture, params string[] names)
    {
        await using var service = await TestService.StartAsync();

        var first = await NamesAsync(service, culture);
        var second = await NamesAsync(service, culture.StartsWith("fr", StringComparison.Ordinal) ? "de" : "fr");

        first.Should().Equal(names);
        second.Should().Equal(names, "the names are fixed when the mailbox is created");
    }

    [Fact]
    public async Task Names_of_folders_survive_a_restart()
    {
        using var directory = new TemporaryDirectory();
        var settings = TestService.InMemory with { DatabasePath = directory.File("mailboxes.db") };
        await using (var before = await TestService.StartAsync(settings))
            (await NamesAsync(before, "de-AT"))[0].Should().Be("Posteingang");

        await using var after = await TestService.StartAsync(settings);

        (await NamesAsync(after, "en-US"))[0].Should().Be("Posteingang");
    }

    private static async Task<List<string>> NamesAsync(TestService service, string culture)
    {
        string[] folders = ["inbox", "contacts", "deleteditems", "tasks"];
        var response = (await service.PostAsync(EwsRequest.For(
            "GetFolder",
            "<m:FolderShape><t:BaseShape>Default</t:BaseShape></m:FolderShape><m:FolderIds>"
                + string.Concat(folders.Select(name => $"<t:DistinguishedFolderId Id='{name}'/>")) + "</m:FolderIds>",
            EwsRequest.Version + $"<t:MailboxCulture>{culture}</t:MailboxCulture>"))).Should().Succeed();
        return response.All("DisplayName").ConvertAll(name => name.Value);
    }
}
