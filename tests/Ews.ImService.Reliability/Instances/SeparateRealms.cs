using System.Globalization;
using System.Text.Json;
using Ews.ImService.Reliability.Races;

namespace Ews.ImService.Reliability.Instances;

/// <summary>Uses many realms in parallel, and verifies at each instance that each has its own content, clock, fault and journal.</summary>
internal static class SeparateRealms
{
    private static readonly ParallelOptions Clients = new() { MaxDegreeOfParallelism = 200 };

    /// <summary>Uses realms, all of which exist at the same time, and deletes them.</summary>
    /// <exception cref="RunException">A realm contains something else.</exception>
    public static async Task VerifyAsync(InstanceGroup group, int count, int seed)
    {
        Func<int, string, Random, Task>[] steps =
        [
            (number, name, random) => UseAsync(new RaceRealm(group.Port, name, random), number),
            (number, name, random) => ForEachInstanceAsync(group, name, random, realm => VerifyAsync(realm, number)),
            (_, name, random) => new RaceRealm(group.Port, name, random).CallAsync(RaceRequest.Control("DELETE", "realms/" + name)),
            (_, name, random) => ForEachInstanceAsync(group, name, random, VerifyDeletedAsync),
        ];
        foreach (var step in steps)
        {
            await Parallel.ForEachAsync(Enumerable.Range(0, count), Clients, async (number, _) =>
                await RunAsync(step, number, new Random(unchecked((seed * 31) + number))));
        }
    }

    private static async Task RunAsync(Func<int, string, Random, Task> step, int number, Random random)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"realm-{number}");
        try
        {
            await step(number, name, random);
        }
        catch (RunException e)
        {
            throw new RunException($"{name}: {e.Message}");
        }
    }

    private static async Task ForEachInstanceAsync(InstanceGroup group, string name, Random random, Func<RaceRealm, Task> verifyAsync)
    {
        foreach (var instance in group.Instances)
            await verifyAsync(new RaceRealm(instance.Port, name, random));
    }

    private static async Task VerifyDeletedAsync(RaceRealm realm)
    {
        var response = await realm.SendAsync(RaceRequest.Control("GET", "mailboxes"));
        RaceRealm.Verify(response.Status == 404, $"The realm exists after its deletion: {response.Status} {response.Body}");
    }

    private static async Task UseAsync(RaceRealm realm, int number)
    {
        var mailbox = new { smtpAddress = Mailboxes.Default, groups = new[] { new { displayName = "Seed of " + realm.Name } } };
        await realm.CallAsync(RaceRequest.Control("POST", "seed", Mailboxes.Seed([mailbox])));
        await realm.CallAsync(RaceRequest.Control("PUT", "clock", JsonSerializer.Serialize(new { at = Time(number) })));
        await realm.CallAsync(RaceRequest.Control(
            "POST", "faults", """{ "kind": "serverBusy", "backOffMilliseconds": 1, "operation": "AddImGroup", "times": 1 }"""));
        var request = RaceRequest.Ews(Requests.AddImGroup("Group of " + realm.Name));
        RaceRealm.Expect([await realm.SendAsync(request)], ("ErrorServerBusy", 1));
        RaceRealm.Expect([await realm.SendAsync(request)], ("NoError", 1));
    }

    private static async Task VerifyAsync(RaceRealm realm, int number)
    {
        string[] expected = ["Group of " + realm.Name, "Seed of " + realm.Name];
        var groups = (await realm.ReadListAsync()).Groups.Keys.Where(group => group.Contains(" of ", StringComparison.Ordinal)).Order();
        RaceRealm.Verify(groups.SequenceEqual(expected), $"The list has the groups {string.Join(", ", groups)}.");

        using var clock = JsonDocument.Parse((await realm.CallAsync(RaceRequest.Control("GET", "clock"))).Body);
        RaceRealm.Verify(clock.RootElement.GetProperty("now").GetDateTimeOffset() == Time(number), $"The clock is {clock.RootElement}.");

        using var journal = JsonDocument.Parse(
            (await realm.CallAsync(RaceRequest.Control("GET", "journal?operation=AddImGroup&bodies=true"))).Body);
        var bodies = journal.RootElement.GetProperty("entries").EnumerateArray()
            .Select(entry => entry.GetProperty("request").GetProperty("body").GetString()!).ToList();
        RaceRealm.Verify(
            bodies.Count == 2 && bodies.TrueForAll(body => body.Contains($"Group of {realm.Name}<", StringComparison.Ordinal)),
            $"The journal has {string.Join(", ", bodies)}.");
    }

    private static DateTimeOffset Time(int number) => new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).AddHours(number);
}
