using System.Text.Json;

namespace Ews.ImService.Reliability.Races;

/// <summary>Races of writes with operations on a realm as a whole.</summary>
internal static class RealmRaces
{
    /// <summary>The name of the group of the start seed, which has one member.</summary>
    public const string SeededGroup = "Seeded";

    private const int Repetitions = 6;
    private const int Clients = RaceRealm.Clients / 4;

    /// <summary>64 first requests of a realm create one mailbox.</summary>
    public static async Task FirstRequestsAsync(RaceRealm realm)
    {
        var responses = await realm.SendTogetherAsync(Enumerable.Range(0, RaceRealm.Clients).Select(number => RaceRequest.Ews(
            IsReader(number) ? Requests.GetImItemList : Requests.AddImGroup($"Group {number}"))));

        RaceRealm.Expect(responses, ("NoError", RaceRealm.Clients));
        var ids = (await realm.ReadListAsync()).Groups.Values.Select(group => group.Id).ToHashSet();
        foreach (var (number, response) in responses.Index())
        {
            var returned = IsReader(number)
                ? ImList.Read(response).Groups.Values.Select(group => group.Id)
                : [response.Id("ExchangeStoreId")];
            RaceRealm.Verify(returned.All(ids.Contains), "A response contains a group of another mailbox.");
        }

        RaceRealm.Verify(ids.Count == 3 + responses.Where((_, number) => !IsReader(number)).Count(), $"The list has {ids.Count} groups.");
        using var json = JsonDocument.Parse((await realm.CallAsync(RaceRequest.Control("GET", "mailboxes"))).Body);
        RaceRealm.Verify(json.RootElement.GetProperty("mailboxes").GetArrayLength() == 1, "The realm does not have exactly one mailbox.");

        static bool IsReader(int number) => number % 4 == 0;
    }

    /// <summary>A reset removes what was written before it, and nothing that was written after it.</summary>
    public static Task ResetWhileWritingAsync(RaceRealm realm) =>
        ReplaceWhileWritingAsync(realm, RaceRequest.Control("POST", "reset"));

    /// <summary>The deletion of a realm removes what was written before it, and nothing that was written after it.</summary>
    public static Task DeleteWhileWritingAsync(RaceRealm realm) =>
        ReplaceWhileWritingAsync(realm, RaceRequest.Control("DELETE", "realms/" + realm.Name));

    /// <summary>Readers see one of two snapshots, never a mixture, while they are restored.</summary>
    public static async Task RestoreWhileReadingAsync(RaceRealm realm)
    {
        var lists = new HashSet<string>();
        foreach (var snapshot in new[] { "one", "two" })
        {
            await realm.CallAsync(RaceRequest.Control("POST", "reset"));
            var group = await realm.AddGroupAsync($"Group of {snapshot}");
            for (var number = 0; number < 5; number++)
                await realm.AddContactAsync($"{snapshot}{number}@contoso.com", group);
            await realm.CallAsync(RaceRequest.Control("PUT", "snapshots/" + snapshot));
            lists.Add((await realm.CallAsync(RaceRequest.Ews(Requests.GetImItemList))).Body);
        }

        var restores = RestoreAsync();
        await Task.WhenAll([restores, .. Enumerable.Range(0, Clients).Select(_ => ReadAsync())]);

        async Task RestoreAsync()
        {
            for (var number = 0; number < 2 * Repetitions; number++)
                await realm.CallAsync(RaceRequest.Control("POST", $"snapshots/{(number % 2 == 0 ? "one" : "two")}/restore"));
        }

        async Task ReadAsync()
        {
            while (!restores.IsCompleted)
            {
                var response = await realm.CallAsync(RaceRequest.Ews(Requests.GetImItemList));
                RaceRealm.Verify(lists.Contains(response.Body), $"A list is that of neither snapshot: {response.Body}");
            }
        }
    }

    /// <summary>A deleted realm contains the start seed when it is next used, also if clients use it in the meantime.</summary>
    public static async Task DeleteSeededWhileUsingAsync(RaceRealm realm)
    {
        var deletions = DeleteAsync();
        await Task.WhenAll([deletions, .. Enumerable.Range(0, Clients).Select(UseAsync)]);
        await VerifySeedAsync();

        async Task DeleteAsync()
        {
            for (var number = 0; number < 2 * Repetitions; number++)
            {
                await RepeatAsync(realm, RaceRequest.Control("DELETE", "realms/" + realm.Name), 1);
                await VerifySeedAsync();
            }
        }

        async Task UseAsync(int client)
        {
            for (var number = 0; !deletions.IsCompleted; number++)
            {
                var operation = number % 2 == 0 ? Requests.GetImItemList : Requests.AddImGroup($"{client}-{number}");
                await realm.CallAsync(RaceRequest.Ews(operation));
            }
        }

        async Task VerifySeedAsync()
        {
            var list = await realm.ReadListAsync();
            RaceRealm.Verify(
                list.Groups.TryGetValue(SeededGroup, out var group) && group.Members.Count == 1,
                $"A list does not contain the start seed, but the groups {string.Join(", ", list.Groups.Keys)}.");
        }
    }

    /// <summary>Removes all content while clients add groups: of the groups of each client, the last ones remain.</summary>
    private static async Task ReplaceWhileWritingAsync(RaceRealm realm, RaceRequest replacement)
    {
        var replacements = RepeatAsync(realm, replacement, Repetitions);
        var writers = Enumerable.Range(0, Clients).Select(WriteAsync).ToList();
        await Task.WhenAll([replacements, .. writers]);
        var last = await realm.AddGroupAsync("Last");

        var list = await realm.ReadListAsync();
        RaceRealm.Verify(list.Groups["Last"].Id == last, "A group that was added after the last removal is missing.");
        foreach (var writer in writers)
        {
            var lost = (await writer).SkipWhile(group => !list.Groups.ContainsKey(group.Name))
                .Where(group => !list.Groups.TryGetValue(group.Name, out var found) || found.Id != group.Id)
                .ToList();
            RaceRealm.Verify(lost.Count == 0, $"The groups {string.Join(", ", lost)} are missing, but earlier ones are present.");
        }

        async Task<List<(string Name, string Id)>> WriteAsync(int client)
        {
            var groups = new List<(string Name, string Id)>();
            while (!replacements.IsCompleted)
            {
                var name = $"{client}-{groups.Count}";
                groups.Add((name, await realm.AddGroupAsync(name)));
            }

            return groups;
        }
    }

    /// <summary>Sends a replacement several times. The realm need not exist.</summary>
    private static async Task RepeatAsync(RaceRealm realm, RaceRequest replacement, int count)
    {
        for (var number = 0; number < count; number++)
        {
            var response = await realm.SendAsync(replacement);
            RaceRealm.Verify(response.Status is 204 or 404, $"{replacement.Path} failed: {response.Status} {response.Body}");
        }
    }
}
