using System.Globalization;
using System.Text.Json;
using Ews.ImService.Settings;

namespace Ews.ImService.Commands;

/// <summary>Shows what a running service was asked.</summary>
internal static class JournalCommand
{
    private const int LongestWait = 10 * 60 * 1000;

    /// <summary>Writes it.</summary>
    /// <param name="settings">Which requests.</param>
    /// <param name="id">The only one to write, whole; null for all.</param>
    /// <param name="output">Where to.</param>
    /// <exception cref="SettingsException">It is asked for what does not go together.</exception>
    /// <exception cref="StartException">The service cannot be reached, or refuses.</exception>
    public static void Run(ClientSettings settings, string? id, TextWriter output)
    {
        using var service = new RunningService(settings);
        if (id is not null)
        {
            if (!long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out _))
                throw new SettingsException([$"'{id}' is no number of a request."]);
            output.WriteLine(service.Call(HttpMethod.Get, "journal/" + Uri.EscapeDataString(id)).TrimEnd());
            return;
        }

        var filter = (settings.Json ? "&bodies=true" : "") + Filter("mailbox", settings.Mailbox) + Filter("operation", settings.Operation);
        var written = new HashSet<long>();
        long version = -1;
        do
        {
            var path = version < 0 ? "journal?" + filter.TrimStart('&') : $"journal/wait?count=0&version={version.ToString(CultureInfo.InvariantCulture)}&timeoutMilliseconds={LongestWait}{filter}";
            var text = version < 0 ? service.Call(HttpMethod.Get, path) : service.Wait(path);
            if (text is null)
                continue;
            using var journal = JsonDocument.Parse(text);
            version = journal.RootElement.GetProperty("version").GetInt64();
            foreach (var entry in journal.RootElement.GetProperty("entries").EnumerateArray())
                Write(entry, settings, written, output);
        }
        while (settings.Follow);
    }

    private static string Filter(string name, string? value) => value is null ? "" : $"&{name}={Uri.EscapeDataString(value)}";

    /// <summary>Once each; who follows sees a request when it is answered.</summary>
    private static void Write(JsonElement entry, ClientSettings settings, HashSet<long> written, TextWriter output)
    {
        var state = entry.GetProperty("state").GetString()!;
        if ((settings.Follow && state == "arrived") || !written.Add(entry.GetProperty("id").GetInt64()))
            return;
        output.WriteLine(settings.Json ? JsonSerializer.Serialize(entry) : Line(entry, state));
        output.Flush();
    }

    private static string Line(JsonElement entry, string state)
    {
        var time = entry.GetProperty("time").GetDateTimeOffset();
        var what = Text(entry, "operation") ?? $"{Text(entry, "method")} {Text(entry, "path")}";
        var result = state == "answered" ? Text(entry, "responseCode") ?? $"HTTP {Text(entry, "status")}" : state;
        var line = string.Create(CultureInfo.InvariantCulture, $"{time:HH:mm:ss.fff} #{Text(entry, "id")} {what} for {Text(entry, "mailbox") ?? "-"}: {result}");
        if (Text(entry, "milliseconds") is { } milliseconds)
            line += $" in {milliseconds} ms";
        if (Text(entry, "fault") is { } fault)
            line += $", fault {fault}";
        return Text(entry, "earlyByMilliseconds") is { } early ? $"{line}, {early} ms too early" : line;
    }

    private static string? Text(JsonElement entry, string name) => entry.GetProperty(name) is { ValueKind: not JsonValueKind.Null } value ? value.ToString() : null;
}
