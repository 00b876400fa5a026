namespace Ews.ImService.Testing.Tests.Examples;

/// <summary>The example of README.md.</summary>
public sealed class ReadmeExampleTests
{
    [Fact]
    public async Task The_example_passes()
    {
        await using var exchange = await EwsImServer.StartAsync();
        await exchange.SeedAsync(new SeedMailbox("alice@contoso.com")
            .WithImContact("bob@contoso.com", "Bob")
            .WithGroup("Team", "bob@contoso.com"));
        var client = new ImClient(exchange, "alice@contoso.com"); // your client; it needs only exchange.Url

        await client.AddImGroupAsync("Friends");

        await exchange.Journal.ShouldHaveReceivedAsync("AddImGroup", times: 1);
        var alice = await exchange.FindMailboxAsync("alice@contoso.com");
        Assert.Equal(["Team", "Friends"], alice!.UserGroups.Select(group => group.DisplayName));
        Assert.Equal("Bob", alice.GetMembers("Team").Single().DisplayName);

        await exchange.Faults.AddAsync(Fault.ServerBusy(TimeSpan.FromSeconds(2)).OnOperation("AddImGroup").Once());
        Assert.Contains("ErrorServerBusy", await client.AddImGroupAsync("Family"));
        Assert.Contains("NoError", await client.AddImGroupAsync("Family"));
        // The client did not wait for two seconds.
        await exchange.Journal.ShouldHaveReceivedAsync(new RequestPattern { Operation = "AddImGroup", IsEarly = true });

        await exchange.ResetAsync();
    }
}
