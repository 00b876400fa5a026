using System.Runtime.CompilerServices;

namespace Ews.ImService.Testing.Tests;

public sealed class ReadmeExampleTests
{
    private const string Indent = "        ";

    [Fact]
    public async Task The_README_example_runs()
    {
        // README: begin
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
        // README: end
    }

    [Fact]
    public void The_README_contains_this_example()
    {
        var lines = File.ReadAllLines(ThisFile())
            .Select(line => line.StartsWith(Indent, StringComparison.Ordinal) ? line[Indent.Length..] : line)
            .SkipWhile(line => line != "// README: begin")
            .Skip(1)
            .TakeWhile(line => line != "// README: end");
        var example = string.Join('\n', lines);
        var readme = File.ReadAllText(Path.Combine(Path.GetDirectoryName(ThisFile())!, "../../README.md")).ReplaceLineEndings("\n");

        example.Should().NotBeEmpty();
        readme.Should().Contain("```csharp\n" + example + "\n```");
    }

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
