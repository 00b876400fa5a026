using System.Globalization;
using System.Text.Json;
using Ews.ImService.Configuration;
using Ews.ImService.Control.Contract;

namespace Ews.ImService.Commands.Journal;

/// <summary>Prints the journal of a realm.</summary>
internal sealed class JournalCommand : ClientCommand<JournalCommand.CommandOptions>
{
    public JournalCommand()
        : base("journal", "Prints the requests that a realm received.")
    {
        Remarks = "With --json, each request is one JSON object on one line.";
        Argument = new CommandArgument("ID", "The id of a request to print as JSON, with headers and bodies.");
        Examples =
        [
            new("ews-im journal --operation AddImGroup --errors true", "Prints the requests for AddImGroup that failed."),
            new("ews-im journal --json --bodies > journal.jsonl", "Writes all requests and responses to a file."),
            new("ews-im journal 1", "Prints the first request with its response."),
        ];
    }

    protected override IEnumerable<Setting> OwnOptions =>
        [.. JournalOptions.Filters, .. JournalOptions.Range, JournalOptions.Bodies];

    protected override CommandOptions Read(SettingValues values, string? argument, ClientOptions client)
    {
        if (argument is not null && !long.TryParse(argument, NumberStyles.None, CultureInfo.InvariantCulture, out _))
            values.Reject($"ID must be the id of a request, but is '{argument}'.");
        var withBodies = JournalOptions.ReadBodies(values, client);
        var query = JournalOptions.ReadQuery(values, [.. JournalOptions.Filters, .. JournalOptions.Range]);
        return new CommandOptions(argument, withBodies ? "&bodies=true" + query : query);
    }

    protected override async Task RunAsync(RunningService service, CommandOptions options)
    {
        if (options.Id is { } id)
        {
            Console.WriteLine((await service.SendAsync(HttpMethod.Get, "journal/" + id)).TrimEnd());
            return;
        }

        var response = await service.SendAsync(HttpMethod.Get, "journal?" + options.Query.TrimStart('&'));
        foreach (var entry in JsonSerializer.Deserialize(response, ContractJson.Default.JournalPage)!.Entries)
            Console.WriteLine(service.Options.AsJson ? JournalLine.Json(entry) : JournalLine.Text(entry));
    }

    /// <summary>The options of the command.</summary>
    /// <param name="Id">The id of the request to print; <c>null</c> for all.</param>
    /// <param name="Query">The parameters of the query.</param>
    internal sealed record CommandOptions(string? Id, string Query);
}
