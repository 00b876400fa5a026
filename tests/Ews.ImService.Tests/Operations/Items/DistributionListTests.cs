using System.Net;
using Ews.ImService.Tests.Control;

namespace Ews.ImService.Tests.Operations.Items;

public sealed class DistributionListTests
{
    private const string Ann = "<t:Name>Ann</t:Name><t:EmailAddress>ann@contoso.com</t:EmailAddress><t:RoutingType>SMTP</t:RoutingType>"
        + "<t:MailboxType>Mailbox</t:MailboxType>";

    private const string Bob = "<t:EmailAddress>bob@contoso.com</t:EmailAddress>";

    [Fact]
    public async Task A_created_list_is_returned_with_its_names_and_members()
    {
        await using var service = await TestService.StartAsync();

        var id = await CreateAsync(service, "<t:DisplayName>Team</t:DisplayName>" + EwsRequest.Members(Ann, Bob, Ann));

        var list = await GetAsync(service, id);
        list.All("DistributionList").Should().ContainSingle();
        list.Value("ItemClass").Should().Be("IPM.DistList");
        (list.Value("DisplayName"), list.Value("FileAs"), list.Value("Subject")).Should().Be(("Team", "Team", "Team"));
        list.All("Mailbox").Select(mailbox => string.Join(' ', mailbox.Elements().Select(part => part.Value)))
            .Should().Equal("Ann ann@contoso.com SMTP Mailbox", "bob@contoso.com bob@contoso.com SMTP OneOff");
        list.All("Status").Select(status => status.Value).Should().Equal("Normal", "Normal");
        list.All("Member").Select(member => member.Attribute("Key")!.Value).Should().OnlyHaveUniqueItems().And.NotContain("");
    }

    [Fact]
    public async Task A_member_has_the_present_name_of_its_contact_and_remains_when_the_contact_is_deleted()
    {
        await using var service = await TestService.StartAsync();
        var contact = (await service.PostAsync(EwsRequest.CreateItem(
            "<t:DisplayName>Cleo</t:DisplayName><t:EmailAddresses><t:Entry Key='EmailAddress1'>cleo@contoso.com</t:Entry>"
            + "</t:EmailAddresses>"))).Should().Succeed().Id("ItemId");
        var id = await CreateAsync(service, "<t:DisplayName>Team</t:DisplayName>" + EwsRequest.Members(EwsRequest.MailboxOf(contact)));
        (await service.PostAsync(EwsRequest.UpdateItem(
            contact, EwsRequest.SetField("contacts:DisplayName", "<t:DisplayName>Cleo Brown</t:DisplayName>")))).Should().Succeed();

        var before = await GetAsync(service, id);
        (await service.PostAsync(EwsRequest.DeleteItem(contact))).Should().Succeed();
        var after = await GetAsync(service, id);

        (before.Value("Name"), before.Value("MailboxType")).Should().Be(("Cleo Brown", "Contact"));
        before.All("ItemId")[1].Attribute("Id")!.Value.Should().Be(contact);
        (after.Value("Name"), after.Value("EmailAddress"), after.Value("MailboxType")).Should().Be(("Cleo", "cleo@contoso.com", "OneOff"));
        after.All("ItemId").Should().ContainSingle();
    }

    [Fact]
    public async Task Lists_can_contain_each_other()
    {
        await using var service = await TestService.StartAsync();
        var first = await CreateAsync(service, "<t:DisplayName>First</t:DisplayName>");
        var second = await CreateAsync(
            service, "<t:DisplayName>Second</t:DisplayName>" + EwsRequest.Members(EwsRequest.MailboxOf(first)));

        (await service.PostAsync(SetMembers(first, EwsRequest.MailboxOf(second)))).Should().Succeed();

        (await GetAsync(service, first)).Value("Name").Should().Be("Second");
        (await GetAsync(service, second)).Value("MailboxType").Should().Be("PrivateDL");
    }

    [Fact]
    public async Task Members_are_replaced_and_deleted_as_a_whole()
    {
        await using var service = await TestService.StartAsync();
        var id = await CreateAsync(service, "<t:DisplayName>Team</t:DisplayName>" + EwsRequest.Members(Ann));

        (await service.PostAsync(SetMembers(id, Bob))).Should().Succeed();
        (await GetAsync(service, id)).Value("EmailAddress").Should().Be("bob@contoso.com");
        (await service.PostAsync(EwsRequest.UpdateItem(
            id, "<t:DeleteItemField><t:FieldURI FieldURI='distributionlist:Members'/></t:DeleteItemField>"))).Should().Succeed();

        (await GetAsync(service, id)).All("Members").Should().BeEmpty();
    }

    [Fact]
    public async Task A_member_needs_an_address_or_an_item_of_the_mailbox()
    {
        await using var service = await TestService.StartAsync();
        var group = await service.AddGroupAsync();
        const string Invalid = "Set action is invalid for property.";

        var empty = await service.PostWithoutEffectAsync(EwsRequest.CreateList(EwsRequest.Members("<t:Name>Ann</t:Name>")));
        var ofGroup = await service.PostWithoutEffectAsync(EwsRequest.CreateList(EwsRequest.Members(EwsRequest.MailboxOf(group))));
        var unknown = await service.PostWithoutEffectAsync(EwsRequest.CreateList(EwsRequest.Members(EwsRequest.MailboxOf("AAAA"))));

        empty.Should().BeError("ErrorInvalidPropertySet", Invalid);
        ofGroup.Should().BeError("ErrorInvalidPropertySet", Invalid);
        unknown.Should().BeError("ErrorInvalidIdMalformed", "Id is malformed.");
    }

    [Fact]
    public async Task A_list_does_not_become_a_contact_nor_a_contact_a_list()
    {
        await using var service = await TestService.StartAsync();
        var list = await CreateAsync(service, "<t:DisplayName>Team</t:DisplayName>");
        var contact = (await service.PostAsync(EwsRequest.CreateItem("<t:GivenName>Ann</t:GivenName>"))).Should().Succeed().Id("ItemId");
        string[] requests =
        [
            EwsRequest.CreateList("<t:ItemClass>IPM.Contact</t:ItemClass>"),
            EwsRequest.CreateItem("<t:ItemClass>IPM.DistList</t:ItemClass>"),
            EwsRequest.UpdateItem(list, EwsRequest.SetField("item:ItemClass", "<t:ItemClass>IPM.Contact</t:ItemClass>")),
            EwsRequest.UpdateItem(contact, EwsRequest.SetField("item:ItemClass", "<t:ItemClass>IPM.DistList</t:ItemClass>")),
        ];

        foreach (var request in requests)
            (await service.PostWithoutEffectAsync(request)).Codes().Should().Equal("ErrorObjectTypeChanged");
        (await service.PostWithoutEffectAsync(SetMembers(contact, Ann))).Codes().Should().Equal("ErrorInvalidPropertySet");
    }

    [Fact]
    public async Task FindItem_and_SyncFolderItems_return_lists_without_members_and_names_resolve_to_them()
    {
        await using var service = await TestService.StartAsync();
        var state = (await service.PostAsync(EwsRequest.SyncFolderItems("contacts"))).Should().Succeed().Value("SyncState");
        var id = await CreateAsync(service, "<t:DisplayName>Climbers</t:DisplayName>" + EwsRequest.Members(Ann));

        var found = (await service.PostAsync(EwsRequest.FindItem("contacts"))).Should().Succeed();
        var synced = (await service.PostAsync(EwsRequest.SyncFolderItems("contacts", state))).Should().Succeed();
        var resolved = (await service.PostAsync(EwsRequest.For(
            "ResolveNames", "<m:UnresolvedEntry>climb</m:UnresolvedEntry>", attributes: " ReturnFullContactData='true'")))
            .Should().Succeed();

        found.All("DistributionList").Should().ContainSingle();
        found.All("Members").Should().BeEmpty();
        synced.All("Create").Single().Elements().Select(item => item.Name.LocalName).Should().Equal("DistributionList");
        (resolved.Value("MailboxType"), resolved.Id("ItemId")).Should().Be(("PrivateDL", id));
    }

    [Fact]
    public async Task A_list_is_not_a_person()
    {
        await using var service = await TestService.StartAsync();
        await CreateAsync(service, "<t:DisplayName>Climbers</t:DisplayName>" + EwsRequest.Members(Ann));

        var people = (await service.PostAsync(EwsRequest.For(
            "FindPeople",
            "<m:IndexedPageItemView BasePoint='Beginning' MaxEntriesReturned='9' Offset='0'/>"
            + "<m:ParentFolderId><t:DistinguishedFolderId Id='contacts'/></m:ParentFolderId>"))).Should().Succeed();

        people.All("Persona").Should().BeEmpty();
    }

    [Fact]
    public async Task An_exported_seed_document_creates_the_same_list()
    {
        await using var service = await TestService.StartAsync();
        var id = await CreateAsync(service, "<t:DisplayName>Team</t:DisplayName>" + EwsRequest.Members(Ann, Bob));
        var before = (await GetAsync(service, id)).Text;

        var seed = await service.Client.GetStringAsync(ControlCalls.Api + "/seed");
        using var loaded = await service.SendAsync("PUT", "/seed", seed);

        loaded.StatusCode.Should().Be(HttpStatusCode.NoContent);
        (await GetAsync(service, id)).Text.Should().Be(before);
    }

    private static async Task<string> CreateAsync(TestService service, string content) =>
        (await service.PostAsync(EwsRequest.CreateList(content))).Should().Succeed().Id("ItemId");

    private static async Task<EwsResponse> GetAsync(TestService service, string id) =>
        (await service.PostAsync(EwsRequest.GetItem([id]))).Should().Succeed();

    private static string SetMembers(string id, params string[] mailboxes) => EwsRequest.UpdateItem(
        id,
        "<t:SetItemField><t:FieldURI FieldURI='distributionlist:Members'/>"
        + $"<t:DistributionList>{EwsRequest.Members(mailboxes)}</t:DistributionList></t:SetItemField>");
}
