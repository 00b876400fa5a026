using System.Diagnostics;
using System.Globalization;

namespace Ews.ImService.Reliability.Crash;

/// <summary>
/// Fills the disk of the service, or reaches the limit on the size of its files, while 32 clients write. Rejected writes are not stored;
/// acknowledged ones remain, before and after a kill, on the full disk and after space is free again.
/// </summary>
internal sealed class FullDiskRounds(RunContext context)
{
    private const int FileLimitKilobytes = 1_500;
    private const int DiskKilobytes = 3_000;

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);

    private readonly Random _random = new(context.Seed);

    public async Task RunAsync(int rounds)
    {
        var (acknowledged, rejected) = (0, 0);
        for (var round = 0; round < rounds; round++)
            Count(await ReachFileLimitAsync(round));
        context.Add("rounds at a limit on the size of files", rounds);
        context.Add("acknowledged writes at the limit, all present", acknowledged);
        context.Add("rejected writes at the limit, all absent", rejected);

        (acknowledged, rejected) = (0, 0);
        if (!await CanMountAsync())
        {
            context.Report("NOT RUN: the rounds on a full disk, because this user cannot mount a small file system (mount -t tmpfs).");
            return;
        }

        for (var round = 0; round < rounds; round++)
            Count(await FillDiskAsync(round));
        context.Add("rounds on a full disk", rounds);
        context.Add("acknowledged writes on a full disk, all present", acknowledged);
        context.Add("rejected writes on a full disk, all absent", rejected);

        void Count(CrashClients clients) => (acknowledged, rejected) = (acknowledged + clients.Acknowledged, rejected + clients.Rejected);
    }

    private async Task<CrashClients> ReachFileLimitAsync(int round)
    {
        var clients = new CrashClients(context.Seed + round);
        var service = new CrashService(context, $"file-limit-{round}");
        using (var server = await service.StartAndWaitAsync(FileLimitKilobytes))
        {
            await WriteUntilRejectedAsync(server, clients);
            await KillWhileWritingAsync(server, clients, ServiceCondition.FullDisk);
        }

        service.VerifyFiles();

        // The limit still holds at this start.
        using (var server = await service.StartAndWaitAsync(FileLimitKilobytes))
            await clients.VerifyAsync(server.Url);
        await VerifyWritableAsync(service, clients);
        return clients;
    }

    private async Task<CrashClients> FillDiskAsync(int round)
    {
        var folder = context.FilePath($"full-disk-{round}");
        await MountAsync(folder, DiskKilobytes);
        try
        {
            var clients = new CrashClients(context.Seed + round);
            var service = new CrashService(context, $"full-disk-{round}");
            using (var server = await service.StartAndWaitAsync())
            {
                await WriteUntilRejectedAsync(server, clients);
                await KillWhileWritingAsync(server, clients, ServiceCondition.FullDisk);
            }

            service.VerifyFiles();

            // The disk is still full at this start. The service recovers without another one.
            using (var server = await service.StartAndWaitAsync())
            {
                await clients.VerifyAsync(server.Url);
                await RunAsync("mount", "-o", $"remount,size={100 * DiskKilobytes}k", folder);
                await KillWhileWritingAsync(server, clients, ServiceCondition.Healthy);
            }

            await VerifyWritableAsync(service, clients);
            return clients;
        }
        finally
        {
            await RunAsync("umount", folder);
        }
    }

    /// <summary>Writes until several writes were rejected, and verifies that readers see none of them.</summary>
    private async Task WriteUntilRejectedAsync(ServerProcess server, CrashClients clients)
    {
        var rejected = _random.Next(20, 200);
        using var stop = new CancellationTokenSource(Timeout);
        var writers = clients.WriteAsync(server.Url, ServiceCondition.FullDisk, stop.Token);
        while (clients.Rejected < rejected && !stop.IsCancellationRequested)
            await Task.Delay(1, CancellationToken.None);
        var isFull = clients.Rejected >= rejected;
        await stop.CancelAsync();
        await writers;
        if (!isFull)
            throw new RunException($"The service rejected only {clients.Rejected} writes in {Timeout.TotalSeconds} s on a small disk.");
        await clients.VerifyAsync(server.Url);
    }

    private async Task KillWhileWritingAsync(ServerProcess server, CrashClients clients, ServiceCondition condition)
    {
        var writers = clients.WriteAsync(server.Url, condition);
        await Task.WhenAny(writers, Task.Delay(_random.Next(50, 150)));
        server.Dispose();
        await writers;
    }

    /// <summary>Starts the service with free space, writes, and verifies all writes.</summary>
    private async Task VerifyWritableAsync(CrashService service, CrashClients clients)
    {
        using (var server = await service.StartAndWaitAsync())
        {
            await clients.VerifyAsync(server.Url);
            await KillWhileWritingAsync(server, clients, ServiceCondition.Healthy);
        }

        service.VerifyFiles();
        using var last = await service.StartAndWaitAsync();
        await clients.VerifyAsync(last.Url);
    }

    private async Task<bool> CanMountAsync()
    {
        var folder = context.FilePath("mount");
        if (!OperatingSystem.IsLinux() || await TryRunAsync("mount", MountArguments(folder, DiskKilobytes)) != 0)
            return false;
        await RunAsync("umount", folder);
        return true;
    }

    private static Task MountAsync(string folder, int kilobytes) => RunAsync("mount", MountArguments(folder, kilobytes));

    private static string[] MountArguments(string folder, int kilobytes)
    {
        Directory.CreateDirectory(folder);
        return ["-t", "tmpfs", "-o", string.Create(CultureInfo.InvariantCulture, $"size={kilobytes}k"), "tmpfs", folder];
    }

    private static async Task RunAsync(string program, params string[] arguments)
    {
        var exitCode = await TryRunAsync(program, arguments);
        if (exitCode != 0)
            throw new RunException($"{program} {string.Join(' ', arguments)} failed with exit code {exitCode}.");
    }

    private static async Task<int> TryRunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        await process.WaitForExitAsync();
        return process.ExitCode;
    }
}
