namespace Ews.ImService.Tests.Operations.ImList;

public sealed class GetImItemsTests
{
    [Fact]
    public async Task Requested_items_are_returned_once_in_the_order_of_creation()
    {
        await using var service = await TestService.StartAsync();
        var one = await service.AddGroupAsync("One");
        var two = await service.AddGroupAsync("Two");
        var a = await service.AddContactAsync("a@contoso.com", one);
        await service.AddContactAsync("b@contoso.com", one);

        var response = (await service.PostAsync(EwsRequest.GetImItems([a, a], [two, one]))).Should().Succeed();

        response.Groups().Should().Equal("One", "Two");
        response.Members("One").Should().HaveCount(2, "a group names all its members");
        response.Id("SourceId").Should().Be(a);
    }

    [Fact]
    public async Task An_empty_request_returns_no_items()
    {
        await using var service = await TestService.StartAsync();
        await service.AddContactAsync("a@contoso.com", await service.AddGroupAsync());

        var response = await service.PostAsync(EwsRequest.GetImItems());

        response.Should().Succeed().Text
            .Should().Contain("<Groups ").And.Contain("<Personas ").And.NotContain("<Persona>").And.NotContain("<ImGroup>");
    }

    [Fact]
    public async Task Unknown_and_invalid_ids_are_ignored()
    {
        await using var service = await TestService.StartAsync();
        var groupId = await service.AddGroupAsync();
        var contactId = await service.AddContactAsync("a@contoso.com");
        var mailbox = (await service.MailboxAsync())!;
        string[] bad = [.. ForeignIds.Unusable(mailbox).Select(one => one.Id), ForeignIds.MissingItemOf(mailbox)];

        var response = (await service.PostAsync(EwsRequest.GetImItems([.. bad, groupId, contactId], [.. bad, contactId, groupId])))
            .Should().Succeed();

        response.Groups().Should().Equal("Team");
        response.Id("SourceId").Should().Be(contactId);
    }

    [Fact]
    public async Task Change_keys_and_other_kinds_of_item_ids_are_accepted()
    {
        await using var service = await TestService.StartAsync();
        var contactId = await service.AddContactAsync("a@contoso.com");
        var content =
            $"<m:ContactIds><t:ItemId Id='{contactId}' ChangeKey='stale'/><t:OccurrenceItemId RecurringMasterId='{contactId}' "
                + $"InstanceIndex='1'/><t:RecurringMasterItemId OccurrenceId='x'/></m:ContactIds>";

        var response = await service.PostAsync(EwsRequest.For("GetImItems", content));

        response.Should().Succeed().Id("SourceId").Should().Be(contactId);
    }
}
