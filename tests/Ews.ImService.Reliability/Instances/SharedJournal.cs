using System.Text.Json;
using Ews.ImService.Reliability.Races;

namespace Ews.ImService.Reliability.Instances;

/// <summary>Verifies that each instance returns the journal of all of them: every request once, with its complete response.</summary>
internal static class SharedJournal
{
    /// <summary>Sends volleys of requests through the load balancer, and reads the journal at each instance.</summary>
    /// <returns>The number of entries.</returns>
    /// <exception cref="RunException">An entry is missing, incomplete, or present twice.</exception>
    public static async Task<int> VerifyAsync(InstanceGroup group, string realm, int volleys, Random random)
    {
        var balancer = new RaceRealm(group.Port, realm, random);
        var responses = new Dictionary<string, string>();
        for (var volley = 0; volley < volleys; volley++)
        {
            string[] names = [.. Enumerable.Range(volley * RaceRealm.Clients, RaceRealm.Clients).Select(number => $"Group {number};")];
            var received = await balancer.SendTogetherAsync(names.Select(name => RaceRequest.Ews(Requests.AddImGroup(name))));
            RaceRealm.Expect(received, ("NoError", RaceRealm.Clients));
            foreach (var (name, response) in names.Zip(received))
                responses.Add(name, response.Body);
            foreach (var instance in group.Instances)
                await VerifyAsync(new RaceRealm(instance.Port, realm, random), responses);
        }

        return responses.Count;
    }

    private static async Task VerifyAsync(RaceRealm instance, Dictionary<string, string> responses)
    {
        using var json = JsonDocument.Parse((await instance.CallAsync(RaceRequest.Control("GET", "journal?bodies=true"))).Body);
        var entries = json.RootElement.GetProperty("entries").EnumerateArray().ToList();
        var ids = entries.Select(entry => entry.GetProperty("id").GetInt32());
        RaceRealm.Verify(
            ids.SequenceEqual(Enumerable.Range(1, responses.Count)),
            $"After {responses.Count} requests, the journal has the ids {string.Join(", ", ids)}.");
        var missing = responses.Keys.ToHashSet();
        foreach (var entry in entries)
        {
            var request = entry.GetProperty("request").GetProperty("body").GetString()!;
            var name = Between(request, "<m:DisplayName>", "</m:DisplayName>");
            RaceRealm.Verify(missing.Remove(name), $"A request is in the journal twice: {entry}");
            RaceRealm.Verify(entry.GetProperty("state").GetString() == "answered", $"An entry is not complete: {entry}");
            var response = entry.GetProperty("response").GetProperty("body").GetString();
            RaceRealm.Verify(response == responses[name], $"The journal has another response than the client received: {entry}");
        }
    }

    private static string Between(string text, string start, string end)
    {
        var first = text.IndexOf(start, StringComparison.Ordinal) + start.Length;
        return text[first..text.IndexOf(end, first, StringComparison.Ordinal)];
    }
}
