using System.Text.Json;
using Ews.ImService.Control.Contract;
using Ews.ImService.Control.Documents;
using Ews.ImService.Control.Rules;

namespace Ews.ImService.Control.Faults;

/// <summary>The kinds of faults: one line each.</summary>
internal static class FaultKinds
{
    /// <summary>Creates the fault of a kind, and names the properties of a fault rule that only some kinds have.</summary>
    private sealed record Reader(Func<FaultRule, DocumentProblems, Fault> Read, params string[] Properties);

    private static readonly Dictionary<FaultKind, Reader> All = new()
    {
        [FaultKind.ServerBusy] = new(ServerBusyFault.Read, "backOffMilliseconds"),
        [FaultKind.ResponseCode] = new(ResponseCodeFault.Read, "responseCode", "messageText"),
        [FaultKind.SoapFault] = new(SoapFault.Read, "responseCode", "messageText"),
        [FaultKind.Http] = new(HttpFault.Read, "status", "headers", "body"),
        [FaultKind.Delay] = new(DelayFault.Read, "milliseconds"),
        [FaultKind.SlowBody] = new(SlowBodyFault.Read, "bytesPerSecond"),
        [FaultKind.Drop] = new((_, _) => new DropFault()),
        [FaultKind.DropAfter] = new((_, _) => new DropAfterFault()),
        [FaultKind.Truncate] = new(TruncateFault.Read, "bytes"),
        [FaultKind.Malformed] = new((_, _) => new MalformedFault()),
    };

    private static readonly HashSet<string> PropertiesOfKinds = [.. All.Values.SelectMany(kind => kind.Properties)];

    /// <summary>Reads the effect of a fault rule and checks the rule.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="problems">The violations, to which those of the rule are added.</param>
    public static Fault Read(FaultRule rule, DocumentProblems problems)
    {
        Check(rule.Id, "id", new NameRuleAttribute(), problems);
        Check(rule.Operation, "operation", new OperationRuleAttribute(), problems);
        Check(rule.Mailbox, "mailbox", new SmtpAddressRuleAttribute(), problems);
        if (problems.IsRejected("$.kind"))
            return new MalformedFault();

        var kind = All[rule.Kind];
        foreach (var property in ContractJson.Default.FaultRule.Properties)
        {
            if (PropertiesOfKinds.Contains(property.Name) && !kind.Properties.Contains(property.Name) && property.Get!(rule) is not null)
                problems.Add($"$.{property.Name}", $"does not apply to the kind {Name(rule.Kind)}");
        }

        var fault = kind.Read(rule, problems);
        if (rule.DelayMilliseconds is not { } delay)
            return fault;
        if (fault is DelayFault)
            problems.Add("$.delayMilliseconds", "does not apply to the kind delay");
        return fault with { Delay = TimeSpan.FromMilliseconds(delay) };
    }

    /// <summary>Adds a violation if a property that a kind requires is missing.</summary>
    public static T Required<T>(T? value, string name, DocumentProblems problems)
        where T : struct
    {
        if (value is null)
            problems.Add($"$.{name}", "is missing");
        return value.GetValueOrDefault();
    }

    private static void Check(string? value, string name, RuleAttribute rule, DocumentProblems problems)
    {
        if (value is not null && !rule.IsValid(value))
            problems.Add($"$.{name}", $"{rule.Rule}, but is '{value}'");
    }

    private static string Name(FaultKind kind) => JsonNamingPolicy.CamelCase.ConvertName(kind.ToString());
}
