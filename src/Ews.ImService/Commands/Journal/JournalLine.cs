using System.Text.Encodings.Web;
using System.Text.Json;
using Ews.ImService.Control.Contract;
using Ews.ImService.Logging;
using static System.FormattableString;

namespace Ews.ImService.Commands.Journal;

/// <summary>Formats a journal entry in one line.</summary>
internal static class JournalLine
{
    private static readonly ContractJson SingleLine = new(new JsonSerializerOptions(ContractJson.Default.Options)
    {
        WriteIndented = false,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // The output is not HTML, and people read the XML in it.
    });

    /// <summary>Returns the entry as JSON.</summary>
    public static string Json(JournalEntry entry) => JsonSerializer.Serialize(entry, SingleLine.JournalEntry);

    /// <summary>Returns the entry as text for people.</summary>
    public static string Text(JournalEntry entry)
    {
        var request = entry.Operation ?? $"{entry.Method} {entry.Path}";
        var result = entry.State switch
        {
            JournalState.Answered => entry.ResponseCode ?? $"HTTP {entry.Status}",
            var state => state.ToString().ToLowerInvariant(),
        };
        var line = Invariant($"{entry.Time:HH:mm:ss.fff} #{entry.Id} {request} for {entry.Mailbox ?? "-"}: {result}");
        if (entry.Milliseconds is { } milliseconds)
            line += Invariant($" in {milliseconds} ms");
        if (entry.Fault is { } fault)
            line += $", fault {fault}";
        if (entry.EarlyByMilliseconds is { } early)
            line += Invariant($", {early} ms too early");
        return LogValue.Escape(line);
    }
}
