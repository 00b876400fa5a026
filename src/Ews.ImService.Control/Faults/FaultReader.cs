using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Ews.ImService.Control.Documents;
using Ews.ImService.Mailbox;
using Ews.ImService.Protocol;
using Ews.ImService.Protocol.Http;
using Ews.ImService.Protocol.Observation;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Ews.ImService.Control.Faults;

/// <summary>Makes fault rules of their description in JSON.</summary>
internal static partial class FaultReader
{
    private const string Kinds = "serverBusy, responseCode, soapFault, http, delay, slowBody, drop, dropAfter, truncate or malformed";
    private const int DefaultBackOff = 1000;
    private const int DefaultBytes = 100;
    private const int LongestDelay = 24 * 60 * 60 * 1000;

    /// <summary>Headers that say where an answer ends, which is not theirs to say here.</summary>
    private static readonly string[] FramingHeaders = [HeaderNames.ContentLength, HeaderNames.TransferEncoding, HeaderNames.Connection, HeaderNames.KeepAlive, HeaderNames.Upgrade];

    /// <summary>Reads a rule.</summary>
    /// <param name="json">UTF-8.</param>
    /// <param name="newId">Names a rule that has no name.</param>
    /// <exception cref="DocumentException">Something is wrong with it.</exception>
    public static FaultRule Read(ReadOnlyMemory<byte> json, Func<string> newId) => DocumentNode.Read(json, (node, problems) =>
    {
        var kind = node.Text("kind");
        var fault = ReadFault(node, kind, out var backOff);
        return new FaultRule
        {
            Operation = ReadOperation(node),
            Mailbox = ReadMailbox(node),
            Nth = Positive(node, "nth") ?? 1,
            Times = Positive(node, "times"),
            Probability = node.Fraction("probability") ?? 1,
            Seed = (int)(node.Number("seed", 0, int.MaxValue) ?? 0),
            BackOff = backOff,
            Description = node.ToJson(),
            Fault = kind == "delay" ? fault : fault with { Delay = Milliseconds(node, "delayMilliseconds", 0) ?? TimeSpan.Zero },
            Id = ReadId(node) ?? (problems.Count == 0 ? newId() : string.Empty),
        };
    });

    private static string? ReadId(DocumentNode node)
    {
        var id = node.OptionalText("id");
        if (id is not null && !RequestRealm.IsValidName(id))
            node.ProblemOf("id", $"is '{id}'; it has to be {RequestRealm.NameRule}");
        return id;
    }

    private static InjectedFault ReadFault(DocumentNode node, string kind, out TimeSpan backOff)
    {
        backOff = TimeSpan.Zero;
        switch (kind)
        {
            case "serverBusy":
                backOff = Milliseconds(node, "backOffMilliseconds", 0) ?? TimeSpan.FromMilliseconds(DefaultBackOff);
                return new InjectedFault { Error = EwsError.ServerBusy(backOff.TotalMilliseconds.ToString(CultureInfo.InvariantCulture)), IsSoapFault = true };
            case "responseCode" or "soapFault":
                return new InjectedFault { Error = ReadError(node), IsSoapFault = kind == "soapFault" };
            case "http":
                return new InjectedFault { Http = ReadHttp(node) };
            case "delay":
                if (!node.Has("milliseconds"))
                    node.ProblemOf("milliseconds", "is missing");
                return new InjectedFault { Delay = Milliseconds(node, "milliseconds", 1) ?? TimeSpan.Zero };
            case "slowBody":
                return new InjectedFault { Damage = ResponseCorruption.Slow, Bytes = Positive(node, "bytesPerSecond") ?? DefaultBytes };
            case "drop":
                return new InjectedFault { Damage = ResponseCorruption.DroppedBefore };
            case "dropAfter":
                return new InjectedFault { Damage = ResponseCorruption.DroppedAfter };
            case "truncate":
                return new InjectedFault { Damage = ResponseCorruption.Truncated, Bytes = (int)(node.Number("bytes", 0, int.MaxValue) ?? DefaultBytes) };
            case "malformed":
                return new InjectedFault { Damage = ResponseCorruption.Malformed };
            default:
                if (kind.Length > 0)
                    node.ProblemOf("kind", $"is '{kind}'; it has to be {Kinds}");
                return new InjectedFault();
        }
    }

    private static string? ReadOperation(DocumentNode node)
    {
        var operation = node.OptionalText("operation");
        if (operation is not null && !EwsNames.IsOperation(operation))
            node.ProblemOf("operation", $"is '{operation}', which is no EWS operation");
        return operation;
    }

    private static string? ReadMailbox(DocumentNode node)
    {
        var mailbox = node.OptionalText("mailbox");
        if (mailbox is not null && !SmtpAddress.IsValid(mailbox))
            node.ProblemOf("mailbox", $"is '{mailbox}', which is no SMTP address");
        return mailbox;
    }

    private static EwsError ReadError(DocumentNode node)
    {
        var code = node.Text("responseCode");
        var text = node.OptionalText("messageText");
        if (code.Length > 0 && !EwsNames.IsErrorCode(code))
            node.ProblemOf("responseCode", $"is '{code}'; it has to be the name of an EWS error such as ErrorItemNotFound");
        var known = EwsError.FindByCode(code) ?? EwsError.InternalServerError with { MessageText = "The operation failed." };
        return known with { Code = code, MessageText = text ?? known.MessageText };
    }

    private static InjectedHttpResponse ReadHttp(DocumentNode node)
    {
        if (!node.Has("status"))
            node.ProblemOf("status", "is missing");
        var status = (int)(node.Number("status", 200, 599) ?? StatusCodes.Status500InternalServerError);
        var headers = (node.Object("headers")?.Texts() ?? []).GroupBy(header => header.Name, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(header => header.Key, header => (IReadOnlyList<string>)header.SelectMany(one => one.Values).ToList());
        foreach (var (name, value) in headers.SelectMany(header => header.Value.Select(value => (header.Key, value))))
        {
            if (!HeaderName().IsMatch(name) || value.Any(c => c is < ' ' or > '~'))
                node.ProblemOf("headers", $"has '{name}: {value}', which is no header");
            else if (FramingHeaders.Contains(name, StringComparer.OrdinalIgnoreCase))
                node.ProblemOf("headers", $"has '{name}', which the web server sets itself");
        }

        var body = node.OptionalText("body") ?? string.Empty;
        if (body.Length > 0 && status is StatusCodes.Status204NoContent or StatusCodes.Status205ResetContent or StatusCodes.Status304NotModified)
            node.ProblemOf("body", $"cannot go with the status {status}");
        return new InjectedHttpResponse(status, headers, Encoding.UTF8.GetBytes(body));
    }

    private static TimeSpan? Milliseconds(DocumentNode node, string name, int least) =>
        node.Number(name, least, LongestDelay) is { } milliseconds ? TimeSpan.FromMilliseconds(milliseconds) : null;

    private static int? Positive(DocumentNode node, string name) => (int?)node.Number(name, 1, int.MaxValue);

    [GeneratedRegex(@"^[!#$%&'*+.^_`|~0-9A-Za-z-]+\z")]
    private static partial Regex HeaderName();
}
