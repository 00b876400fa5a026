using Ews.ImService.Mailbox;

namespace Ews.ImService.Tests.Operations.Utility;

public sealed class ResolveNamesTests
{
    private static readonly AddressList Directory = new(
        [
            People.User("anna@contoso.com", "Anna Smith") with { CompanyName = "Contoso", Title = "Clerk" },
            People.User("andy@contoso.com", "Andy Jones"),
        ],
        [],
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
    [InlineData(" ")]
    [InlineData("sip:")]
    public async Task No_match_returns_ErrorNameResolutionNoResults(string entry)
    {
        await using var service = await TestService.StartAsync(TestService.InMemory with { Directory = Directory });

        (await service.PostAsync(Resolve(entry))).Should().BeError("ErrorNameResolutionNoResults", "No results were found.");
    }

    private static string Resolve(string entry, bool full = false, string scope = "ActiveDirectoryContacts") => EwsRequest.For(
        "ResolveNames",
        $"<m:UnresolvedEntry>{entry}</m:UnresolvedEntry>",
        attributes: $" ReturnFullContactData='{(full ? "true" : "0")}' SearchScope='{scope}'");
}
