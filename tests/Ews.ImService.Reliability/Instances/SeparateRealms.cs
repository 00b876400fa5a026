using System.Globalization;
using System.Text.Json;
using Ews.ImService.Reliability.Races;

namespace Ews.ImService.Reliability.Instances;

/// <summary>Uses many realms in parallel, and verifies at each instance that a realm has its own content, clock, fault and journal.</summary>
internal static class SeparateRealms
{
    /// <summary>Uses realms in parallel, and deletes them.</summary>
    /// <exception cref="RunException">A realm contains something else.</exception>
    public static Task VerifyAsync(InstanceGroup group, int count, int seed) => Task.WhenAll(Enumerable.Range(0, count)
        .Select(number => Task.Run(() => VerifyAsync(group, number, new Random(unchecked((seed * 31) + number))))));

    private static async Task VerifyAsync(InstanceGroup group, int number, Random random)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"realm-{number}");
        var realm = new RaceRealm(group.Port, name, random);
        try
        {
            await UseAsync(realm, number);
            foreach (var instance in group.Instances)
                await VerifyAsync(new RaceRealm(instance.Port, name, random), number);
            await realm.CallAsync(RaceRequest.Control("DELETE", "realms/" + name));
            foreach (var instance in group.Instances)
            {
                var response = await new RaceRealm(instance.Port, name, random).SendAsync(RaceRequest.Control("GET", "mailboxes"));
                RaceRealm.Verify(response.Status == 404, $"The realm exists after its deletion: {response.Status} {response.Body}");
            }
        }
        catch (RunException e)
        {
            throw new RunException($"{name}: {e.Message}");
        }
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
