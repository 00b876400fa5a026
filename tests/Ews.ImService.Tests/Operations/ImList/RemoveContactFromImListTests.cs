namespace Ews.ImService.Tests.Operations.ImList;

public sealed class RemoveContactFromImListTests
{
    private const string NotFound = "The specified object was not found in the store.";

    [Fact]
    public async Task Removing_a_contact_removes_its_memberships_and_removing_it_again_returns_ErrorItemNotFound()
    {
        await using var service = await TestService.StartAsync();
        var one = await service.AddGroupAsync("One");
        var contactId = await service.AddContactAsync("a@contoso.com", one);
        await service.PostAsync(EwsRequest.AddImContactToGroup(contactId, await service.AddGroupAsync("Two")));

        var first = await service.PostAsync(EwsRequest.RemoveContactFromImList(contactId));
        var second = await service.PostWithoutEffectAsync(EwsRequest.RemoveContactFromImList(contactId));

        first.Should().Succeed();
        second.Should().BeError("ErrorItemNotFound", NotFound);
        var list = (await service.PostAsync(EwsRequest.GetImItemList())).Should().Succeed();
        list.Text.Should().NotContain("MemberCorrelationKey").And.Contain("<Personas ").And.NotContain("<Persona>");
    }

    [Fact]
    public async Task Ids_of_a_group_and_a_persona_return_ErrorInvalidImContactId()
    {
        await using var service = await TestService.StartAsync();
        var groupId = await service.AddGroupAsync();
        var personaId = (await service.PostAsync(EwsRequest.AddNewImContactToGroup("a@contoso.com"))).Should().Succeed().Id("PersonaId");

        foreach (var id in new[] { groupId, personaId })
            (await service.PostWithoutEffectAsync(EwsRequest.RemoveContactFromImList(id)))
                .Should().BeError("ErrorInvalidImContactId", "The specified Im Contact Id is invalid.");
    }

    [Fact]
    public async Task An_invalid_id_returns_its_error_code()
    {
        await using var service = await TestService.StartAsync();
        await service.AddGroupAsync();

        foreach (var (id, code, text) in ForeignIds.Unusable((await service.MailboxAsync())!))
            (await service.PostWithoutEffectAsync(EwsRequest.RemoveContactFromImList(id))).Should().BeError(code, text);
    }
}
