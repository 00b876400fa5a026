using Ews.ImService.Mailbox;

namespace Ews.ImService.Tests.Operations.ImList;

public sealed class RemoveImGroupTests
{
    private const string InvalidGroup = "The specified Im Group Id is invalid.";

    [Fact]
    public async Task Removing_a_group_again_returns_ErrorInvalidImGroupId()
    {
        await using var service = await TestService.StartAsync();
        var groupId = await service.AddGroupAsync();

        var first = await service.PostAsync(EwsRequest.RemoveImGroup(groupId));
        var second = await service.PostWithoutEffectAsync(EwsRequest.RemoveImGroup(groupId));

        first.Should().Succeed();
        second.Should().BeError("ErrorInvalidImGroupId", InvalidGroup);
        (await service.AddGroupAsync()).Should().NotBe(groupId, "the name can be used again, but the id cannot");
    }

    [Fact]
    public async Task Members_of_a_removed_group_remain_in_other_groups_or_Other_Contacts()
    {
        await using var service = await TestService.StartAsync();
        var removed = await service.AddGroupAsync("Removed");
        var kept = await service.AddGroupAsync("Kept");
        var inBoth = await service.AddContactAsync("both@contoso.com", removed);
        await service.PostAsync(EwsRequest.AddImContactToGroup(inBoth, kept));
        var inOne = await service.AddContactAsync("one@contoso.com", removed);

        (await service.PostAsync(EwsRequest.RemoveImGroup(removed))).Should().Succeed();

        var list = (await service.PostAsync(EwsRequest.GetImItemList())).Should().Succeed();
        list.Members("Kept").Should().Equal(inBoth);
        list.Members("Other Contacts").Should().Equal(inOne);
    }

    [Fact]
    public async Task A_removed_group_does_not_count_against_the_limit()
    {
        await using var service = await TestService.StartAsync(TestService.InMemory with { Limits = new MailboxLimits(MaxGroups: 1) });
        await service.PostAsync(EwsRequest.RemoveImGroup(await service.AddGroupAsync("One")));

        (await service.PostAsync(EwsRequest.AddImGroup("Two"))).Should().Succeed();
    }

    [Fact]
    public async Task Ids_of_a_system_group_a_distribution_group_a_contact_and_a_missing_group_return_ErrorInvalidImGroupId()
    {
        await using var service = await TestService.StartAsync(TestService.WithAnyDistributionGroup);
        await service.PostAsync(EwsRequest.AddDistributionGroupToImList("all@contoso.com"));
        var contactId = await service.AddContactAsync("a@contoso.com");
        var mailbox = (await service.MailboxAsync())!;
        string[] ids = [.. mailbox.Groups.Keys.Select(id => id.Value), contactId, ForeignIds.MissingItemOf(mailbox)];

        foreach (var id in ids)
            (await service.PostWithoutEffectAsync(EwsRequest.RemoveImGroup(id))).Should().BeError("ErrorInvalidImGroupId", InvalidGroup);
    }

    [Fact]
    public async Task An_invalid_id_returns_its_error_code()
    {
        await using var service = await TestService.StartAsync();
        await service.AddGroupAsync();

        foreach (var (id, code, text) in ForeignIds.Unusable((await service.MailboxAsync())!))
            (await service.PostWithoutEffectAsync(EwsRequest.RemoveImGroup(id))).Should().BeError(code, text);
    }
}
