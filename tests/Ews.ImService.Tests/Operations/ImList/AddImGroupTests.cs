using Ews.ImService.Mailbox;

namespace Ews.ImService.Tests.Operations.ImList;

public sealed class AddImGroupTests
{
    private const string NameTaken = "An IM group with the specified display name already exists.";

    [Theory]
    [InlineData("https")]
    [InlineData("http")]
    public async Task The_documented_request_returns_the_documented_response(string spelling)
    {
        await using var service = await TestService.StartAsync();

        var response = await service.PostAsync(Documents.Read("Request").Spelled(spelling));

        response.Should().Succeed();
        response.ShouldMatchDocument(Documents.Read("Response").Spelled(spelling));
    }

    [Theory]
    [InlineData("https")]
    [InlineData("http")]
    public async Task The_documented_name_with_an_unescaped_ampersand_returns_the_documented_fault_at_line_11_position_33(string spelling)
    {
        await using var service = await TestService.StartAsync();

        var request = Documents.Read("Request").Replace("MyCustomGroup", "~!@#$%^&", StringComparison.Ordinal);

        var response = await service.PostWithoutEffectAsync(request.Spelled(spelling));

        response.Should().BeSchemaFault(11, 33, "An error occurred while parsing EntityName. Line 11, position 33.");
        response.ShouldMatchDocument(Documents.Read("Fault").Spelled(spelling));
    }

    [Theory]
    [InlineData("~!@#$%^&")]
    [InlineData("  two blanks  ")]
    [InlineData(" ")]
    [InlineData("a < b > c \"d\" 'e'")]
    [InlineData("多语言 😀 é")]
    public async Task A_name_is_stored_unchanged(string name)
    {
        await using var service = await TestService.StartAsync();

        var response = await service.PostAsync(EwsRequest.AddImGroup(name));

        response.Should().Succeed().Value("DisplayName").Should().Be(name);
        (await service.MailboxAsync())!.Groups.Values
            .Should().Contain(group => group.DisplayName == name && group.Type == GroupType.UserGroup);
    }

    [Fact]
    public async Task An_id_has_152_characters_in_the_layout_of_Exchange_and_is_never_reused()
    {
        await using var service = await TestService.StartAsync();

        var first = await service.AddGroupAsync("One");
        var second = await service.AddGroupAsync("Two");

        first.Should().HaveLength(152).And.StartWith("AAMk").And.NotBe(second);
    }

    [Theory]
    [InlineData("MyCustomGroup")]
    [InlineData("mycustomGROUP")]
    [InlineData("Other Contacts")]
    [InlineData("tagged")]
    [InlineData("Favorites")]
    public async Task Adding_a_group_with_an_existing_name_returns_ErrorImGroupDisplayNameAlreadyExists(string name)
    {
        await using var service = await TestService.StartAsync();
        await service.AddGroupAsync("MyCustomGroup");

        var response = await service.PostWithoutEffectAsync(EwsRequest.AddImGroup(name));

        response.Should().BeError("ErrorImGroupDisplayNameAlreadyExists", NameTaken);
    }

    [Fact]
    public async Task Adding_a_group_beyond_the_limit_returns_ErrorImGroupLimitReached_after_the_name_check()
    {
        await using var service = await TestService.StartAsync(TestService.InMemory with { Limits = new MailboxLimits(MaxGroups: 2) });
        await service.AddGroupAsync("One");
        await service.AddGroupAsync("Two");

        var taken = await service.PostWithoutEffectAsync(EwsRequest.AddImGroup("two"));
        var response = await service.PostWithoutEffectAsync(EwsRequest.AddImGroup("Three"));

        taken.Should().BeError("ErrorImGroupDisplayNameAlreadyExists", NameTaken);
        response.Should().BeError("ErrorImGroupLimitReached", "The maximum number of IM groups has been reached.");
    }

    [Fact]
    public async Task The_default_limit_is_64_groups()
    {
        await using var service = await TestService.StartAsync();
        for (var i = 1; i <= 64; i++)
            await service.AddGroupAsync($"Group {i}");

        var response = await service.PostWithoutEffectAsync(EwsRequest.AddImGroup("Group 65"));

        response.Should().BeError("ErrorImGroupLimitReached", "The maximum number of IM groups has been reached.");
    }

    [Fact]
    public async Task Exactly_one_of_several_concurrent_groups_with_the_same_name_is_added()
    {
        await using var service = await TestService.StartAsync();

        var responses = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => service.PostAsync(EwsRequest.AddImGroup("Team"))));

        responses.Select(response => response.Value("ResponseCode")).Should().ContainSingle(code => code == "NoError")
            .And.Contain("ErrorImGroupDisplayNameAlreadyExists");
    }
}
