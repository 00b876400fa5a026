using System.Globalization;
using Ews.ImService.Reliability.Crash;
using Ews.ImService.Reliability.Races;

namespace Ews.ImService.Reliability.Instances;

/// <summary>Lets clients compete through three instances on one database, and reads each write at another instance.</summary>
internal sealed class InstancesRun : IReliabilityRun
{
    private const int Realms = 200;

    public string Name => "instances";

    public string Description => "three instances on one PostgreSQL behind a load balancer: one winner, no stale read, one journal";

    public async Task RunAsync(RunContext context)
    {
        if (!PrivatePostgres.IsInstalled)
        {
            context.Report(PrivatePostgres.SkipReason);
            return;
        }

        var limit = LimitRaces.Limit.ToString(CultureInfo.InvariantCulture);
        using var group = await InstanceGroup.StartAsync(
            context, "--Control:MaxSnapshots", limit, "--Control:MaxFaultRules", limit, "--Log:Level", "Error");
        await RaceAsync(context, group, context.Select(quick: 1, normal: 5, @long: 50));
        context.Add(
            "lists that were read at another instance than the write before, none of them stale",
            await new ReadElsewhere(group, context.Seed).RunAsync(context.Select(quick: 10, normal: 50, @long: 500)));
        await WriteAsync(context, group, context.Select(quick: 200, normal: 5_000, @long: 50_000));
        await SeparateRealms.VerifyAsync(group, Realms, context.Seed);
        context.Add("realms used in parallel", Realms);
        var volleys = context.Select(quick: 3, normal: 10, @long: 15);
        context.Add(
            "requests, each once and complete in the journal that each instance returns",
            await SharedJournal.VerifyAsync(group, "journal", volleys, new Random(context.Seed)));
        InstanceInspection.Verify(group);
        group.VerifyLogs();
    }

    /// <summary>Runs all races through the load balancer.</summary>
    private static async Task RaceAsync(RunContext context, InstanceGroup group, int rounds)
    {
        (string Name, Func<RaceRealm, Task> RunAsync)[] races = [.. RacesRun.Races, .. InstanceRaces.All];
        var sent = 0;
        for (var round = 0; round < rounds; round++)
        {
            foreach (var (index, (name, runAsync)) in races.Index())
            {
                var random = new Random(unchecked((((context.Seed * 31) + round) * 31) + index));
                var realm = new RaceRealm(group.Port, $"{name}-{round}", random);
                await RacesRun.RunRaceAsync(realm, runAsync);
                sent += realm.Sent;
            }
        }

        context.Add("kinds of races", races.Length);
        context.Add("rounds of each", rounds);
        context.Add("requests of the races", sent);
    }

    /// <summary>Writes with the clients of the run <c>crash</c>, which compare their objects at another instance after each.</summary>
    private static async Task WriteAsync(RunContext context, InstanceGroup group, int writes)
    {
        var reader = 0;
        var clients = new CrashClients(context.Seed, () => group.Instances[(int)((uint)Interlocked.Increment(ref reader) % 3)].Url);
        using var stop = new CancellationTokenSource();
        var running = clients.WriteAsync(group.Url, ServiceCondition.Healthy, stop.Token);
        while (clients.Acknowledged < writes && !running.IsCompleted)
            await Task.Delay(20);
        await stop.CancelAsync();
        await running;
        await clients.VerifyAsync(group.Url);
        context.Add("writes whose mailbox another instance returned at once", clients.Acknowledged);
    }
}
