using System.Globalization;
using System.Text;
using Ews.ImService.Configuration;
using Ews.ImService.Control.Contract;

namespace Ews.ImService.Commands.Journal;

/// <summary>The filters of the journal, which are those of the control API.</summary>
internal static class JournalOptions
{
    private const string Prefix = "Client:Journal:";

    /// <summary>The filters.</summary>
    public static readonly IReadOnlyList<Setting> Filters =
    [
        Text("Operation", "--operation", "Only requests for this EWS operation.", "name"),
        Text("OperationContains", "--operation-contains", "Only requests for operations whose names contain this text, in any case."),
        Text("Mailbox", "--mailbox", "Only requests for this mailbox.", "address"),
        Text("ResponseCode", "--response-code", "Only requests with this EWS response code, such as NoError.", "code"),
        Number("Status", "--status", "Only requests with this HTTP status."),
        Boolean("Errors", "--errors", "Only requests without (true) or with (false) a successful response."),
        Choice("State", "--state", "Only requests in this state.", [.. Enum.GetNames<JournalState>().Select(Camel)]),
        Boolean("Early", "--early", "Only requests that arrived (true) or did not arrive (false) before the end of a back-off."),
        Text("Fault", "--fault", "Only requests that triggered the fault rule with this id.", "id"),
        Boolean("Faulted", "--faulted", "Only requests that triggered (true) or did not trigger (false) a fault rule."),
        Text("Contains", "--contains", "Only requests whose bodies contain this text, in any case."),
    ];

    /// <summary>The range of the journal.</summary>
    public static readonly IReadOnlyList<Setting> Range =
    [
        Number("After", "--after", "Only requests with a greater id."),
        Number("Before", "--before", "Only requests with a smaller id."),
        Number("Limit", "--limit", "Only the newest requests, up to this number."),
    ];

    /// <summary>The option that adds headers and bodies.</summary>
    public static readonly Setting<bool> Bodies = Setting.Flag(
        Prefix + "Bodies", "--bodies", "Adds headers and bodies to the output of --json.");

    /// <summary>Reads the option that adds headers and bodies.</summary>
    public static bool ReadBodies(SettingValues values, ClientOptions client)
    {
        if (values.Get(Bodies) && !client.AsJson)
            values.Reject("--bodies requires --json.");
        return values.Get(Bodies);
    }

    /// <summary>Reads filters.</summary>
    /// <returns>The parameters of a query, each with <c>&amp;</c> before it.</returns>
    public static string ReadQuery(SettingValues values, IEnumerable<Setting> filters)
    {
        var query = new StringBuilder();
        foreach (var filter in filters)
        {
            if (filter is Setting<string?> setting && values.Get(setting) is { } text)
                query.Append('&').Append(Camel(filter.Key[Prefix.Length..])).Append('=').Append(Uri.EscapeDataString(text));
        }

        return query.ToString();
    }

    private static Setting<string?> Text(string name, string shortName, string help, string valueName = "text") =>
        Setting.OptionalText(Prefix + name, help, valueName) with { ShortName = shortName };

    private static Setting<string?> Number(string name, string shortName, string help) => Setting.Optional<string>(
        Prefix + name,
        help,
        text => text.Length <= 15 && text.All(char.IsAsciiDigit) ? text : new Violation("an integer from 0 to 999999999999999"),
        "number") with
    {
        ShortName = shortName,
    };

    private static Setting<string?> Boolean(string name, string shortName, string help) => Choice(name, shortName, help, "true", "false");

    private static Setting<string?> Choice(string name, string shortName, string help, params string[] values) =>
        Setting.OptionalChoice(Prefix + name, help, values) with { ShortName = shortName };

    private static string Camel(string name) => char.ToLower(name[0], CultureInfo.InvariantCulture) + name[1..];
}
