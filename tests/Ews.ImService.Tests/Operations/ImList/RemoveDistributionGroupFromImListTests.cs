namespace Ews.ImService.Tests.Operations.ImList;

public sealed class RemoveDistributionGroupFromImListTests
{
    private const string NotFound = "The specified object was not found in the store.";

    [Fact]
    public async Task Removing_a_distribution_group_again_returns_ErrorItemNotFound()
    {
        await using var service = await TestService.StartAsync(TestService.WithAnyDistributionGroup);
        var groupId = (await service.PostAsync(EwsRequest.AddDistributionGroupToImList("all@contoso.com")))
            .Should().Succeed().Id("ExchangeStoreId");

        var first = await service.PostAsync(EwsRequest.RemoveDistributionGroupFromImList(groupId));
        var second = await service.PostWithoutEffectAsync(EwsRequest.RemoveDistributionGroupFromImList(groupId));

        first.Should().Succeed();
        second.Should().BeError("ErrorItemNotFound", NotFound);
    }

    [Fact]
    public async Task Ids_of_user_groups_system_groups_and_contacts_return_ErrorInvalidImGroupId()
    {
        await using var service = await TestService.StartAsync();
        await service.AddGroupAsync();
        var contactId = await service.AddContactAsync("a@contoso.com");

        foreach (var id in (await service.MailboxAsync())!.Groups.Keys.Select(id => id.Value).Append(contactId))
            (await service.PostWithoutEffectAsync(EwsRequest.RemoveDistributionGroupFromImList(id)))
                .Should().BeError("ErrorInvalidImGroupId", "The specified Im Group Id is invalid.");
    }

    [Fact]
    public async Task An_invalid_id_returns_its_error_code()
    {
        await using var service = await TestService.StartAsync();
        await service.AddGroupAsync();

        foreach (var (id, code, text) in ForeignIds.Unusable((await service.MailboxAsync())!))
            (await service.PostWithoutEffectAsync(EwsRequest.RemoveDistributionGroupFromImList(id))).Should().BeError(code, text);
    }
}
