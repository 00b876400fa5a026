using Ews.ImService.Mailbox;
using Ews.ImService.Protocol;

namespace Ews.ImService.Tests;

public sealed class MailboxesTests
{
    private const string Anna = "anna@contoso.com";

    private static readonly string AsAnna = EwsRequest.Impersonating("SmtpAddress", Anna);

    [Fact]
    public async Task A_mailbox_comes_to_be_on_first_use_with_its_three_system_groups()
    {
        await using var service = await TestService.StartAsync();

        await service.PostAsync(EwsRequest.AddImGroup("Team", AsAnna));

        (await service.MailboxAsync(Anna))!.Groups.Values.OrderBy(group => group.Ordinal).Select(group => (group.Type, group.DisplayName)).Should().Equal(
            ("IPM.DistList.MOC.OtherContacts", "Other Contacts"),
            ("IPM.DistList.MOC.Tagged", "Tagged"),
            ("IPM.DistList.MOC.Favorites", "Favorites"),
            ("IPM.DistList.MOC.UserGroup", "Team"));
    }

    [Fact]
    public async Task Addresses_that_differ_in_letter_case_are_one_mailbox()
    {
        await using var service = await TestService.StartAsync();
        await service.PostAsync(EwsRequest.AddImGroup("Team", AsAnna));

        var again = await service.PostAsync(EwsRequest.AddImGroup("Team", EwsRequest.Impersonating("SmtpAddress", Anna.ToUpperInvariant())));

        again.Value("ResponseCode").Should().Be("ErrorImGroupDisplayNameAlreadyExists");
    }

    [Fact]
    public async Task Nothing_of_one_mailbox_can_be_reached_through_another_by_any_operation()
    {
        await using var service = await TestService.StartAsync();
        var group = (await service.PostAsync(EwsRequest.AddImGroup("Hers", AsAnna))).Should().Succeed().Id("ExchangeStoreId");
        var added = (await service.PostAsync(AsHer(EwsRequest.AddNewImContactToGroup("secret@contoso.com", "Secret", group)))).Should().Succeed();
        var contact = added.Id("SourceId");
        var item = (await service.PostAsync(AsHer(EwsRequest.CreateItem("<t:DisplayName>Secret</t:DisplayName>")))).Should().Succeed().Id("ItemId");
        var folder = added.Id("FolderId");
        var myGroup = await service.AddGroupAsync("Mine");
        var myContact = await service.AddContactAsync("mine@contoso.com");
        var hers = (await service.MailboxAsync(Anna))!;
        var byOperation = new Dictionary<string, string[]>
        {
            ["AddImGroup"] = [],
            ["SetImGroup"] = [EwsRequest.SetImGroup(group, "Stolen")],
            ["RemoveImGroup"] = [EwsRequest.RemoveImGroup(group)],
            ["AddImContactToGroup"] = [EwsRequest.AddImContactToGroup(myContact, group), EwsRequest.AddImContactToGroup(contact, myGroup)],
            ["AddNewImContactToGroup"] = [EwsRequest.AddNewImContactToGroup("b@contoso.com", groupId: group)],
            ["AddNewTelUriContactToGroup"] = [EwsRequest.AddNewTelUriContactToGroup(groupId: group)],
            ["RemoveImContactFromGroup"] = [EwsRequest.RemoveImContactFromGroup(myContact, group), EwsRequest.RemoveImContactFromGroup(contact, myGroup)],
            ["RemoveContactFromImList"] = [EwsRequest.RemoveContactFromImList(contact)],
            ["AddDistributionGroupToImList"] = [],
            ["RemoveDistributionGroupFromImList"] = [EwsRequest.RemoveDistributionGroupFromImList(group)],
            ["GetImItemList"] = [EwsRequest.GetImItemList()],
            ["GetImItems"] = [EwsRequest.GetImItems([contact], [group])],
            ["SetImListMigrationCompleted"] = [],
            ["GetPersona"] =
            [
                EwsRequest.Of("GetPersona", $"<m:PersonaId Id='{added.Id("PersonaId")}'/>"),
                EwsRequest.Of("GetPersona", "<m:EmailAddress><t:EmailAddress>secret@contoso.com</t:EmailAddress></m:EmailAddress>"),
            ],
            ["FindPeople"] =
            [
                FindPeople("<m:QueryString>secret</m:QueryString>"),
                FindPeople($"<m:ParentFolderId><t:FolderId Id='{folder}'/></m:ParentFolderId>"),
                FindPeople($"<m:ParentFolderId>{HerFolder("quickcontacts")}</m:ParentFolderId>"),
                FindPeople($"<m:ParentFolderId>{HerFolder("mycontacts")}</m:ParentFolderId>"),
            ],
            ["GetUserPhoto"] = [],
            ["CreateItem"] =
            [
                EwsRequest.Of("CreateItem", $"<m:SavedItemFolderId>{HerFolder("contacts")}</m:SavedItemFolderId><m:Items><t:Contact/></m:Items>"),
                EwsRequest.Of("CreateItem", $"<m:SavedItemFolderId><t:FolderId Id='{folder}'/></m:SavedItemFolderId><m:Items><t:Contact/></m:Items>"),
            ],
            ["GetItem"] = [EwsRequest.GetItem([item, contact, group])],
            ["UpdateItem"] = [EwsRequest.UpdateItem(item, EwsRequest.SetField("contacts:DisplayName", "<t:DisplayName>x</t:DisplayName>"))],
            ["DeleteItem"] = [EwsRequest.DeleteItem(item, contact, group)],
            ["FindItem"] = [EwsRequest.FindItem("contacts"), EwsRequest.FindItem(HerFolder("contacts")), EwsRequest.FindItem($"<t:FolderId Id='{folder}'/>")],
            ["GetFolder"] = [EwsRequest.GetFolder(HerFolder("contacts")), EwsRequest.GetFolder($"<t:FolderId Id='{folder}'/>")],
            ["FindFolder"] = [EwsRequest.FindFolder(HerFolder("contacts")), EwsRequest.FindFolder($"<t:FolderId Id='{folder}'/>")],
            ["ResolveNames"] = [EwsRequest.Of("ResolveNames", "<m:UnresolvedEntry>secret</m:UnresolvedEntry>", attributes: " ReturnFullContactData='true'")],
            ["ConvertId"] = [],
            ["GetServerTimeZones"] = [],
        };

        byOperation.Keys.Should().BeEquivalentTo(Operations.OperationTableTests.Table.All.Select(operation => operation.Name));
        foreach (var request in byOperation.Values.SelectMany(requests => requests))
        {
            var answer = await service.PostInVainAsync(request);
            answer.Status.Should().Be(200, answer.Text);
            answer.Text.Should().NotContainEquivalentOf(">secret").And.NotContain(contact).And.NotContain(item);
        }

        (await service.MailboxAsync(Anna)).Should().BeSameAs(hers);
        (await service.PostAsync(EwsRequest.SetImGroup(group, "Stolen")))
            .Should().BeError("ErrorNonExistentMailbox", "No mailbox with such guid.").Value("MessageXml").Should().Be(hers.MailboxGuid.ToString());
    }

    [Fact]
    public async Task Where_mailboxes_are_declared_others_do_not_exist_not_even_the_built_in_default()
    {
        var accounts = new AccountDirectory([new Account(Anna, null, null, [])], autoCreate: false, new ImpersonationRights([]));
        await using var service = await TestService.StartAsync(TestService.InMemory with { Accounts = accounts });

        var declared = await service.PostAsync(EwsRequest.AddImGroup("Team", AsAnna));
        var ownDefault = await service.PostInVainAsync(EwsRequest.AddImGroup("Team"));

        declared.Should().Succeed();
        ownDefault.Should().BeFault("ErrorNonExistentMailbox", "The SMTP address has no mailbox associated with it.")
            .Value("Value").Should().Be(TestService.DefaultMailbox);
    }

    [Fact]
    public async Task The_default_mailbox_can_be_named()
    {
        await using var service = await TestService.StartAsync(new EwsOptions { DefaultMailbox = Anna });

        await service.AddGroupAsync("Team");

        (await service.MailboxAsync(Anna))!.HasGroupNamed("Team").Should().BeTrue();
    }

    [Fact]
    public async Task A_restart_keeps_ids_and_answers()
    {
        using var directory = new TemporaryDirectory();
        var settings = TestService.InMemory with { DatabasePath = directory.File("mailboxes.db") };
        string groupId, contactId;
        MailboxState before;
        await using (var service = await TestService.StartAsync(settings))
        {
            groupId = await service.AddGroupAsync("Team");
            contactId = await service.AddContactAsync("a@contoso.com", groupId);
            before = (await service.MailboxAsync())!;
        }

        await using var restarted = await TestService.StartAsync(settings);

        (await restarted.AddContactAsync("A@contoso.com", groupId)).Should().Be(contactId);
        (await restarted.PostAsync(EwsRequest.AddImGroup("team"))).Value("ResponseCode").Should().Be("ErrorImGroupDisplayNameAlreadyExists");
        (await restarted.PostAsync(EwsRequest.SetImGroup(groupId, "Crew"))).Should().Succeed();
        (await restarted.MailboxAsync())!.MailboxGuid.Should().Be(before.MailboxGuid);
    }

    private static string AsHer(string request) => request.Replace(EwsRequest.Version, AsAnna, StringComparison.Ordinal);

    private static string HerFolder(string name) => $"<t:DistinguishedFolderId Id='{name}'><t:Mailbox><t:EmailAddress>{Anna}</t:EmailAddress></t:Mailbox></t:DistinguishedFolderId>";

    private static string FindPeople(string rest) => EwsRequest.Of("FindPeople", "<m:IndexedPageItemView BasePoint='Beginning' MaxEntriesReturned='9' Offset='0'/>" + rest);
}
