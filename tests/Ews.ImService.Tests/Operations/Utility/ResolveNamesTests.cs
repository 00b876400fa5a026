using Ews.ImService.Mailbox;

namespace Ews.ImService.Tests.Operations.Utility;

public sealed class ResolveNamesTests
{
    private const string Anton =
        "<t:Body BodyType='Text'>notes</t:Body><t:DisplayName>Anton</t:DisplayName><t:EmailAddresses>"
        + "<t:Entry Key='EmailAddress1'>anton@fabrikam.com</t:Entry></t:EmailAddresses><t:Department>Sales</t:Department>"
        + "<t:JobTitle>Clerk</t:JobTitle>";

    private static readonly byte[] Photo = [0xFF, 0xD8, 0xFF, 1];

    private static readonly AddressList Directory = new(
        [
            People.User("anna@contoso.com", "Anna Smith") with { CompanyName = "Contoso", Title = "Clerk" },
            People.User("andy@contoso.com", "Andy Jones") with { ImAddress = "andy@im.contoso.com", Photo = new UserPhoto(Photo) },
            People.User("jo@contoso.com.example", "Jo Other"),
            People.User("jo@contoso.com", "Jo Short"),
        ],
        [People.Address("everyone@contoso.com")],
        anyDistributionGroup: false);

    [Fact]
    public async Task A_single_match_returns_the_documented_response()
    {
        await using var service = await TestService.StartAsync(TestService.InMemory with { Directory = Directory });

        var response = (await service.PostAsync(Resolve("Anna", full: true))).Should().Succeed();

        response.ShouldMatchDocument(Documents.Read("Response"));
    }

    [Theory]
    [InlineData("anna@contoso.com", "Anna Smith")]
    [InlineData("SMTP:anna@contoso.com", "Anna Smith")]
    [InlineData("sip:andy", "Andy Jones")]
    [InlineData("smith", "Anna Smith")]
    [InlineData("Smith, An", "Anna Smith")]
    [InlineData("sip:im.contoso", "Andy Jones")]
    [InlineData("smtp:ann", "Anna Smith")]
    [InlineData("everyone", "everyone@contoso.com")]
    public async Task Names_addresses_and_their_prefixes_are_resolved(string entry, string name)
    {
        await using var service = await TestService.StartAsync(TestService.InMemory with { Directory = Directory });

        (await service.PostAsync(Resolve(entry))).Should().Succeed().Value("Name").Should().Be(name);
    }

    [Theory]
    [InlineData("ActiveDirectory", "anna@contoso.com,andy@contoso.com")]
    [InlineData("Contacts", "anton@fabrikam.com,ann@fabrikam.com")]
    [InlineData("ActiveDirectoryContacts", "anna@contoso.com,andy@contoso.com,anton@fabrikam.com,ann@fabrikam.com")]
    [InlineData("ContactsActiveDirectory", "anton@fabrikam.com,ann@fabrikam.com,anna@contoso.com,andy@contoso.com")]
    public async Task Several_matches_return_a_warning_and_the_scope_determines_their_sources(string scope, string addresses)
    {
        await using var service = await TestService.StartAsync(TestService.InMemory with { Directory = Directory });
        await service.PostAsync(EwsRequest.CreateItem(
            "<t:DisplayName>Anton</t:DisplayName><t:EmailAddresses><t:Entry Key='EmailAddress1'>anton@fabrikam.com</t:Entry>"
                + "</t:EmailAddresses>",
            "<t:DisplayName>Ann</t:DisplayName><t:EmailAddresses><t:Entry Key='EmailAddress1'>ann@fabrikam.com</t:Entry>"
                + "</t:EmailAddresses>",
            "<t:DisplayName>Anders without an address</t:DisplayName>"));

        var response = await service.PostAsync(Resolve("an", full: true, scope: scope));

        response.Codes().Should().Equal("ErrorNameResolutionMultipleResults");
        response.Messages().Single().Attribute("ResponseClass")!.Value.Should().Be("Warning");
        response.Value("MessageText").Should().Be("Multiple results were found.");
        string.Join(',', response.All("EmailAddress").Select(address => address.Value)).Should().Be(addresses);
        response.All("MailboxType").Select(type => type.Value).Should().BeEquivalentTo(addresses.Split(',').Select(
            address => address.EndsWith("contoso.com", StringComparison.Ordinal) ? "Mailbox" : "Contact"));
        response.SchemaViolations().Should().BeEmpty();
    }

    [Fact]
    public async Task At_most_100_matches_are_returned()
    {
        var crowd = Enumerable.Range(0, 101).Select(i => People.User($"a{i}@contoso.com", $"A{i}")).ToList();
        await using var service = await TestService.StartAsync(TestService.InMemory with { Directory = new AddressList(crowd, [], false) });

        var response = await service.PostAsync(Resolve("a"));

        response.All("Resolution").Should().HaveCount(100);
        response.All("ResolutionSet").Single().Attributes().Select(attribute => $"{attribute.Name}={attribute.Value}")
            .Should().Equal("TotalItemsInView=101", "IncludesLastItemInRange=false");
        response.SchemaViolations().Should().BeEmpty();
    }

    [Theory]
    [InlineData("nobody")]
    [InlineData("sip:")]
    [InlineData("smtp:")]
    [InlineData("contoso.com")]
    [InlineData("sip:nobody")]
    [InlineData("smtp:smith")]
    [InlineData("anna jones")]
    public async Task No_match_returns_ErrorNameResolutionNoResults(string entry)
    {
        await using var service = await TestService.StartAsync(TestService.InMemory with { Directory = Directory });

        (await service.PostAsync(Resolve(entry))).Should().BeError("ErrorNameResolutionNoResults", "No results were found.");
    }

    [Theory]
    [InlineData(" ")]
    [InlineData(",")]
    [InlineData(" - ")]
    public async Task A_separator_is_not_a_name(string entry)
    {
        await using var service = await TestService.StartAsync(TestService.InMemory with { Directory = Directory });

        (await service.PostAsync(Resolve(entry))).Should().BeError(
            "ErrorInvalidNameForNameResolution", "The specified value is not a valid name for name resolution.");
    }

    [Fact]
    public async Task A_complete_address_resolves_to_its_owner_only()
    {
        await using var service = await TestService.StartAsync(TestService.InMemory with { Directory = Directory });

        foreach (var entry in new[] { "jo@contoso.com", "smtp:JO@contoso.com" })
        {
            var names = (await service.PostAsync(Resolve(entry))).Should().Succeed().All("Name");
            names.Select(name => name.Value).Should().Equal("Jo Short");
        }
    }

    [Fact]
    public async Task A_distribution_group_of_the_directory_is_resolved()
    {
        await using var service = await TestService.StartAsync(TestService.InMemory with { Directory = Directory });

        var response = (await service.PostAsync(Resolve("everyone@contoso.com", full: true))).Should().Succeed();

        response.Value("MailboxType").Should().Be("PublicDL");
        response.SchemaViolations().Should().BeEmpty();
    }

    [Theory]
    [InlineData("IdOnly", false, "ItemId")]
    [InlineData("AllProperties", false, "ItemId,ParentFolderId,ItemClass,Subject")]
    [InlineData("AllProperties", true, "ItemId,ParentFolderId,ItemClass,Subject")]
    [InlineData(null, false, null)]
    public async Task The_shape_determines_the_data_of_a_contact(string? shape, bool full, string? elements)
    {
        await using var service = await TestService.StartAsync(TestService.InMemory with { Directory = Directory });
        await service.PostAsync(EwsRequest.CreateItem(Anton));

        var response = (await service.PostAsync(Resolve("anton", full, shape: shape))).Should().Succeed();

        var names = response.All("Contact").SingleOrDefault()?.Elements().Select(element => element.Name.LocalName).ToList();
        (names is null ? null : string.Join(',', names.Take(4))).Should().Be(elements);
        (names ?? []).Should().NotContain("Body");
        (names?.Contains("Department") ?? false).Should().Be(shape == "AllProperties");
        response.SchemaViolations().Should().BeEmpty();
    }

    [Theory]
    [InlineData("IdOnly", true, "ContactSource")]
    [InlineData("AllProperties", true, "DisplayName,EmailAddresses,ContactSource,ImAddresses,Photo")]
    [InlineData(null, true, "DisplayName,EmailAddresses,ContactSource,ImAddresses")]
    [InlineData("AllProperties", false, null)]
    public async Task The_shape_determines_the_data_of_a_directory_user(string? shape, bool full, string? elements)
    {
        await using var service = await TestService.StartAsync(TestService.InMemory with { Directory = Directory });

        var response = (await service.PostAsync(Resolve("andy@contoso.com", full, shape: shape))).Should().Succeed();

        var names = response.All("Contact").SingleOrDefault()?.Elements().Select(element => element.Name.LocalName);
        (names is null ? null : string.Join(',', names)).Should().Be(elements);
        response.All("Photo").Select(photo => photo.Value).Should().AllBe(Convert.ToBase64String(Photo));
        response.SchemaViolations().Should().BeEmpty();
    }

    [Theory]
    [InlineData("quickcontacts", "cleo", "Cleo", "Contact", "SMTP")]
    [InlineData("imcontactlist", "team", "Team", "PrivateDL", "MAPIPDL")]
    public async Task Another_folder_of_contacts_can_be_searched(
        string folder, string entry, string name, string mailboxType, string routingType)
    {
        await using var service = await TestService.StartAsync(TestService.InMemory with { Directory = Directory });
        await service.AddGroupAsync();
        await service.PostAsync(EwsRequest.AddNewImContactToGroup("cleo@contoso.com", "Cleo"));

        var response = (await service.PostAsync(Resolve(entry, full: true, folders: $"<t:DistinguishedFolderId Id='{folder}'/>")))
            .Should().Succeed();

        response.Value("Name").Should().Be(name);
        response.Value("MailboxType").Should().Be(mailboxType);
        response.Value("RoutingType").Should().Be(routingType);
        response.SchemaViolations().Should().BeEmpty();
    }

    [Theory]
    [InlineData(
        "<t:DistinguishedFolderId Id='contacts'/><t:DistinguishedFolderId Id='quickcontacts'/>",
        "ErrorResolveNamesOnlyOneContactsFolderAllowed", "Only one contacts folder can be specified in request.")]
    [InlineData(
        "<t:DistinguishedFolderId Id='msgfolderroot'/>",
        "ErrorResolveNamesInvalidFolderType", "Cannot perform ResolveNames for non-contact folder.")]
    [InlineData("<t:FolderId Id='not base64!'/>", "ErrorInvalidIdMalformed", "Id is malformed.")]
    public async Task Only_one_folder_of_contacts_can_be_searched_unless_only_the_directory_is(string folders, string code, string text)
    {
        await using var service = await TestService.StartAsync(TestService.InMemory with { Directory = Directory });

        (await service.PostAsync(Resolve("anna", folders: folders))).Should().BeError(code, text);
        (await service.PostAsync(Resolve("anna", scope: "ActiveDirectory", folders: folders))).Should().Succeed();
    }

    private static string Resolve(
        string entry, bool full = false, string scope = "ActiveDirectoryContacts", string? shape = null, string? folders = null) =>
        EwsRequest.For(
            "ResolveNames",
            (folders is null ? "" : $"<m:ParentFolderIds>{folders}</m:ParentFolderIds>")
                + $"<m:UnresolvedEntry>{entry}</m:UnresolvedEntry>",
            attributes: $" ReturnFullContactData='{(full ? "true" : "0")}' SearchScope='{scope}'"
                + (shape is null ? "" : $" ContactDataShape='{shape}'"));
}
