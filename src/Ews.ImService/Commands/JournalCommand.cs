using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Ews.ImService.Configuration;
using Ews.ImService.Control.Contract;
using static System.FormattableString;

namespace Ews.ImService.Commands;

/// <summary>Prints the journal of a running service.</summary>
internal sealed class JournalCommand : Command<JournalCommand.CommandOptions>
{
    private const int WaitMilliseconds = 10 * 60 * 1000;

    private static readonly Setting<string?> Operation = Setting.OptionalText(
        "Client:Operation", "Prints only the requests of an EWS operation.", "name") with
    {
        ShortName = "--operation",
    };

    private static readonly Setting<bool> Follow = Setting.Flag(
        "Client:Follow", "--follow", "Waits for further requests until Ctrl+C.");

    private static readonly Setting<bool> AsJson = Setting.Flag(
        "Client:Json", "--json", "Prints one JSON object per line, with headers and bodies.");

    public JournalCommand()
        : base("journal", "Prints the requests that a running service received.")
    {
        Argument = new CommandArgument("ID", "The id of a request to print as JSON, with headers and bodies.");
    }

    public override IEnumerable<SettingGroup> Options =>
        [new("Options", ClientOptions.Mailbox, Operation, Follow, AsJson), ClientOptions.Group];

    protected override CommandOptions Read(SettingValues values, string? argument)
    {
        if (argument is not null && !long.TryParse(argument, NumberStyles.None, CultureInfo.InvariantCulture, out _))
            values.Reject($"ID must be the id of a request, but is '{argument}'.");
        return new CommandOptions(
            ClientOptions.Read(values),
            argument,
            values.Get(ClientOptions.Mailbox),
            values.Get(Operation),
            values.Get(Follow),
            values.Get(AsJson));
    }

    protected override async Task RunAsync(CommandOptions options)
    {
        using var service = new RunningService(options.Client);
        if (options.Id is { } id)
            Console.WriteLine((await service.SendAsync(HttpMethod.Get, "journal/" + id)).TrimEnd());
        else
            await PrintAsync(service, options);
    }

    private static async Task PrintAsync(RunningService service, CommandOptions options)
    {
        var filter = (options.AsJson ? "&bodies=true" : "") + Filter("mailbox", options.Mailbox) + Filter("operation", options.Operation);
        var printed = new HashSet<long>();
        var singleLine = new ContractJson(new JsonSerializerOptions(ContractJson.Default.Options)
        {
            WriteIndented = false,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // The output is not HTML, and people read the XML in it.
        });
        var path = "journal?" + filter.TrimStart('&');
        do
        {
            if (await service.GetAsync(path, ContractJson.Default.JournalPage) is not { } journal)
                continue;
            foreach (var entry in journal.Entries.Where(entry => !options.Follow || entry.State != JournalState.Arrived))
            {
                if (printed.Add(entry.Id))
                    Console.WriteLine(options.AsJson ? JsonSerializer.Serialize(entry, singleLine.JournalEntry) : Line(entry));
            }

            path = Invariant($"journal/wait?count=0&version={journal.Version}&timeoutMilliseconds={WaitMilliseconds}{filter}");
        }
        while (options.Follow);
    }

    private static string Filter(string name, string? value) => value is null ? "" : $"&{name}={Uri.EscapeDataString(value)}";

    private static string Line(JournalEntry entry)
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
        return entry.EarlyByMilliseconds is { } early ? line + Invariant($", {early} ms too early") : line;
    }

    /// <summary>The options of the command.</summary>
    internal sealed record CommandOptions(ClientOptions Client, string? Id, string? Mailbox, string? Operation, bool Follow, bool AsJson);
}
