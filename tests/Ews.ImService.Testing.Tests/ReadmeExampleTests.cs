using System.Runtime.CompilerServices;

namespace Ews.ImService.Testing.Tests;

public sealed class ReadmeExampleTests
{
    private const string Indent = "        ";

    [Fact]
    public async Task The_example_of_the_README_runs()
    {
        // README: begin
        await using var exchange = await EwsImServer.StartAsync();
        await exchange.Mailbox("alice@contoso.com").WithGroup("Team", team => team.WithContact("bob@contoso.com", "Bob")).SeedAsync();
        var client = new ImClient(exchange, "alice@contoso.com"); // yours: all it needs is exchange.Url

        await client.AddImGroupAsync("Friends");

        await exchange.Journal.ShouldHaveReceivedAsync("AddImGroup", times: 1);
        var alice = await exchange.ReadMailboxAsync("alice@contoso.com");
        Assert.Equal(["Team", "Friends"], alice!.UserGroups.Select(group => group.DisplayName));
        Assert.Equal("Bob", alice.Group("Team").Members.Single().DisplayName);

        await exchange.Faults.AddAsync(Fault.ServerBusy(TimeSpan.FromSeconds(2)).OnOperation("AddImGroup").Once());
        Assert.Contains("ErrorServerBusy", await client.AddImGroupAsync("Family"));
        Assert.Contains("NoError", await client.AddImGroupAsync("Family"));
        await exchange.Journal.ShouldHaveReceivedAsync(new RequestPattern { Operation = "AddImGroup", IsEarly = true }); // it did not wait

        await exchange.ResetAsync();
        // README: end
    }

    [Fact]
    public void The_example_of_the_README_is_this_one()
    {
        var here = File.ReadAllLines(ThisFile()).Select(line => line.StartsWith(Indent, StringComparison.Ordinal) ? line[Indent.Length..] : line).ToList();
        var example = string.Join('\n', here.SkipWhile(line => line != "// README: begin").Skip(1).TakeWhile(line => line != "// README: end"));
        var readme = File.ReadAllText(Path.Combine(Path.GetDirectoryName(ThisFile())!, "../../README.md")).ReplaceLineEndings("\n");

        example.Should().NotBeEmpty();
        readme.Should().Contain("```csharp\n" + example + "\n```");
    }

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
