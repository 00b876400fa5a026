using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using Ews.ImService.Control.Seeds;
using Ews.ImService.Mailbox;
using Ews.ImService.Protocol.Observation;

namespace Ews.ImService.Control.Faults;

/// <summary>Makes fault rules of their description in JSON.</summary>
internal static partial class FaultReader
{
    private const string Kinds = "serverBusy, responseCode, soapFault, http, delay, slowBody, drop, dropAfter, truncate or malformed";
    private const int DefaultBackOff = 1000;
    private const int LongestDelay = 24 * 60 * 60 * 1000;

    private static readonly Lazy<ILookup<string, EwsError>> KnownErrors = new(() => typeof(EwsError)
        .GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => field.GetValue(null)).OfType<EwsError>().ToLookup(error => error.CodeName));

    /// <summary>Reads a rule.</summary>
    /// <param name="json">UTF-8.</param>
    /// <param name="newId">Names a rule that has no name.</param>
    /// <exception cref="SeedException">Something is wrong with it.</exception>
    public static FaultRule Read(ReadOnlyMemory<byte> json, Func<string> newId)
    {
        var problems = new List<string>();
        try
        {
            using var document = JsonDocument.Parse(json);
            var node = new SeedNode(document.RootElement, "$", problems);
            var rule = Read(node, document.RootElement.ToString(), newId);
            return problems.Count == 0 ? rule! : throw new SeedException(problems);
        }
        catch (JsonException e)
        {
            throw new SeedException([$"It is no JSON: {e.Message}"]);
        }
    }

    private static FaultRule Read(SeedNode node, string description, Func<string> newId)
    {
        var kind = node.Text("kind");
        var backOff = TimeSpan.FromMilliseconds(kind == "serverBusy" ? Milliseconds(node, "backOffMilliseconds") ?? DefaultBackOff : 0);
        var rule = new FaultRule
        {
            Id = node.OptionalText("id") ?? newId(),
            Operation = node.OptionalText("operation"),
            Mailbox = node.OptionalText("mailbox"),
            Nth = Positive(node, "nth") ?? 1,
            Times = Positive(node, "times"),
            Probability = node.Fraction("probability") ?? 1,
            Seed = (int)((node.Number("seed") ?? 0) % int.MaxValue),
            BackOff = backOff,
            Description = description,
            Fault = ReadFault(node, kind, backOff) with { Delay = TimeSpan.FromMilliseconds((kind == "delay" ? Milliseconds(node, "milliseconds") : Milliseconds(node, "delayMilliseconds")) ?? 0) },
        };
        if (kind == "delay" && rule.Fault.Delay == TimeSpan.Zero)
            node.ProblemOf("milliseconds", "is missing");
        node.End();
        return rule;
    }

    private static InjectedFault ReadFault(SeedNode node, string kind, TimeSpan backOff)
    {
        switch (kind)
        {
            case "serverBusy":
                var milliseconds = ((long)backOff.TotalMilliseconds).ToString(CultureInfo.InvariantCulture);
                return new InjectedFault { Error = EwsError.ServerBusy(milliseconds), IsSoapFault = true };
            case "responseCode":
            case "soapFault":
                return new InjectedFault { Error = ReadError(node), IsSoapFault = kind == "soapFault" };
            case "http":
                return new InjectedFault { Http = ReadHttp(node) };
            case "delay":
                return new InjectedFault();
            case "slowBody":
                return new InjectedFault { Damage = AnswerDamage.Slow, Bytes = Positive(node, "bytesPerSecond") ?? 100 };
            case "drop":
                return new InjectedFault { Damage = AnswerDamage.DroppedBefore };
            case "dropAfter":
                return new InjectedFault { Damage = AnswerDamage.DroppedAfter };
            case "truncate":
                return new InjectedFault { Damage = AnswerDamage.Truncated, Bytes = (int)Math.Min(node.Number("bytes") ?? 100, int.MaxValue) };
            case "malformed":
                return new InjectedFault { Damage = AnswerDamage.Malformed };
            default:
                if (kind.Length > 0)
                    node.ProblemOf("kind", $"is '{kind}'; it has to be {Kinds}");
                return new InjectedFault();
        }
    }

    private static EwsError ReadError(SeedNode node)
    {
        var code = node.Text("responseCode");
        var text = node.OptionalText("messageText");
        if (code.Length > 0 && !CodeName().IsMatch(code))
            node.ProblemOf("responseCode", $"is '{code}'; it has to be the name of an EWS response code such as ErrorItemNotFound");
        var known = KnownErrors.Value[code].FirstOrDefault() ?? EwsError.InternalServerError with { MessageText = "The operation failed." };
        return known with { CodeName = code, MessageText = text ?? known.MessageText };
    }

    private static InjectedHttpAnswer ReadHttp(SeedNode node)
    {
        var status = node.Number("status");
        if (status is not (>= 200 and <= 599))
            node.ProblemOf("status", "has to be an HTTP status from 200 to 599");
        var headers = node.Object("headers")?.Texts().ToDictionary(header => header.Name, header => string.Join(", ", header.Values)) ?? [];
        foreach (var (name, value) in headers)
        {
            if (!HeaderName().IsMatch(name) || value.Any(c => c is < ' ' or > '~'))
                node.ProblemOf("headers", $"has '{name}: {value}', which is no header");
        }

        return new InjectedHttpAnswer((int)(status ?? 500), headers, node.OptionalText("body") ?? string.Empty);
    }

    private static int? Milliseconds(SeedNode node, string name)
    {
        var value = node.Number(name);
        if (value > LongestDelay)
            node.ProblemOf(name, $"has to be at most {LongestDelay}");
        return (int?)Math.Min(value ?? 0, LongestDelay) is { } capped && value is not null ? capped : null;
    }

    private static int? Positive(SeedNode node, string name)
    {
        var value = node.Number(name);
        if (value is 0 or > int.MaxValue)
            node.ProblemOf(name, "has to be a whole number from 1");
        return value is null ? null : (int)Math.Clamp(value.Value, 1, int.MaxValue);
    }

    [GeneratedRegex(@"^Error[A-Za-z0-9]{1,100}\z")]
    private static partial Regex CodeName();

    [GeneratedRegex(@"^[!#$%&'*+.^_`|~0-9A-Za-z-]+\z")]
    private static partial Regex HeaderName();
}
