using Ews.ImService.Reliability.Races;

namespace Ews.ImService.Reliability.Instances;

/// <summary>Clients of one mailbox, each of which writes at one instance and reads the list at another after every write.</summary>
/// <param name="group">The instances.</param>
/// <param name="seed">The number from which all random choices derive.</param>
internal sealed class ReadElsewhere(InstanceGroup group, int seed)
{
    private const string Realm = "read-elsewhere";
    private const int MaxGroups = 3;

    /// <summary>Writes and reads with all clients.</summary>
    /// <param name="writes">The number of writes of each client.</param>
    /// <returns>The number of lists that were read.</returns>
    /// <exception cref="RunException">A list does not contain exactly the groups that a client has added.</exception>
    public async Task<int> RunAsync(int writes)
    {
        await Task.WhenAll(Enumerable.Range(0, RaceRealm.Clients).Select(client => Task.Run(() => RunAsync(client, writes))));
        return RaceRealm.Clients * writes;
    }

    private async Task RunAsync(int client, int writes)
    {
        var random = new Random(unchecked((seed * 31) + client));
        RaceRealm[] instances = [.. group.Instances.Select(instance => new RaceRealm(instance.Port, Realm, random))];
        var prefix = $"{client}-";
        var groups = new Dictionary<string, string>();
        for (var number = 0; number < writes; number++)
        {
            var writer = random.Next(instances.Length);
            await WriteAsync(instances[writer], groups, $"{prefix}{number}");
            var reader = instances[(writer + random.Next(1, instances.Length)) % instances.Length];
            var found = (await reader.ReadListAsync()).Groups.Where(it => it.Key.StartsWith(prefix, StringComparison.Ordinal));
            var expected = Describe(groups.Select(it => (it.Key, it.Value)));
            var actual = Describe(found.Select(it => (it.Key, it.Value.Id)));
            RaceRealm.Verify(actual == expected, $"After a write at another instance, a list has {actual} instead of {expected}.");
        }
    }

    /// <summary>Adds, renames or removes a group.</summary>
    private static async Task WriteAsync(RaceRealm instance, Dictionary<string, string> groups, string name)
    {
        var old = groups.Keys.FirstOrDefault();
        if (old is null || groups.Count < MaxGroups && instance.Random.Next(2) == 0)
        {
            groups[name] = await instance.AddGroupAsync(name);
            return;
        }

        groups.Remove(old, out var id);
        if (instance.Random.Next(2) == 0)
        {
            await instance.CallAsync(RaceRequest.Ews(Requests.RemoveImGroup(id!)));
            return;
        }

        await instance.CallAsync(RaceRequest.Ews(Requests.SetImGroup(id!, name)));
        groups[name] = id!;
    }

    private static string Describe(IEnumerable<(string Name, string Id)> groups) =>
        string.Join(", ", groups.OrderBy(it => it.Name, StringComparer.Ordinal).Select(it => $"'{it.Name}' {it.Id}"));
}
