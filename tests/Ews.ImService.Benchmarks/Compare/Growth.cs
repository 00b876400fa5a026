using System.Diagnostics;
using System.Globalization;
using Ews.ImService.Benchmarks.Load;

namespace Ews.ImService.Benchmarks.Compare;

/// <summary>Measures how the time of one write grows with the contacts of the mailbox and with the number of mailboxes.</summary>
/// <remarks>The result is the exponent: 0 if the time does not grow, 1 if it grows as the number does.</remarks>
internal static class Growth
{
    private const int FewContacts = 10;
    private const int ManyContacts = 1000;
    private const int SmallMailboxes = 20;
    private const int LargeMailboxes = 4;
    private const int ManyMailboxes = 1000;
    private const int WritesPerRound = 100;

    private static readonly Limits ContactLimits = new(.15, 0);
    private static readonly Limits MailboxLimits = new(.05, 0);

    public static async Task RunAsync(ComparisonOptions options, Servers servers, Results results)
    {
        results.Add(await MeasureContactsAsync(options, servers));
        results.Add(await MeasureMailboxesAsync(options, servers));
    }

    private static async Task<Measurement> MeasureContactsAsync(ComparisonOptions options, Servers servers)
    {
        using var process = servers.StartService(servers.NewFile("contacts.db"));
        using var client = process.WaitUntilListening();
        var small = Enumerable.Range(0, SmallMailboxes).Select(Mailboxes.Address).ToArray();
        var large = Enumerable.Range(SmallMailboxes, LargeMailboxes).Select(Mailboxes.Address).ToArray();
        await client.SeedAsync([
            .. small.Select(address => Mailboxes.WithContacts(address, FewContacts)),
            .. large.Select(address => Mailboxes.WithContacts(address, ManyContacts)),
        ]);
        await client.TakeSnapshotAsync();
        using var connection = new BlockingConnection(process.Connect());
        var rounds = await MeasureAsync(
            "contacts",
            options,
            number => connection.Call(AddContact(small[number % small.Length], number)),
            number => connection.Call(AddContact(large[number % large.Length], number)),
            Math.Log((double)ManyContacts / FewContacts),
            client.RestoreSnapshotAsync);
        return new Measurement(
            "AddNewImContactToGroup, from 10 to 1000 contacts", "growth exponent of the latency", "", rounds, ContactLimits);
    }

    private static async Task<Measurement> MeasureMailboxesAsync(ComparisonOptions options, Servers servers)
    {
        using var one = servers.StartService(servers.NewFile("one.db"));
        using var many = servers.StartService(servers.NewFile("many.db"));
        using var oneClient = one.WaitUntilListening();
        using var manyClient = many.WaitUntilListening();
        await oneClient.SeedAsync([Mailboxes.WithContacts(Mailboxes.Default, FewContacts)]);
        await manyClient.SeedAsync([
            Mailboxes.WithContacts(Mailboxes.Default, FewContacts),
            .. Enumerable.Range(1, ManyMailboxes - 1).Select(i => Mailboxes.WithContacts(Mailboxes.Address(i), FewContacts)),
        ]);
        await oneClient.TakeSnapshotAsync();
        await manyClient.TakeSnapshotAsync();
        using var oneConnection = new BlockingConnection(one.Connect());
        using var manyConnection = new BlockingConnection(many.Connect());
        var rounds = await MeasureAsync(
            "mailboxes",
            options,
            number => oneConnection.Call(AddContact(Mailboxes.Default, number)),
            number => manyConnection.Call(AddContact(Mailboxes.Default, number)),
            Math.Log(ManyMailboxes),
            async () =>
            {
                await oneClient.RestoreSnapshotAsync();
                await manyClient.RestoreSnapshotAsync();
            });
        return new Measurement(
            "AddNewImContactToGroup, from 1 to 1000 mailboxes", "growth exponent of the latency", "", rounds, MailboxLimits);
    }

    /// <summary>Runs both writes alternately.</summary>
    /// <returns>The exponent of each round.</returns>
    private static async Task<List<double>> MeasureAsync(
        string name,
        ComparisonOptions options,
        Func<int, TimeSpan> writeSmall,
        Func<int, TimeSpan> writeLarge,
        double logOfGrowth,
        Func<Task> restoreAsync)
    {
        var number = 0;
        for (var started = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(started) < options.Warmup;)
            await RunRoundAsync();
        List<double> exponents = [];
        for (var round = 1; round <= options.Rounds; round++)
        {
            var (small, large) = await RunRoundAsync();
            exponents.Add(Math.Log(large / small) / logOfGrowth);
            Progress.Report(string.Create(
                CultureInfo.InvariantCulture, $"growth: {name}, round {round} of {options.Rounds}: {small:0} µs, {large:0} µs"));
        }

        return exponents;

        async Task<(double Small, double Large)> RunRoundAsync()
        {
            await restoreAsync();
            List<double> small = [];
            List<double> large = [];
            for (var i = 0; i < WritesPerRound; i++)
            {
                number++;
                small.Add(writeSmall(number).TotalMicroseconds);
                large.Add(writeLarge(number).TotalMicroseconds);
            }

            return (Statistics.Median(small), Statistics.Median(large));
        }
    }

    private static byte[] AddContact(string mailbox, int number) => Requests.Http(
        Requests.EwsPath,
        Requests.AddNewImContact(string.Create(CultureInfo.InvariantCulture, $"new{number:00000000}@contoso.com")),
        mailbox);
}
