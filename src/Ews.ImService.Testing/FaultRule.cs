using System.Numerics;
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
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="nth"/> is less than 1.</exception>
    public FaultRule FromNth(int nth) => this with { Nth = InRange(nth, 1, int.MaxValue, nameof(nth)) };

    /// <summary>Limits the number of requests that trigger the rule.</summary>
    /// <param name="times">The number of requests; at least 1. By default, a rule has no such limit.</param>
    /// <returns>The rule with this condition.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="times"/> is less than 1.</exception>
    public FaultRule AtMost(int times) => this with { Times = InRange(times, 1, int.MaxValue, nameof(times)) };

    /// <summary>Limits the rule to one request. Equivalent to <c>AtMost(1)</c>.</summary>
    /// <returns>The rule with this condition.</returns>
    public FaultRule Once() => AtMost(1);

    /// <summary>Triggers the rule for a random selection of the matching requests.</summary>
    /// <param name="probability">The probability, from 0 to 1; the default of a rule is 1.</param>
    /// <param name="seed">The seed, 0 (the default) or more. The same seed selects the same requests on each run.</param>
    /// <returns>The rule with this condition.</returns>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="probability"/> is not a number from 0 to 1, or <paramref name="seed"/> is negative.
    /// </exception>
    public FaultRule WithProbability(double probability, int seed = 0) => this with
    {
        Probability = InRange(probability, 0, 1, nameof(probability)),
        Seed = InRange(seed, 0, int.MaxValue, nameof(seed)),
    };

    /// <summary>Delays the injected response.</summary>
    /// <param name="delay">The delay, in whole milliseconds; at most 24 hours. By default, there is no delay.</param>
    /// <returns>The rule with this delay.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="delay"/> is negative or more than 24 hours.</exception>
    public FaultRule WithDelay(TimeSpan delay) => this with { DelayMilliseconds = ToMilliseconds(delay, 0, nameof(delay)) };

    /// <summary>Returns the rule as JSON.</summary>
    /// <returns>The JSON object.</returns>
    public override string ToString() => JsonSerializer.Serialize(this, ContractJson.Default.FaultRule);

    /// <summary>Converts a time to whole milliseconds.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The time is shorter than the minimum, or longer than 24 hours.</exception>
    internal static int ToMilliseconds(TimeSpan time, int minimum, string name) => time.TotalMilliseconds is var milliseconds
        && milliseconds >= minimum
        && milliseconds <= MaxDelay
            ? (int)milliseconds
            : throw new ArgumentOutOfRangeException(name, time, $"The time must be from {minimum} ms to 24 hours.");

    /// <summary>Returns a value of an argument if it is in a range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not in the range.</exception>
    internal static T InRange<T>(T value, T minimum, T maximum, string name)
        where T : INumber<T> => value >= minimum && value <= maximum
            ? value
            : throw new ArgumentOutOfRangeException(name, value, $"The value must be from {minimum} to {maximum}.");
}
