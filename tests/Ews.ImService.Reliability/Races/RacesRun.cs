using System.Globalization;

namespace Ews.ImService.Reliability.Races;

/// <summary>Lets 64 clients compete, and verifies that one of them wins, that no list is torn, and that a restart changes nothing.</summary>
internal sealed class RacesRun : IReliabilityRun
{
    private const string StartSeed =
        $$"""{ "mailboxes": [{ "smtpAddress": "{{Mailboxes.Default}}", "groups": [{{SeededGroup}}] }] }""";

    private const string SeededGroup = $$"""{ "displayName": "{{RealmRaces.SeededGroup}}", "members": ["member@contoso.com"] }""";

    /// <summary>The races. A new race is one line here.</summary>
    public static readonly IReadOnlyList<(string Name, Func<RaceRealm, Task> RunAsync)> Races =
    [
        ("same-group", ImListRaces.AddSameGroupAsync),
        ("same-contact", ImListRaces.AddSameContactAsync),
        ("same-contact-in-groups", ImListRaces.AddSameContactToGroupsAsync),
        ("same-member", ImListRaces.AddSameMemberAsync),
        ("rename-to-same-name", ImListRaces.RenameToSameNameAsync),
        ("remove-and-add-member", ImListRaces.RemoveAndAddMemberAsync),
        ("remove-and-add-contact", ImListRaces.RemoveAndAddContactAsync),
        ("remove-group-while-adding", ImListRaces.RemoveGroupWhileAddingAsync),
        ("read-while-writing", ImListRaces.ReadWhileWritingAsync),
        ("update-same-version", ItemRaces.UpdateSameVersionAsync),
        ("overwrite", ItemRaces.OverwriteAsync),
        ("delete-while-updating", ItemRaces.DeleteWhileUpdatingAsync),
        ("first-requests", RealmRaces.FirstRequestsAsync),
        ("reset-while-writing", RealmRaces.ResetWhileWritingAsync),
        ("delete-realm-while-writing", RealmRaces.DeleteWhileWritingAsync),
        ("restore-while-reading", RealmRaces.RestoreWhileReadingAsync),
        ("fault-times", LimitRaces.FaultTimesAsync),
        ("snapshots", LimitRaces.SnapshotsAsync),
        ("fault-rules", LimitRaces.FaultRulesAsync),
    ];

    /// <summary>The races in realms with a start seed.</summary>
    private static readonly IReadOnlyList<(string Name, Func<RaceRealm, Task> RunAsync)> SeededRaces =
    [
        ("delete-seeded-realm-while-using", RealmRaces.DeleteSeededWhileUsingAsync),
    ];

    public string Name => "races";

    public string Description => "64 clients compete for names, contacts, versions, realms and limits: one winner, no torn list";

    public async Task RunAsync(RunContext context)
    {
        var rounds = context.Select(quick: 2, normal: 20, @long: 200);
        var seed = context.FilePath("start-seed.json");
        await File.WriteAllTextAsync(seed, StartSeed);
        var sent = 0;
        for (var round = 0; round < rounds; round++)
        {
            sent += await RunRoundAsync(context, "races.db", Races, round);
            sent += await RunRoundAsync(context, "seeded.db", SeededRaces, round, "--seed", seed);
            if (round % 20 == 19)
                context.Report($"{round + 1} of {rounds} rounds");
        }

        context.Add("kinds of races", Races.Count + SeededRaces.Count);
        context.Add("rounds of each", rounds);
        context.Add("requests", sent);
    }

    /// <summary>Runs races one after the other, and verifies that a restart changes nothing.</summary>
    /// <returns>The number of requests.</returns>
    private static async Task<int> RunRoundAsync(
        RunContext context,
        string database,
        IReadOnlyList<(string Name, Func<RaceRealm, Task> RunAsync)> races,
        int round,
        params string[] settings)
    {
        var limit = LimitRaces.Limit.ToString(CultureInfo.InvariantCulture);
        string[] arguments =
        [
            "--Limits:MaxGroups", "100000", "--Control:MaxSnapshots", limit, "--Control:MaxFaultRules", limit, "--Log:Level", "Error",
            .. settings,
        ];
        var (sent, mailboxes) = (0, new Dictionary<string, string>());
        using (var server = context.StartService(context.FilePath(database), arguments))
        {
            server.Connect().Dispose();
            foreach (var (index, (name, runAsync)) in races.Index())
            {
                var random = new Random(unchecked((((context.Seed * 31) + round) * 31) + index));
                var realm = new RaceRealm(server.Port, $"{name}-{round}", random);
                await RunRaceAsync(realm, runAsync);
                sent += realm.Sent;
                mailboxes[realm.Name] = await ExportAsync(realm);
            }

            var errors = context.ReadLog(server) + server.ReadErrors();
            RaceRealm.Verify(errors.Length == 0, $"The service reported: {errors}");
            if (round % 2 == 0)
                await server.TerminateAsync();
        }

        await VerifyRestartAsync(context, database, arguments, settings.Length > 0 ? [] : mailboxes);
        return sent;
    }

    /// <summary>Runs a race.</summary>
    /// <exception cref="RunException">A response or the list at the end is wrong. The message names the realm.</exception>
    public static async Task RunRaceAsync(RaceRealm realm, Func<RaceRealm, Task> runAsync)
    {
        try
        {
            await runAsync(realm);
        }
        catch (RunException e)
        {
            throw new RunException($"{realm.Name}: {e.Message}");
        }
    }

    /// <summary>Verifies that the realms are the same after a restart, and deletes them.</summary>
    private static async Task VerifyRestartAsync(
        RunContext context, string database, string[] arguments, Dictionary<string, string> mailboxes)
    {
        using var server = context.StartService(context.FilePath(database), arguments);
        server.Connect().Dispose();
        foreach (var (name, before) in mailboxes)
        {
            var realm = new RaceRealm(server.Port, name, new Random(0));
            await realm.CallAsync(RaceRequest.Control("PUT", "realms/" + name)); // A realm without mailboxes is not stored.
            var after = await ExportAsync(realm);
            RaceRealm.Verify(after == before, $"{name}: a restart changed {before} to {after}");
            await realm.CallAsync(RaceRequest.Control("DELETE", "realms/" + name));
        }
    }

    private static async Task<string> ExportAsync(RaceRealm realm) => (await realm.CallAsync(RaceRequest.Control("GET", "seed"))).Body;
}
