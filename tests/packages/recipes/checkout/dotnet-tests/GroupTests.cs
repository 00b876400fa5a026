using Ews.ImService.Testing;
using Xunit;

public sealed class GroupTests
{
    [Fact]
    public async Task A_group_is_added()
    {
        await using var exchange = await EwsImServer.StartAsync();
        await exchange.SeedAsync(new SeedMailbox("alice@contoso.com").WithGroup("Team", "bob@contoso.com"));

        await new ImClient(exchange.Url, "alice@contoso.com").AddImGroupAsync("Friends");

        await exchange.Journal.ShouldHaveReceivedAsync("AddImGroup", times: 1);
        var alice = await exchange.FindMailboxAsync("alice@contoso.com");
        Assert.Equal(["Team", "Friends"], alice!.UserGroups.Select(group => group.DisplayName));
    }
}
