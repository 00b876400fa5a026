using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

#if EWS_TESTING_PACKAGE
namespace Ews.ImService.Testing;
#else
namespace Ews.ImService.Control.Contract;
#endif

/// <summary>The effect of a fault rule.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<FaultKind>))]
public enum FaultKind
{
    /// <summary>A SOAP fault with the code ErrorServerBusy and BackOffMilliseconds.</summary>
    ServerBusy,

    /// <summary>An error response of the operation with a response code.</summary>
    ResponseCode,

    /// <summary>A SOAP fault with a response code, and HTTP status 500.</summary>
    SoapFault,

    /// <summary>An HTTP response that is not an EWS response.</summary>
    Http,

    /// <summary>The correct response after a delay.</summary>
    Delay,

    /// <summary>The correct response at a limited rate.</summary>
    SlowBody,

    /// <summary>A connection that closes before the operation runs.</summary>
    Drop,

    /// <summary>A connection that closes without a response after the operation ran.</summary>
    DropAfter,

    /// <summary>A connection that closes in the middle of the response.</summary>
    Truncate,

    /// <summary>A complete response that is not well-formed XML.</summary>
    Malformed,
}

/// <summary>A fault rule: the requests that it matches, and its effect.</summary>
public sealed partial record FaultRule
{
    private const int MaxDelay = 24 * 60 * 60 * 1000;

    /// <summary>Gets the id; the default is a new id.</summary>
    public string? Id { get; init; }

    /// <summary>Gets the number of requests that the rule matched; the service sets it.</summary>
    [ReadOnly(true)]
    public int? Matched { get; init; }

    /// <summary>Gets the number of requests that triggered the rule; the service sets it.</summary>
    [ReadOnly(true)]
    public int? Triggered { get; init; }

    /// <summary>Gets the effect.</summary>
    public required FaultKind Kind { get; init; }

    /// <summary>Gets the EWS operation to match; the default is every request.</summary>
    public string? Operation { get; init; }

    /// <summary>Gets the primary address of the mailbox to match; the default is every mailbox.</summary>
    public string? Mailbox { get; init; }

    /// <summary>Gets the first matching request that can trigger the rule, counted from 1; the default is 1.</summary>
    [Range(1, int.MaxValue)]
    public int? Nth { get; init; }

    /// <summary>Gets the maximum number of requests that trigger the rule; the default is unlimited.</summary>
    [Range(1, int.MaxValue)]
    public int? Times { get; init; }

    /// <summary>Gets the probability that a matching request triggers the rule, from 0 to 1; the default is 1.</summary>
    [Range(0d, 1d)]
    public double? Probability { get; init; }

    /// <summary>Gets the seed of the random numbers, which are the same in every run; the default is 0.</summary>
    [Range(0, int.MaxValue)]
    public int? Seed { get; init; }

    /// <summary>Gets an additional delay of the response in milliseconds, for every kind except <c>delay</c>; the default is 0.</summary>
    [Range(0, MaxDelay)]
    public int? DelayMilliseconds { get; init; }

    /// <summary>Gets the back-off in milliseconds that <c>serverBusy</c> requests; the default is 1000.</summary>
    [Range(0, MaxDelay)]
    public int? BackOffMilliseconds { get; init; }

    /// <summary>Gets the EWS response code of <c>responseCode</c> and <c>soapFault</c>, such as <c>ErrorItemNotFound</c>.</summary>
    public string? ResponseCode { get; init; }

    /// <summary>Gets the message text of <c>responseCode</c> and <c>soapFault</c>; the default is the text of Exchange, if known.</summary>
    public string? MessageText { get; init; }

    /// <summary>Gets the HTTP status of <c>http</c>.</summary>
    [Range(200, 599)]
    public int? Status { get; init; }

    /// <summary>Gets the headers of <c>http</c>, such as Location or Retry-After: a string, or several strings for a header that is
    /// repeated.</summary>
    [JsonConverter(typeof(StringListMapConverter))]
    public IReadOnlyDictionary<string, IReadOnlyList<string>?>? Headers { get; init; }

    /// <summary>Gets the body of <c>http</c>; the default is empty.</summary>
    public string? Body { get; init; }

    /// <summary>Gets the delay of <c>delay</c> in milliseconds.</summary>
    [Range(1, MaxDelay)]
    public int? Milliseconds { get; init; }

    /// <summary>Gets the rate of <c>slowBody</c> in bytes per second; the default is 100.</summary>
    [Range(1, int.MaxValue)]
    public int? BytesPerSecond { get; init; }

    /// <summary>Gets the number of bytes that <c>truncate</c> sends; the default is 100.</summary>
    [Range(0, int.MaxValue)]
    public int? Bytes { get; init; }
}

/// <summary>The fault rules of a realm.</summary>
/// <param name="Faults">The fault rules in the order in which they are matched.</param>
internal sealed record FaultRuleList(IReadOnlyList<FaultRule> Faults);
