using Ews.ImService.Mailbox;

namespace Ews.ImService.Tests.Operations.ImList;

public sealed class SetImGroupTests
{
    private const string DocumentedId = "AAMkAGQ1MjJjMTBkQoTbWAAAAAAQRAAA=";
    private const string InvalidGroup = "The specified Im Group Id is invalid.";

    [Theory]
    [InlineData("https")]
    [InlineData("http")]
    public async Task The_documented_request_returns_the_documented_response(string spelling)
    {
        await using var service = await TestService.StartAsync();
        var id = await service.AddGroupAsync("MyCustomGroup");

        var response =
            await service.PostAsync(Documents.Read("Request").Replace(DocumentedId, id, StringComparison.Ordinal).Spelled(spelling));

        response.Should().Succeed();
        response.ShouldMatchDocument(Documents.Read("Response").Spelled(spelling));
        (await service.MailboxAsync())!.Groups[new ImGroupId(id)].DisplayName.Should().Be("MyNewGroupName");
    }

    [Theory]
    [InlineData("https")]
    [InlineData("http")]
    public async Task The_documented_request_succeeds_unchanged_and_returns_the_documented_error_when_repeated(string spelling)
    {
        await using var service = await TestService.StartAsync();
        await service.ImportAsync(new() { Groups = [new() { DisplayName = "MyCustomGroup", Id = DocumentedId }] });

        var first = await service.PostAsync(Documents.Read("Request").Spelled(spelling));
        var second = await service.PostWithoutEffectAsync(Documents.Read("Request").Spelled(spelling));

        first.ShouldMatchDocument(Documents.Read("Response").Spelled(spelling));
        second.ShouldMatchDocument(Documents.Read("Error").Spelled(spelling));
        second.Should().BeError("ErrorImGroupDisplayNameAlreadyExists", "An IM group with the specified display name already exists.");
    }

    [Theory]
    [InlineData("Mine")]
    [InlineData("MINE")]
    [InlineData("Theirs")]
    [InlineData("Favorites")]
    public async Task Renaming_a_group_to_any_existing_name_or_its_own_fails(string name)
    {
        await using var service = await TestService.StartAsync();
        var id = await service.AddGroupAsync("Mine");
        await service.AddGroupAsync("Theirs");

        var response = await service.PostWithoutEffectAsync(EwsRequest.SetImGroup(id, name));

        response.Should().BeError("ErrorImGroupDisplayNameAlreadyExists", "An IM group with the specified display name already exists.");
    }

    [Fact]
    public async Task The_former_name_of_a_renamed_group_is_available()
    {
        await using var service = await TestService.StartAsync();
        var id = await service.AddGroupAsync("Old");
        (await service.PostAsync(EwsRequest.SetImGroup(id, "New"))).Should().Succeed();

        var response = await service.PostAsync(EwsRequest.AddImGroup("Old"));

        response.Should().Succeed().Id("ExchangeStoreId").Should().NotBe(id);
    }

    [Fact]
    public async Task Ids_of_a_system_group_a_contact_a_persona_and_a_missing_group_return_ErrorInvalidImGroupId()
    {
        await using var service = await TestService.StartAsync();
        var contact = (await service.PostAsync(EwsRequest.AddNewImContactToGroup("a@contoso.com"))).Should().Succeed();
        var mailbox = (await service.MailboxAsync())!;
        var groupIds = mailbox.Groups.Keys.Select(id => id.Value);
        string[] ids = [.. groupIds, contact.Id("SourceId"), contact.Id("PersonaId"), ForeignIds.MissingItemOf(mailbox)];

        foreach (var id in ids)
        {
            var response = await service.PostWithoutEffectAsync(EwsRequest.SetImGroup(id, "New"));
            response.Should().BeError("ErrorInvalidImGroupId", InvalidGroup);
        }
    }

    [Fact]
    public async Task An_invalid_id_returns_its_error_code()
    {
        await using var service = await TestService.StartAsync();
        await service.AddGroupAsync();

        foreach (var (id, code, text) in ForeignIds.Unusable((await service.MailboxAsync())!))
            (await service.PostWithoutEffectAsync(EwsRequest.SetImGroup(id, "New"))).Should().BeError(code, text);
    }

    [Fact]
    public async Task Group_ids_are_case_sensitive()
    {
        await using var service = await TestService.StartAsync();
        await service.ImportAsync(new() { Groups = [new() { DisplayName = "Mine", Id = "literalId" }] });

        var response = await service.PostWithoutEffectAsync(EwsRequest.SetImGroup("LITERALID", "New"));

        response.Should().BeError("ErrorInvalidIdMalformed", ForeignIds.MalformedText);
    }

    [Theory]
    [InlineData("")]
    [InlineData("ChangeKey=''")]
    [InlineData("ChangeKey='stale'")]
    public async Task Any_change_key_is_accepted(string changeKey)
    {
        await using var service = await TestService.StartAsync();
        var id = await service.AddGroupAsync();

        var response = await service.PostAsync(EwsRequest.For(
            "SetImGroup", $"<m:GroupId Id='{id}' {changeKey}/><m:NewDisplayName>New</m:NewDisplayName>"));

        response.Should().Succeed();
    }
}
