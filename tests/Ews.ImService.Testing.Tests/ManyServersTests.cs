using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Sockets;

namespace Ews.ImService.Testing.Tests;

/// <summary>Runs while no other test runs, so that the threads and handles of the process belong to this test.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class NotInParallel
{
    public const string Name = "not in parallel";
}

[Collection(NotInParallel.Name)]
public sealed class ManyServersTests
{
    private const string Alice = "alice@contoso.com";

    [Fact]
    public async Task Fifty_servers_in_one_process_are_isolated_and_release_their_resources()
    {
        await using (await EwsImServer.StartAsync()) // Loads the assemblies, which stay loaded.
            WriterThreads().Should().Be(OperatingSystem.IsLinux() ? 1 : 0);
        var handles = Handles();
        var ports = new ConcurrentBag<int>();

        var parallelism = new ParallelOptions { MaxDegreeOfParallelism = 50 };
        await Parallel.ForEachAsync(Enumerable.Range(0, 50), parallelism, async (number, cancellationToken) =>
        {
            await using var exchange = await EwsImServer.StartAsync(
                o => o.Mailboxes.Add(new SeedMailbox(Alice).WithGroup($"Seed {number}")), cancellationToken);
            ports.Add(exchange.Url.Port);
            using var http = exchange.CreateClient();
            await new ImClient(http, exchange.Url, Alice).AddImGroupAsync($"Own {number}");
            var alice = (await exchange.FindMailboxAsync(Alice, cancellationToken))!;
            alice.UserGroups.Select(group => group.DisplayName).Should().Equal($"Seed {number}", $"Own {number}");
            (await exchange.Journal.GetEntriesAsync(cancellationToken)).Should().ContainSingle();
        });

        ports.Should().HaveCount(50);
        foreach (var port in ports)
            IsOpen(port).Should().BeFalse();
        WriterThreads().Should().Be(0, "the thread of each store has ended");
        Handles().Should().BeLessThan(handles + 25, "fifty servers with a leak would leave at least one handle each");
    }

    private static int WriterThreads()
    {
        if (!OperatingSystem.IsLinux())
            return 0;
        var names = Directory.GetDirectories("/proc/self/task").Select(task => File.ReadAllText(Path.Combine(task, "comm")));
        return names.Count(name => name.StartsWith("mailbox-writer", StringComparison.Ordinal));
    }

    private static int Handles()
    {
        using var process = Process.GetCurrentProcess();
        return OperatingSystem.IsLinux() ? Directory.GetFiles("/proc/self/fd").Length : process.HandleCount;
    }

    private static bool IsOpen(int port)
    {
        try
        {
            using var client = new TcpClient("127.0.0.1", port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
