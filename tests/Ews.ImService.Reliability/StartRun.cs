namespace Ews.ImService.Reliability;

/// <summary>Verifies that every start on the same file keeps the acknowledged writes of the earlier ones.</summary>
internal sealed class StartRun : IReliabilityRun
{
    public string Name => "start";

    public string Description => "starts and stops on one file: every acknowledged write is present";

    public async Task RunAsync(RunContext context)
    {
        var database = context.FilePath("mail.db");
        var rounds = context.Select(quick: 3, normal: 20, @long: 100);
        var systemGroups = 0;
        for (var round = 1; round <= rounds; round++)
        {
            using var server = context.StartService(database);
            using (var client = server.WaitUntilListening())
            {
                if (round == 1)
                    systemGroups = await client.CountGroupsAsync(Mailboxes.Default);
                await client.CallAsync(Requests.AddImGroup($"Group {round}"), Mailboxes.Default);
                if (await client.CountGroupsAsync(Mailboxes.Default) != systemGroups + round)
                    throw new RunException($"The list after start {round} does not contain all groups that were added.");
            }

            var exitCode = await server.TerminateAsync();
            if (exitCode != 0)
                throw new RunException($"The exit code after SIGTERM is {exitCode}: {server.ReadErrors()}");
        }

        context.Add("starts and stops on one file", rounds);
    }
}
