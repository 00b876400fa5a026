using System.Text.Json;

namespace Ews.ImService.Testing;

/// <content>Adds conditions to a rule that <see cref="Fault"/> created. Instances are immutable.</content>
public sealed partial record FaultRule
{
    /// <summary>Limits the rule to requests for an operation.</summary>
    /// <param name="operation">The EWS operation, such as <c>AddImGroup</c>.</param>
    /// <returns>The rule with this condition.</returns>
    public FaultRule OnOperation(string operation) => this with { Operation = operation };

    /// <summary>Limits the rule to requests for a mailbox.</summary>
    /// <param name="smtpAddress">The primary SMTP address; case-insensitive.</param>
    /// <returns>The rule with this condition.</returns>
    public FaultRule OnMailbox(string smtpAddress) => this with { Mailbox = smtpAddress };

    /// <summary>Ignores the first matching requests.</summary>
    /// <param name="nth">The number of the first matching request that can trigger the rule; at least 1, the default of a rule.</param>
    /// <returns>The rule with this condition.</returns>
    public FaultRule FromNth(int nth) => this with { Nth = nth };

    /// <summary>Limits the number of requests that trigger the rule.</summary>
    /// <param name="times">The number of requests; at least 1. By default, a rule has no such limit.</param>
    /// <returns>The rule with this condition.</returns>
    public FaultRule AtMost(int times) => this with { Times = times };

    /// <summary>Limits the rule to one request. Equivalent to <c>AtMost(1)</c>.</summary>
    /// <returns>The rule with this condition.</returns>
    public FaultRule Once() => AtMost(1);

    /// <summary>Triggers the rule for a random selection of the matching requests.</summary>
    /// <param name="probability">The probability, from 0 to 1; the default of a rule is 1.</param>
    /// <param name="seed">The seed, 0 (the default) or more. The same seed selects the same requests on each run.</param>
    /// <returns>The rule with this condition.</returns>
    public FaultRule WithProbability(double probability, int seed = 0) => this with { Probability = probability, Seed = seed };

    /// <summary>Delays the injected response.</summary>
    /// <param name="delay">The delay, in whole milliseconds; at most 24 hours. By default, there is no delay.</param>
    /// <returns>The rule with this delay.</returns>
    public FaultRule WithDelay(TimeSpan delay) => this with { DelayMilliseconds = ToMilliseconds(delay) };

    /// <summary>Returns the rule as JSON.</summary>
    /// <returns>The JSON object.</returns>
    public override string ToString() => JsonSerializer.Serialize(this, ContractJson.Default.FaultRule);

    /// <summary>Converts a time to whole milliseconds. The server rejects values that are out of range.</summary>
    internal static int ToMilliseconds(TimeSpan time) => (int)Math.Clamp(time.TotalMilliseconds, int.MinValue, int.MaxValue);
}
