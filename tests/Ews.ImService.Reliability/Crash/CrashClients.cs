using System.Collections.Concurrent;
using System.Globalization;

namespace Ews.ImService.Reliability.Crash;

/// <summary>32 clients: 24 that share eight mailboxes of the default realm, and 8 with realms of their own.</summary>
internal sealed class CrashClients
{
    private const int SharedClients = 24;
    private const int SharedMailboxes = 8;
    private const int RealmClients = 8;

    private readonly List<CrashClient> _clients = [];
    private int _verifications;
    private int _roundsInFlight;
    private int _present;
    private int _absent;

    /// <param name="seed">The number from which all random choices derive.</param>
    /// <param name="nextReader">The instances at which each acknowledged write is verified at once; by default none.</param>
    public CrashClients(int seed, Func<Uri>? nextReader = null)
    {
        var ids = new ConcurrentDictionary<string, string>();
        for (var number = 0; number < SharedClients; number++)
            _clients.Add(new SharedMailboxClient(Name("client", number), Address(number), NewRandom(), ids));
        for (var number = 0; number < RealmClients; number++)
            _clients.Add(new RealmClient(Name("realm", number), NewRandom()));

        foreach (var client in _clients)
            client.NextReader = nextReader;

        Random NewRandom() => new(unchecked((seed * 31) + _clients.Count));
        static string Address(int number) => Name("shared", number % SharedMailboxes) + "@contoso.com";
        static string Name(string kind, int number) => string.Create(CultureInfo.InvariantCulture, $"{kind}{number:00}");
    }

    /// <summary>Gets the number of acknowledged writes.</summary>
    public int Acknowledged => _clients.Sum(client => client.Acknowledged);

    /// <summary>Gets the number of writes that the service rejected because of a full disk.</summary>
    public int Rejected => _clients.Sum(client => client.Rejected);

    /// <summary>Writes with all clients until the service is killed.</summary>
    public Task WriteAsync(Uri url, ServiceCondition condition, CancellationToken stop = default) =>
        Task.WhenAll(_clients.Select(client => Task.Run(() => client.WriteAsync(url, condition, stop), CancellationToken.None)));

    /// <summary>Verifies all mailboxes.</summary>
    public async Task VerifyAsync(Uri url)
    {
        var before = _present;
        foreach (var client in _clients)
        {
            var pending = await client.VerifyAsync(url);
            if (pending is null)
                continue;
            if (pending.IsPresent)
                _present++;
            else
                _absent++;
        }

        _verifications++;
        if (_present > before)
            _roundsInFlight++;
    }

    /// <summary>Adds the figures of the clients to the results.</summary>
    public void AddFigures(RunContext context)
    {
        context.Add("acknowledged writes, all present after the next start", Acknowledged);
        context.Add("kinds of acknowledged writes", _clients.SelectMany(client => client.Kinds).Distinct().Count());
        context.Add("writes in flight at a kill that were present as a whole", _present);
        context.Add("writes in flight at a kill that were absent as a whole", _absent);
        context.Add("kills that hit a commit in flight", _roundsInFlight);
        context.Add("complete comparisons of all mailboxes with the model", _verifications);
    }
}
