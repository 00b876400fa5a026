using System.Text.Json.Nodes;

namespace Ews.ImService.Testing;

/// <summary>Describes a fault rule: what the server injects, and into which requests. Instances are immutable.</summary>
/// <remarks>
/// Without further conditions, a rule applies to every request. The first rule that matches a request is triggered;
/// see <see cref="EwsImFaults"/>.
/// </remarks>
public sealed class Fault
{
    private readonly JsonObject _rule;

    private Fault(JsonObject rule) => _rule = rule;

    /// <summary>Rejects the request with the SOAP fault ErrorServerBusy and its value BackOffMilliseconds.</summary>
    /// <param name="backOff">The time that the client must wait, in whole milliseconds; at most 24 hours.</param>
    /// <returns>The fault rule.</returns>
    /// <remarks>
    /// A request for the same mailbox before that time is over has <see cref="ReceivedRequest.EarlyByMilliseconds"/> in the journal.
    /// </remarks>
    public static Fault ServerBusy(TimeSpan backOff) => Create("serverBusy", ("backOffMilliseconds", Milliseconds(backOff)));

    /// <summary>Returns the error response of the operation, without executing it.</summary>
    /// <param name="responseCode">The EWS response code, such as <c>ErrorItemNotFound</c>.</param>
    /// <param name="messageText">The message text; <see langword="null"/> (the default) for the text that Exchange uses.</param>
    /// <returns>The fault rule.</returns>
    public static Fault ResponseCode(string responseCode, string? messageText = null)
    {
        ArgumentNullException.ThrowIfNull(responseCode);
        return Create("responseCode", ("responseCode", responseCode), ("messageText", messageText));
    }

    /// <summary>Returns a SOAP fault with HTTP status 500, without executing the operation.</summary>
    /// <param name="responseCode">The EWS response code, such as <c>ErrorInternalServerError</c>.</param>
    /// <param name="messageText">The message text; <see langword="null"/> (the default) for the text that Exchange uses.</param>
    /// <returns>The fault rule.</returns>
    public static Fault SoapFault(string responseCode, string? messageText = null)
    {
        ArgumentNullException.ThrowIfNull(responseCode);
        return Create("soapFault", ("responseCode", responseCode), ("messageText", messageText));
    }

    /// <summary>Returns an HTTP response that is not an EWS response, without executing the operation.</summary>
    /// <param name="status">The HTTP status, 200 to 599, such as 401, 302 or 503.</param>
    /// <param name="body">The body as plain text; the default is an empty body.</param>
    /// <param name="headers">The headers, such as Location or Retry-After; the default is none. A name can occur more than once.</param>
    /// <returns>The fault rule.</returns>
    public static Fault Http(int status, string body = "", IEnumerable<KeyValuePair<string, string>>? headers = null)
    {
        ArgumentNullException.ThrowIfNull(body);
        var values = new JsonObject();
        foreach (var header in (headers ?? []).GroupBy(header => header.Key, header => header.Value))
            values[header.Key] = new JsonArray([.. header]);
        return Create("http", ("status", status), ("body", body), ("headers", values));
    }

    /// <summary>Executes the operation and delays its response.</summary>
    /// <param name="delay">The delay, in whole milliseconds; from 1 millisecond to 24 hours.</param>
    /// <returns>The fault rule.</returns>
    /// <remarks>To delay an injected response, use <see cref="WithDelay"/>.</remarks>
    public static Fault Delay(TimeSpan delay) => Create("delay", ("milliseconds", Milliseconds(delay)));

    /// <summary>Executes the operation and limits the rate of its response body.</summary>
    /// <param name="bytesPerSecond">The rate, in bytes per second; at least 1.</param>
    /// <returns>The fault rule.</returns>
    public static Fault SlowBody(int bytesPerSecond) => Create("slowBody", ("bytesPerSecond", bytesPerSecond));

    /// <summary>Closes the connection without executing the operation.</summary>
    /// <returns>The fault rule.</returns>
    public static Fault Drop() => Create("drop");

    /// <summary>Executes the operation and closes the connection without a response.</summary>
    /// <returns>The fault rule.</returns>
    public static Fault DropAfter() => Create("dropAfter");

    /// <summary>Executes the operation and closes the connection within the response body.</summary>
    /// <param name="bytes">The number of bytes of the body to send; the default is 100.</param>
    /// <returns>The fault rule.</returns>
    public static Fault Truncate(int bytes = 100) => Create("truncate", ("bytes", bytes));

    /// <summary>Executes the operation and returns a complete response whose body is not well-formed XML.</summary>
    /// <returns>The fault rule.</returns>
    public static Fault Malformed() => Create("malformed");

    /// <summary>Limits the rule to requests for an operation.</summary>
    /// <param name="operation">The EWS operation, such as <c>AddImGroup</c>.</param>
    /// <returns>The fault rule with this condition.</returns>
    public Fault OnOperation(string operation) => With("operation", operation);

    /// <summary>Limits the rule to requests for a mailbox.</summary>
    /// <param name="smtpAddress">The primary SMTP address, in any letter case.</param>
    /// <returns>The fault rule with this condition.</returns>
    public Fault OnMailbox(string smtpAddress) => With("mailbox", smtpAddress);

    /// <summary>Ignores the first matching requests.</summary>
    /// <param name="nth">The number of the first matching request that can trigger the rule; at least 1, the default of a rule.</param>
    /// <returns>The fault rule with this condition.</returns>
    public Fault FromNth(int nth) => With("nth", nth);

    /// <summary>Limits the number of requests that trigger the rule.</summary>
    /// <param name="times">The number of requests; at least 1. By default, a rule has no such limit.</param>
    /// <returns>The fault rule with this condition.</returns>
    public Fault Times(int times) => With("times", times);

    /// <summary>Limits the rule to one request. Equivalent to <c>Times(1)</c>.</summary>
    /// <returns>The fault rule with this condition.</returns>
    public Fault Once() => Times(1);

    /// <summary>Triggers the rule for a random selection of the matching requests.</summary>
    /// <param name="probability">The probability, from 0 to 1; the default of a rule is 1.</param>
    /// <param name="seed">The seed of the random numbers, 0 (the default) or more. The same seed selects the same requests on each run.</param>
    /// <returns>The fault rule with this condition.</returns>
    public Fault WithProbability(double probability, int seed = 0) => With("probability", probability).With("seed", seed);

    /// <summary>Delays the injected response.</summary>
    /// <param name="delay">The delay, in whole milliseconds; at most 24 hours. By default, a rule has none.</param>
    /// <returns>The fault rule with this delay.</returns>
    public Fault WithDelay(TimeSpan delay) => With("delayMilliseconds", Milliseconds(delay));

    internal string ToJson() => _rule.ToJsonString();

    private static long Milliseconds(TimeSpan time) => (long)time.TotalMilliseconds;

    private static Fault Create(string kind, params (string Name, JsonNode? Value)[] values)
    {
        var rule = new JsonObject { ["kind"] = kind };
        foreach (var (name, value) in values.Where(value => value.Value is not null))
            rule[name] = value;
        return new Fault(rule);
    }

    private Fault With(string name, JsonNode value)
    {
        var rule = (JsonObject)_rule.DeepClone();
        rule[name] = value;
        return new Fault(rule);
    }
}
