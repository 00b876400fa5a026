using Ews.ImService.Mailbox;

namespace Ews.ImService.Tests.Operations.Folders;

public sealed class GetFolderTests
{
    [Theory]
    [InlineData("root", "Folder", "root", null)]
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
        response.All("ChildFolderCount").Select(count => count.Value).Should().Equal("2", "0", "0");
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
        "FolderId,ParentFolderId,FolderClass,DisplayName,TotalCount,ChildFolderCount,EffectiveRights,DistinguishedFolderId")]
    public async Task The_shape_determines_the_returned_properties(string baseShape, string additional, string elements)
    {
        await using var service = await TestService.StartAsync();

        var response = (await service.PostAsync(EwsRequest.GetFolder("<t:DistinguishedFolderId Id='contacts'/>", baseShape, additional)))
            .Should().Succeed();

        string.Join(',', response.All("ContactsFolder").Single().Elements().Select(element => element.Name.LocalName))
            .Should().Be(elements);
    }

    [Fact]
    public async Task Each_folder_has_its_own_response_message_and_code()
    {
        await using var service = await TestService.StartAsync();
        var contactId = await service.AddContactAsync("a@contoso.com");
        var guid = (await service.MailboxAsync())!.MailboxGuid;

        var response = await service.PostAsync(EwsRequest.GetFolder(string.Concat(
            "<t:DistinguishedFolderId Id='inbox'/>",
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
}
