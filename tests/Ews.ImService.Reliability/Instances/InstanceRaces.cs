using Ews.ImService.Reliability.Races;

namespace Ews.ImService.Reliability.Instances;

/// <summary>Races for limits that concern several instances more than one.</summary>
internal static class InstanceRaces
{
    /// <summary>The races. A new race is one line here.</summary>
    public static readonly IReadOnlyList<(string Name, Func<RaceRealm, Task> RunAsync)> All =
    [
        ("contact-limit", ContactLimitAsync),
        ("fault-once", FaultOnceAsync),
    ];

    /// <summary>As many contacts as allowed are added.</summary>
    private static async Task ContactLimitAsync(RaceRealm realm)
    {
        const int Free = 10;
        var mailbox = Mailboxes.WithContacts(Mailboxes.Default, InstanceGroup.MaxContacts - Free);
        await realm.CallAsync(RaceRequest.Control("POST", "seed", Mailboxes.Seed([mailbox])));

        var responses = await realm.SendTogetherAsync(Enumerable.Range(0, RaceRealm.Clients)
            .Select(number => RaceRequest.Ews(Requests.AddNewImContact($"new{number}@contoso.com"))));

        RaceRealm.Expect(responses, ("NoError", Free), ("ErrorImContactLimitReached", RaceRealm.Clients - Free));
        var list = await realm.ReadListAsync();
        var added = responses.Where(response => response.Succeeded).Select(response => response.Id("SourceId"));
        RaceRealm.Verify(list.Contacts.Count == InstanceGroup.MaxContacts, $"The list has {list.Contacts.Count} contacts.");
        RaceRealm.Verify(added.All(list.Contacts.Contains), "A contact that was added is missing.");
    }

    /// <summary>A fault rule with times 1 is triggered once by all instances together.</summary>
    private static async Task FaultOnceAsync(RaceRealm realm)
    {
        await realm.CallAsync(RaceRequest.Control("POST", "faults", """{ "kind": "serverBusy", "backOffMilliseconds": 1, "times": 1 }"""));

        var responses = await realm.SendTogetherAsync(Enumerable.Range(0, RaceRealm.Clients)
            .Select(number => RaceRequest.Ews(number % 2 == 0 ? Requests.GetImItemList : Requests.AddImGroup($"Group {number}"))));

        RaceRealm.Expect(responses, ("ErrorServerBusy", 1), ("NoError", RaceRealm.Clients - 1));
    }
}
