using System.Globalization;
using System.Text.Json;
using Ews.ImService.Configuration;
using Ews.ImService.Control.Contract;

namespace Ews.ImService.Commands.Faults;

/// <summary>The options of <c>faults add</c>: the properties of a fault rule of the control API.</summary>
internal static class FaultOptions
{
    private static readonly Setting<string?> Id = Text("Id", "The id of the rule; a rule with the same id is replaced.", "name") with
    {
        DefaultText = "a new id",
    };

    private static readonly Setting<string?> Operation = Text("Operation", "Only requests for this EWS operation.", "name");
    private static readonly Setting<string?> Mailbox = Text("Mailbox", "Only requests for this mailbox.", "address");
    private static readonly Setting<int?> Nth = Number("Nth", "From this matching request on, counted from 1.");
    private static readonly Setting<int?> Times = Number("Times", "The number of requests to which the rule is applied.", "unlimited");

    private static readonly Setting<double?> Probability = Option<double?>(
        "Probability", "The probability with which the rule is applied, from 0 to 1.", ParseProbability, "number", "1");

    private static readonly Setting<int?> Seed = Number("Seed", "The seed of the random numbers of --probability.", "0");
    private static readonly Setting<int?> Delay = Number("DelayMilliseconds", "An additional delay of the response; not with delay.");
    private static readonly Setting<int?> BackOff = Number("BackOffMilliseconds", "The back-off that serverBusy requests.", "1000");

    private static readonly Setting<string?> ResponseCode =
        Text("ResponseCode", "The EWS response code of responseCode and soapFault, such as ErrorItemNotFound.", "code");

    private static readonly Setting<string?> MessageText =
        Text("MessageText", "The message text of responseCode and soapFault.") with { DefaultText = "the text of Exchange" };

    private static readonly Setting<int?> Status = Number("Status", "The HTTP status of http.");

    private static readonly Setting<(string Name, string Value)> Header = new(
        "Client:Fault:Headers:N", ("", ""), "A header of http, such as 'Retry-After: 5'. The option can be repeated.", ParseHeader)
    {
        ShortName = "--header",
        ValueName = "header",
        DefaultText = "",
    };

    private static readonly Setting<string?> Body = Text("Body", "The body of http.");
    private static readonly Setting<int?> Milliseconds = Number("Milliseconds", "The delay of delay.");
    private static readonly Setting<int?> BytesPerSecond = Number("BytesPerSecond", "The rate of slowBody.", "100");
    private static readonly Setting<int?> Bytes = Number("Bytes", "The number of bytes that truncate sends.", "100");

    /// <summary>The options: conditions, then the parameters of kinds.</summary>
    public static readonly IReadOnlyList<Setting> All =
    [
        Operation, Mailbox, Nth, Times, Probability, Seed, Delay, Id,
        BackOff, ResponseCode, MessageText, Status, Header, Body, Milliseconds, BytesPerSecond, Bytes,
    ];

    /// <summary>Reads the options.</summary>
    public static FaultRule Read(SettingValues values, FaultKind kind) => new()
    {
        Kind = kind,
        Id = values.Get(Id),
        Operation = values.Get(Operation),
        Mailbox = values.Get(Mailbox),
        Nth = values.Get(Nth),
        Times = values.Get(Times),
        Probability = values.Get(Probability),
        Seed = values.Get(Seed),
        DelayMilliseconds = values.Get(Delay),
        BackOffMilliseconds = values.Get(BackOff),
        ResponseCode = values.Get(ResponseCode),
        MessageText = values.Get(MessageText),
        Status = values.Get(Status),
        Headers = ReadHeaders(values.GetList(Header)),
        Body = values.Get(Body),
        Milliseconds = values.Get(Milliseconds),
        BytesPerSecond = values.Get(BytesPerSecond),
        Bytes = values.Get(Bytes),
    };

    /// <summary>Returns the name of an option from that of the property in JSON.</summary>
    public static string NameOf(string property) =>
        property == "headers" ? Header.ShortName! : "--" + JsonNamingPolicy.KebabCaseLower.ConvertName(property);

    private static Dictionary<string, IReadOnlyList<string>?>? ReadHeaders(IReadOnlyList<(string Name, string Value)> headers)
    {
        if (headers.Count == 0)
            return null;
        return headers.GroupBy(header => header.Name, header => header.Value, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(group => group.Key, IReadOnlyList<string>? (group) => [.. group]);
    }

    private static Setting<string?> Text(string property, string help, string valueName = "text") =>
        Option<string?>(property, help, text => text, valueName, "");

    private static Setting<int?> Number(string property, string help, string defaultText = "") =>
        Option<int?>(property, help, ParseNumber, "number", defaultText);

    private static Setting<T?> Option<T>(
        string property, string help, Func<string, Parsed<T?>> parse, string valueName, string defaultText) =>
        Setting.Optional("Client:Fault:" + property, help, parse, valueName) with
        {
            ShortName = "--" + JsonNamingPolicy.KebabCaseLower.ConvertName(property),
            DefaultText = defaultText,
        };

    private static Parsed<int?> ParseNumber(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : new Violation($"an integer from 0 to {int.MaxValue}");

    private static Parsed<double?> ParseProbability(string text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number <= 1
            ? number
            : new Violation("a number from 0 to 1");

    private static Parsed<(string Name, string Value)> ParseHeader(string text) =>
        text.Split(':', 2, StringSplitOptions.TrimEntries) is [{ Length: > 0 } name, var value]
            ? (name, value)
            : new Violation("a name and a value such as 'Retry-After: 5'");
}
