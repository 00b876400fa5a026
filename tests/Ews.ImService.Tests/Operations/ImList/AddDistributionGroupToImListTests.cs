using Ews.ImService.Mailbox;

namespace Ews.ImService.Tests.Operations.ImList;

public sealed class AddDistributionGroupToImListTests
{
    private const string NoSuchGroup = "The specified IM distribution group SMTP address is invalid.";

    [Fact]
    public async Task A_distribution_group_is_added_with_the_given_name_or_its_address()
    {
        var directory = new AddressList([], [People.Address("all@contoso.com"), People.Address("few@contoso.com")], false);
        await using var service = await TestService.StartAsync(TestService.InMemory with { Directory = directory });

        var unnamed = await service.PostAsync(EwsRequest.AddDistributionGroupToImList("all@contoso.com"));
        var named = await service.PostAsync(EwsRequest.AddDistributionGroupToImList("Few@contoso.com", "The few"));

        unnamed.Should().Succeed().Value("DisplayName").Should().Be("all@contoso.com");
        unnamed.Value("GroupType").Should().Be("IPM.DistList.MOC.DG");
        named.Should().Succeed().Value("DisplayName").Should().Be("The few");
        var list = (await service.PostAsync(EwsRequest.GetImItemList())).Should().Succeed();
        list.Xml.Descendants().Where(e => e.Name.LocalName == "SmtpAddress").Select(e => e.Value)
            .Should().Equal("all@contoso.com", "Few@contoso.com");
    }

    [Theory]
    [InlineData("nobody@contoso.com")]
    [InlineData("no address")]
    public async Task An_address_unknown_to_the_directory_returns_ErrorInvalidImDistributionGroupSmtpAddress(string smtpAddress)
    {
        await using var service = await TestService.StartAsync();

        var response = await service.PostWithoutEffectAsync(EwsRequest.AddDistributionGroupToImList(smtpAddress));

        response.Should().BeError("ErrorInvalidImDistributionGroupSmtpAddress", NoSuchGroup);
    }

    [Fact]
    public async Task An_invalid_address_is_rejected_even_if_any_address_is_allowed()
    {
        await using var service = await TestService.StartAsync(TestService.WithAnyDistributionGroup);

        (await service.PostAsync(EwsRequest.AddDistributionGroupToImList("any@contoso.com"))).Should().Succeed();
        (await service.PostWithoutEffectAsync(EwsRequest.AddDistributionGroupToImList("no address"))).Should()
            .BeError("ErrorInvalidImDistributionGroupSmtpAddress", NoSuchGroup);
    }

    [Fact]
    public async Task Adding_a_distribution_group_again_returns_the_existing_group()
    {
        await using var service = await TestService.StartAsync(TestService.WithAnyDistributionGroup);
        var first = (await service.PostAsync(EwsRequest.AddDistributionGroupToImList("all@contoso.com"))).Should().Succeed();

        var second = (await service.PostWithoutEffectAsync(EwsRequest.AddDistributionGroupToImList("ALL@contoso.com", "Renamed")))
            .Should().Succeed();

        second.Id("ExchangeStoreId").Should().Be(first.Id("ExchangeStoreId"));
        second.Value("DisplayName").Should().Be("all@contoso.com");
    }

    [Fact]
    public async Task Names_and_the_limit_are_shared_with_user_groups()
    {
        await using var service = await TestService.StartAsync(
            TestService.WithAnyDistributionGroup with { Limits = new MailboxLimits(MaxGroups: 1) });
        await service.AddGroupAsync("Team");

        (await service.PostWithoutEffectAsync(EwsRequest.AddDistributionGroupToImList("all@contoso.com", "team"))).Should()
            .BeError("ErrorImGroupDisplayNameAlreadyExists", "An IM group with the specified display name already exists.");
        (await service.PostWithoutEffectAsync(EwsRequest.AddDistributionGroupToImList("all@contoso.com"))).Should()
            .BeError("ErrorImGroupLimitReached", "The maximum number of IM groups has been reached.");
    }
}
