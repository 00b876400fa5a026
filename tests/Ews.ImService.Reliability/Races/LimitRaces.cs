using System.Text.Json;

namespace Ews.ImService.Reliability.Races;

/// <summary>Races for what is counted: the triggers of fault rules, and the limits of a realm.</summary>
internal static class LimitRaces
{
    /// <summary>The number of fault rules and of snapshots that the service allows in a realm.</summary>
    public const int Limit = 10;

    /// <summary>A fault rule is triggered as often as it states.</summary>
    public static async Task FaultTimesAsync(RaceRealm realm)
    {
        var (nth, times) = (realm.Random.Next(1, 20), realm.Random.Next(1, 20));
        var rule = JsonSerializer.Serialize(new { kind = "serverBusy", backOffMilliseconds = 1, operation = "AddImGroup", nth, times });
        await realm.CallAsync(RaceRequest.Control("POST", "faults", rule));

        var responses = await realm.SendTogetherAsync(Enumerable.Range(0, RaceRealm.Clients)
            .Select(number => RaceRequest.Ews(Requests.AddImGroup($"Group {number}"))));

        RaceRealm.Expect(responses, ("ErrorServerBusy", times), ("NoError", RaceRealm.Clients - times));
        using var json = JsonDocument.Parse((await realm.CallAsync(RaceRequest.Control("GET", "faults"))).Body);
        var counted = json.RootElement.GetProperty("faults").EnumerateArray().Single();
        RaceRealm.Verify(counted.GetProperty("triggered").GetInt32() == times, $"The rule was not triggered {times} times: {counted}");
        RaceRealm.Verify(counted.GetProperty("matched").GetInt32() == RaceRealm.Clients, $"The rule missed requests: {counted}");
        var groups = (await realm.ReadListAsync()).Groups.Keys.Count(name => name.StartsWith("Group", StringComparison.Ordinal));
        RaceRealm.Verify(groups == RaceRealm.Clients - times, $"The list has {groups} groups.");
    }

    /// <summary>As many snapshots as allowed are taken.</summary>
    public static async Task SnapshotsAsync(RaceRealm realm)
    {
        var responses = await realm.SendTogetherAsync(Enumerable.Range(0, RaceRealm.Clients)
            .Select(number => RaceRequest.Control("PUT", $"snapshots/{number}")));

        RaceRealm.Expect(responses, ("204", Limit), ("409", RaceRealm.Clients - Limit));
    }

    /// <summary>As many fault rules as allowed are added.</summary>
    public static async Task FaultRulesAsync(RaceRealm realm)
    {
        var responses = await realm.SendTogetherAsync(Enumerable.Range(0, RaceRealm.Clients)
            .Select(_ => RaceRequest.Control("POST", "faults", """{ "kind": "drop", "operation": "GetPersona" }""")));

        RaceRealm.Expect(responses, ("201", Limit), ("409", RaceRealm.Clients - Limit));
    }
}
