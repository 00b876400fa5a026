using Ews.ImService.Mailbox;

namespace Ews.ImService.Tests.Operations.Utility;

public sealed class ExpandDLTests
{
    private const string NoResults = "No results are found.";

    [Fact]
    public async Task The_members_of_a_list_are_returned_and_lists_among_them_are_not_expanded()
    {
        await using var service = await TestService.StartAsync();
        var contact = (await service.PostAsync(EwsRequest.CreateItem(
            "<t:DisplayName>Cleo</t:DisplayName><t:EmailAddresses><t:Entry Key='EmailAddress1'>cleo@contoso.com</t:Entry>"
            + "</t:EmailAddresses>"))).Should().Succeed().Id("ItemId");
        var inner = await CreateAsync(service, "Inner", "<t:Name>Zoe</t:Name><t:EmailAddress>zoe@contoso.com</t:EmailAddress>");
        const string Address = "<t:EmailAddress>ann@contoso.com</t:EmailAddress>";
        var outer = await CreateAsync(service, "Outer", Address, EwsRequest.MailboxOf(contact), EwsRequest.MailboxOf(inner));

        var response = (await service.PostAsync(EwsRequest.ExpandDL(EwsRequest.MailboxOf(outer)))).Should().Succeed();

        var expansion = response.All("DLExpansion").Single();
        expansion.Attributes().Where(attribute => !attribute.IsNamespaceDeclaration).Select(attribute => attribute.ToString())
            .Should().Equal("TotalItemsInView=\"3\"", "IncludesLastItemInRange=\"true\"");
        expansion.Elements().Select(mailbox => string.Join(' ', mailbox.Elements().Select(part => part.Value))).Should().Equal(
            "ann@contoso.com ann@contoso.com SMTP OneOff",
            "Cleo cleo@contoso.com SMTP Contact ",
            "Inner MAPIPDL PrivateDL ");
        response.All("ItemId").Select(id => id.Attribute("Id")!.Value).Should().Equal(contact, inner);
        response.All("ItemId").Should().AllSatisfy(id => id.Attribute("ChangeKey")!.Value.Should().NotBeEmpty());
        (await service.PostAsync(EwsRequest.ExpandDL(EwsRequest.MailboxOf(inner)))).Should().Succeed().Value("Name").Should().Be("Zoe");
    }

    [Fact]
    public async Task The_members_of_an_IM_group_and_of_Other_Contacts_are_contacts()
    {
        await using var service = await TestService.StartAsync();
        var group = await service.AddGroupAsync();
        var member = await service.AddContactAsync("ben@contoso.com", group);
        await service.AddContactAsync("sip:eve@contoso.com");
        var others = (await service.MailboxAsync())!.OrderedGroups.First().Id.Value;

        var response = (await service.PostAsync(EwsRequest.ExpandDL(EwsRequest.MailboxOf(group)))).Should().Succeed();

        (response.Value("Name"), response.Value("MailboxType"), response.Id("ItemId")).Should().Be(("ben@contoso.com", "Contact", member));
        (await service.PostAsync(EwsRequest.ExpandDL(EwsRequest.MailboxOf(others)))).Should().Succeed().Value("EmailAddress")
            .Should().Be("eve@contoso.com");
    }

    [Fact]
    public async Task A_list_is_found_by_its_display_name_if_it_is_unique()
    {
        await using var service = await TestService.StartAsync();
        await CreateAsync(service, "Team", "<t:EmailAddress>ann@contoso.com</t:EmailAddress>");
        await CreateAsync(service, "Twice");
        await CreateAsync(service, "twice");

        (await service.PostAsync(EwsRequest.ExpandDL("<t:EmailAddress>TEAM</t:EmailAddress>"))).Should().Succeed().Value("EmailAddress")
            .Should().Be("ann@contoso.com");
        (await service.PostAsync(EwsRequest.ExpandDL("<t:EmailAddress>Twice</t:EmailAddress>")))
            .Should().BeError("ErrorNameResolutionMultipleResults", "Multiple results were found.");
        (await service.PostAsync(EwsRequest.ExpandDL("<t:EmailAddress>Thrice</t:EmailAddress>")))
            .Should().BeError("ErrorNameResolutionNoResults", NoResults);
        (await service.PostAsync(EwsRequest.ExpandDL(""))).Should().BeError("ErrorNameResolutionNoResults", NoResults);
    }

    [Fact]
    public async Task A_distribution_group_of_the_directory_has_no_known_members()
    {
        await using var service = await TestService.StartAsync(TestService.InMemory with
        {
            Directory = new AddressList(
                [People.User("anna@contoso.com", "Anna")], [SmtpAddress.Parse("all@contoso.com")], anyDistributionGroup: false),
        });

        var response = (await service.PostAsync(EwsRequest.ExpandDL("<t:EmailAddress>ALL@contoso.com</t:EmailAddress>")))
            .Should().Succeed();

        response.All("DLExpansion").Single().Attribute("TotalItemsInView")!.Value.Should().Be("0");
        (await service.PostAsync(EwsRequest.ExpandDL("<t:EmailAddress>anna@contoso.com</t:EmailAddress>")))
            .Should().BeError("ErrorNameResolutionNoResults", NoResults);
    }

    [Fact]
    public async Task An_item_that_is_not_a_list_cannot_be_expanded()
    {
        await using var service = await TestService.StartAsync();
        var contact = await service.AddContactAsync("ben@contoso.com");
        var missing = StoreId.ForItem((await service.MailboxAsync())!.MailboxGuid, MailboxFolder.Contacts, 99);

        (await service.PostAsync(EwsRequest.ExpandDL(EwsRequest.MailboxOf(contact)))).Should()
            .BeError("ErrorInvalidItemForOperationExpandDL", "ExpandDL operation does not support this item type.");
        (await service.PostAsync(EwsRequest.ExpandDL(EwsRequest.MailboxOf(missing)))).Should()
            .BeError("ErrorItemNotFound", "The specified object was not found in the store.");
    }

    private static async Task<string> CreateAsync(TestService service, string name, params string[] mailboxes)
    {
        var members = mailboxes.Length == 0 ? "" : EwsRequest.Members(mailboxes);
        return (await service.PostAsync(EwsRequest.CreateList($"<t:DisplayName>{name}</t:DisplayName>{members}"))).Should().Succeed()
            .Id("ItemId");
    }
}
