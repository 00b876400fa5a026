using System.Collections.Immutable;
using System.Net;
using System.Text.Json;

namespace Ews.ImService.Reliability.Crash;

/// <summary>A client with a realm of its own, which it writes, seeds, resets, restores from snapshots, and deletes.</summary>
/// <param name="name">The name, which is also that of the realm.</param>
/// <param name="random">The random choices.</param>
internal sealed class RealmClient(string name, Random random) : CrashClient(name, realm: name)
{
    private const string Control = "_control/v1/";

    private readonly Dictionary<string, ImmutableSortedDictionary<string, MailboxModel>> _snapshots = [];
    private readonly ImmutableSortedDictionary<string, ImListWrites> _writes = new[] { "one@contoso.com", "two@contoso.com" }
        .ToImmutableSortedDictionary(address => address, address => new ImListWrites(random, address, address[..3] + "-"));

    protected override void OnStarting() => _snapshots.Clear();

    protected override Write Next()
    {
        var address = _writes.Keys.ElementAt(random.Next(_writes.Count));
        var snapshot = "snapshot" + random.Next(2);
        return random.Next(100) switch
        {
            < 7 => Seed(HttpMethod.Post, [address]),
            < 14 => Seed(HttpMethod.Put, [.. _writes.Keys.Where(_ => random.Next(2) == 0)]),
            < 19 => new("reset", HttpMethod.Post, Control + "reset", "", (mailboxes, _) => mailboxes.Clear()),
            < 23 => new(
                "reset of a mailbox", HttpMethod.Post, $"{Control}reset?mailbox={address}", "", (all, _) => all.Remove(address)),
            < 30 => new("snapshot", HttpMethod.Put, $"{Control}snapshots/{snapshot}", "", (mailboxes, _) => mailboxes),
            < 38 when _snapshots.TryGetValue(snapshot, out var restored) =>
                new("restore", HttpMethod.Post, $"{Control}snapshots/{snapshot}/restore", "", (_, _) => restored),
            < 43 when !Mailboxes.IsEmpty =>
                new("deletion of a realm", HttpMethod.Delete, $"{Control}realms/{Name}", "", (mailboxes, _) => mailboxes.Clear()),
            _ => _writes[address].Next(Mailboxes.GetValueOrDefault(address, MailboxModel.Empty)),
        };
    }

    /// <summary>Keeps the model of a snapshot, and reads the ids that the service assigned to the objects of a seed document.</summary>
    protected override async Task<bool> TryCompleteAsync(HttpClient http, Write write)
    {
        if (write.Kind == "snapshot")
            _snapshots[write.Path[(write.Path.LastIndexOf('/') + 1)..]] = Mailboxes;
        if (write.Method == HttpMethod.Delete)
            _snapshots.Clear();
        if (!write.Kind.Contains("seed", StringComparison.Ordinal))
            return true;
        try
        {
            Adopt(await ReadAsync(http));
            return true;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    protected override async Task<ImmutableSortedDictionary<string, MailboxModel>> ReadAsync(HttpClient http)
    {
        var mailboxes = Mailboxes.Clear();
        using var response = await http.GetAsync(new Uri(Control + "mailboxes", UriKind.Relative));
        if (response.StatusCode == HttpStatusCode.NotFound)
            return mailboxes; // A realm without mailboxes is not stored.
        using var json = JsonDocument.Parse(await response.EnsureSuccessStatusCode().Content.ReadAsStringAsync());
        foreach (var mailbox in json.RootElement.GetProperty("mailboxes").EnumerateArray())
        {
            var address = mailbox.GetProperty("smtpAddress").GetString()!;
            if (await ReadMailboxAsync(http, address, prefix: "") is { } model)
                mailboxes = mailboxes.Add(address, model);
        }

        return mailboxes;
    }

    private Write Seed(HttpMethod method, IReadOnlyCollection<string> addresses)
    {
        var added = addresses.ToDictionary(address => address, address => _writes[address].NewMailbox());
        var document = JsonSerializer.Serialize(new { mailboxes = added.Select(it => it.Value.ToSeed(it.Key)) });
        return new(
            method == HttpMethod.Put ? "seed of a realm" : "seed of a mailbox",
            method,
            Control + "seed",
            document,
            (mailboxes, _) => (method == HttpMethod.Put ? mailboxes.Clear() : mailboxes).SetItems(added));
    }
}
