using System.Text.Json;
using Ews.ImService.Control.Contract;

namespace Ews.ImService.Commands.Journal;

/// <summary>Prints each request once, when it has ended.</summary>
/// <param name="service">The service.</param>
/// <param name="newest">The number of earlier requests that are printed first.</param>
/// <param name="withBodies"><c>true</c> to print headers and bodies.</param>
internal sealed class TailPrinter(RunningService service, int newest, bool withBodies)
{
    private const string NoColor = "NO_COLOR";

    private readonly HashSet<long> _printed = [];
    private readonly bool _hasColors = !Console.IsOutputRedirected && string.IsNullOrEmpty(Environment.GetEnvironmentVariable(NoColor));
    private bool _isFirst = true;

    /// <summary>Prints the entries of an event that have ended and were not printed yet.</summary>
    public async Task PrintAsync(JournalChanges changes)
    {
        if (changes.Reset)
            _printed.Clear();
        _printed.RemoveWhere(id => id < changes.FirstId);
        var ended = changes.Entries.Where(entry => entry.State != JournalState.Arrived && !_printed.Contains(entry.Id)).ToList();
        _printed.UnionWith(ended.Select(entry => entry.Id));
        foreach (var entry in _isFirst ? ended.TakeLast(newest) : ended)
            await PrintAsync(entry);
        if (!_isFirst && changes.Skipped > 0)
            Console.Error.WriteLine($"{changes.Skipped} further requests are not printed; 'ews-im journal' prints them.");
        _isFirst = false;
    }

    private async Task PrintAsync(JournalEntry entry)
    {
        if (service.Options.AsJson)
        {
            Console.WriteLine(JournalLine.Json(withBodies ? await WithBodiesAsync(entry) : entry));
            return;
        }

        if (_hasColors && Color(entry) is { } color)
            Console.ForegroundColor = color;
        Console.WriteLine(JournalLine.Text(entry));
        if (_hasColors)
            Console.ResetColor();
    }

    /// <summary>Reads an entry with headers and bodies. The journal may have evicted the entry since the event.</summary>
    private async Task<JournalEntry> WithBodiesAsync(JournalEntry entry)
    {
        var query = FormattableString.Invariant($"journal?bodies=true&after={entry.Id - 1}&before={entry.Id + 1}");
        var page = JsonSerializer.Deserialize(await service.SendAsync(HttpMethod.Get, query), ContractJson.Default.JournalPage)!;
        return page.Entries is [var complete] ? complete : entry;
    }

    private static ConsoleColor? Color(JournalEntry entry) => entry switch
    {
        { Fault: not null } => ConsoleColor.Yellow,
        { State: JournalState.Failed } or { Status: >= 400 } => ConsoleColor.Red,
        { ResponseCode: not (null or "NoError") } => ConsoleColor.Red,
        _ => null,
    };
}
