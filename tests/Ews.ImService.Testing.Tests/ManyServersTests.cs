using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Sockets;

namespace Ews.ImService.Testing.Tests;

/// <summary>Runs when no other test does, so that what is left in the process is its own.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    public const string Name = "alone";
}

[Collection(Alone.Name)]
public sealed class ManyServersTests
{
    private const string Alice = "alice@contoso.com";

    [Fact]
    public async Task Fifty_servers_in_one_process_share_nothing_and_leave_nothing()
    {
        await using (await EwsImServer.StartAsync()) // What is loaded once stays loaded.
            WriterThreads().Should().Be(OperatingSystem.IsLinux() ? 1 : 0);
        var handles = Handles();
        var ports = new ConcurrentBag<int>();

        await Parallel.ForEachAsync(Enumerable.Range(0, 50), new ParallelOptions { MaxDegreeOfParallelism = 50 }, async (number, _) =>
        {
            await using var exchange = await EwsImServer.StartAsync(o => o.Mailbox(Alice).WithGroup($"Seed {number}"), CancellationToken.None);
            ports.Add(exchange.Url.Port);
            using var http = exchange.CreateHttpClient();
            await new ImClient(http, exchange.Url, Alice).AddImGroupAsync($"Own {number}");
            var alice = (await exchange.ReadMailboxAsync(Alice, CancellationToken.None))!;
            alice.UserGroups.Select(group => group.DisplayName).Should().Equal($"Seed {number}", $"Own {number}");
            (await exchange.Journal.ReadAsync(CancellationToken.None)).Should().ContainSingle();
        });

        ports.Should().HaveCount(50);
        foreach (var port in ports)
            IsOpen(port).Should().BeFalse();
        WriterThreads().Should().Be(0, "each store's own thread has ended");
        Handles().Should().BeLessThan(handles + 25, "fifty servers that leaked would leave one each at least");
    }

    private static int WriterThreads()
    {
        if (!OperatingSystem.IsLinux())
            return 0;
        return Directory.GetDirectories("/proc/self/task").Count(task => File.ReadAllText(Path.Combine(task, "comm")).StartsWith("mailbox-writer", StringComparison.Ordinal));
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
