using System.Net;

namespace Ews.ImService.Tests.Control.Api;

/// <summary>The list of the mailboxes of a realm.</summary>
public sealed class MailboxListTests
{
    private const string Seed =
        """
        { "mailboxes": [
            { "smtpAddress": "carol@contoso.com", "groups": [{ "displayName": "Team", "members": ["bob@contoso.com"] }] },
            { "smtpAddress": "Alice@contoso.com" },
            { "smtpAddress": "alice@fabrikam.com" },
            { "smtpAddress": "bob@contoso.com" }] }
        """;

    [Theory]
    [InlineData("", 4, "Alice@contoso.com alice@fabrikam.com bob@contoso.com carol@contoso.com")]
    [InlineData("?limit=2", 4, "Alice@contoso.com alice@fabrikam.com")]
    [InlineData("?limit=0", 4, "")]
    [InlineData("?limit=5", 4, "Alice@contoso.com alice@fabrikam.com bob@contoso.com carol@contoso.com")]
    [InlineData("?search=ALICE", 2, "Alice@contoso.com alice@fabrikam.com")]
    [InlineData("?search=@contoso&limit=1", 3, "Alice@contoso.com")]
    [InlineData("?search=b@", 1, "bob@contoso.com")]
    [InlineData("?search=zoe", 0, "")]
    public async Task Mailboxes_are_searched_and_limited_and_all_that_match_are_counted(string query, int count, string addresses)
    {
        await using var service = await StartAsync();

        var list = await service.GetJsonAsync(ControlCalls.Api + "/mailboxes" + query);

        list.GetProperty("count").GetInt32().Should().Be(count);
        string.Join(' ', list.GetProperty("mailboxes").EnumerateArray().Select(mailbox => mailbox.GetProperty("smtpAddress").GetString()))
            .Should().Be(addresses);
    }

    [Fact]
    public async Task A_mailbox_is_listed_with_the_numbers_of_its_objects()
    {
        await using var service = await StartAsync();

        var list = await service.GetJsonAsync(ControlCalls.Api + "/mailboxes?search=carol");

        var carol = list.GetProperty("mailboxes").EnumerateArray().Should().ContainSingle().Subject;
        carol.GetProperty("groups").GetInt32().Should().Be(4);
        carol.GetProperty("imContacts").GetInt32().Should().Be(1);
        carol.GetProperty("contacts").GetInt32().Should().Be(0);
    }

    [Theory]
    [InlineData("?limit=-1", "The parameter limit must be *, but is '-1'.")]
    [InlineData("?search=", "The parameter search must have one value.")]
    [InlineData("?serch=a", "Unknown query parameter 'serch'. The valid parameters are limit, search.")]
    public async Task Parameters_that_are_not_valid_are_rejected(string query, string problem)
    {
        await using var service = await TestService.StartAsync();

        using var response = await service.SendAsync("GET", "/mailboxes" + query);

        response.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await response.ProblemsAsync()).Should().ContainSingle().Which.Should().Match(problem);
    }

    private static async Task<TestService> StartAsync()
    {
        var service = await TestService.StartAsync();
        (await service.SendAsync("POST", "/seed", Seed)).EnsureSuccessStatusCode();
        return service;
    }
}
