using System.Text.Json;
using Ews.ImService.Control.Contract;
using Ews.ImService.Control.Documents;
using Ews.ImService.Control.Rules;

namespace Ews.ImService.Control.Faults;

/// <summary>The kinds of faults: one line each.</summary>
internal static class FaultKinds
{
    private static readonly Dictionary<FaultKind, Reader> All = new()
    {
        [FaultKind.ServerBusy] = new(ServerBusyFault.Read, nameof(FaultRule.BackOffMilliseconds)),
        [FaultKind.ResponseCode] = new(ResponseCodeFault.Read, nameof(FaultRule.ResponseCode), nameof(FaultRule.MessageText)),
        [FaultKind.SoapFault] = new(SoapFaultFault.Read, nameof(FaultRule.ResponseCode), nameof(FaultRule.MessageText)),
        [FaultKind.Http] = new(HttpFault.Read, nameof(FaultRule.Status), nameof(FaultRule.Headers), nameof(FaultRule.Body)),
        [FaultKind.Delay] = new(DelayFault.Read, nameof(FaultRule.Milliseconds)),
        [FaultKind.SlowBody] = new(SlowBodyFault.Read, nameof(FaultRule.BytesPerSecond)),
        [FaultKind.Drop] = new((_, _) => new DropFault()),
        [FaultKind.DropAfter] = new((_, _) => new DropAfterFault()),
        [FaultKind.Truncate] = new(TruncateFault.Read, nameof(FaultRule.Bytes)),
        [FaultKind.Malformed] = new((_, _) => new MalformedFault()),
    };

    private static readonly HashSet<string> PropertiesOfKinds = [.. All.Values.SelectMany(kind => kind.Properties)];

    /// <summary>Reads the effect of a fault rule and checks the rule.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="problems">The violations, to which violations of the rule are added.</param>
    /// <returns>The effect; <c>null</c> if the kind is not valid.</returns>
    public static Fault? Read(FaultRule rule, DocumentProblems problems)
    {
        Check(rule.Id, "id", new NameRuleAttribute(), problems);
        Check(rule.Operation, "operation", new OperationRuleAttribute(), problems);
        Check(rule.Mailbox, "mailbox", new SmtpAddressRuleAttribute(), problems);
        if (problems.IsRejected("$.kind"))
            return null;

        var kind = All[rule.Kind];
        foreach (var property in ContractJson.Default.FaultRule.Properties.Where(property => property.Get!(rule) is not null))
        {
            if (PropertiesOfKinds.Contains(property.Name) && !kind.Properties.Contains(property.Name))
                problems.Add($"$.{property.Name}", $"does not apply to the kind {JsonName(rule.Kind.ToString())}");
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

    private static string JsonName(string name) => JsonNamingPolicy.CamelCase.ConvertName(name);

    /// <summary>Creates the fault of a kind, and names the properties of a fault rule that only some kinds have.</summary>
    private sealed class Reader(Func<FaultRule, DocumentProblems, Fault> read, params string[] properties)
    {
        public Func<FaultRule, DocumentProblems, Fault> Read => read;

        public IReadOnlyList<string> Properties { get; } = [.. properties.Select(JsonName)];
    }
}
