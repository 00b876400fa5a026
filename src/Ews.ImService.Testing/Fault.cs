using System.Text.Json.Nodes;

namespace Ews.ImService.Testing;

/// <summary>Something that is to go wrong: what, and when. Without a when, always.</summary>
public sealed class Fault
{
    private readonly JsonObject _rule;

    private Fault(JsonObject rule) => _rule = rule;

    /// <summary>ErrorServerBusy with BackOffMilliseconds; the journal shows who comes back too early.</summary>
    public static Fault ServerBusy(TimeSpan backOff) => Of("serverBusy", ("backOffMilliseconds", (long)backOff.TotalMilliseconds));

    /// <summary>The operation's error response with a response code.</summary>
    /// <param name="responseCode">An EWS response code, such as ErrorItemNotFound.</param>
    /// <param name="messageText">Its words; null for Exchange's own.</param>
    public static Fault ResponseCode(string responseCode, string? messageText = null) => Of("responseCode", ("responseCode", responseCode), ("messageText", messageText));

    /// <summary>A SOAP fault with a response code, and HTTP 500.</summary>
    /// <param name="responseCode">An EWS response code, such as ErrorInternalServerError.</param>
    /// <param name="messageText">Its words; null for Exchange's own.</param>
    public static Fault SoapFault(string responseCode, string? messageText = null) => Of("soapFault", ("responseCode", responseCode), ("messageText", messageText));

    /// <summary>An answer of HTTP that EWS did not write.</summary>
    /// <param name="status">Its status, such as 401, 302 or 503.</param>
    /// <param name="body">Its body, plain text.</param>
    /// <param name="headers">Its headers, such as Location or Retry-After.</param>
    public static Fault Http(int status, string body = "", IReadOnlyDictionary<string, string>? headers = null)
    {
        var given = new JsonObject();
        foreach (var (name, value) in headers ?? new Dictionary<string, string>())
            given[name] = value;
        return Of("http", ("status", status), ("body", body), ("headers", given));
    }

    /// <summary>The right answer, late.</summary>
    public static Fault Delay(TimeSpan delay) => Of("delay", ("milliseconds", (long)delay.TotalMilliseconds));

    /// <summary>The right answer, a few bytes at a time.</summary>
    public static Fault SlowBody(int bytesPerSecond) => Of("slowBody", ("bytesPerSecond", bytesPerSecond));

    /// <summary>The connection ends before the operation has run.</summary>
    public static Fault Drop() => Of("drop");

    /// <summary>The operation has run, and the connection ends without an answer.</summary>
    public static Fault DropAfter() => Of("dropAfter");

    /// <summary>The connection ends in the middle of the answer.</summary>
    /// <param name="bytes">How many bytes come.</param>
    public static Fault Truncate(int bytes = 100) => Of("truncate", ("bytes", bytes));

    /// <summary>The answer is whole and no XML.</summary>
    public static Fault Malformed() => Of("malformed");

    /// <summary>Only for an operation.</summary>
    public Fault OnOperation(string operation) => With("operation", operation);

    /// <summary>Only for a mailbox.</summary>
    public Fault OnMailbox(string smtpAddress) => With("mailbox", smtpAddress);

    /// <summary>Not before the nth request that it is for, counted from 1.</summary>
    public Fault FromNth(int nth) => With("nth", nth);

    /// <summary>Only so often.</summary>
    public Fault Times(int times) => With("times", times);

    /// <summary>Only once.</summary>
    public Fault Once() => Times(1);

    /// <summary>By chance, which is the same on every run.</summary>
    /// <param name="probability">From 0 to 1.</param>
    /// <param name="seed">Another seed is another chance.</param>
    public Fault WithProbability(double probability, int seed = 0) => With("probability", probability).With("seed", seed);

    /// <summary>And late besides.</summary>
    public Fault After(TimeSpan delay) => With("delayMilliseconds", (long)delay.TotalMilliseconds);

    internal string ToJson() => _rule.ToJsonString();

    private static Fault Of(string kind, params (string Name, JsonNode? Value)[] values)
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

/// <summary>What is to go wrong in a realm.</summary>
public sealed class EwsImFaults
{
    private readonly EwsImRealm _realm;

    internal EwsImFaults(EwsImRealm realm) => _realm = realm;

    /// <summary>Adds a fault behind the others; the first that strikes a request is the one.</summary>
    /// <returns>Its id, which the journal names.</returns>
    /// <exception cref="EwsImServerException">It cannot be; the message says what is wrong with it.</exception>
    public async Task<string> AddAsync(Fault fault, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(fault);
        return (await _realm.SendAsync<FaultState>(HttpMethod.Post, "faults", fault.ToJson(), cancellation).ConfigureAwait(false)).Id;
    }

    /// <summary>How often a fault has struck.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="EwsImServerException">There is no such fault.</exception>
    public async Task<int> CountStruckAsync(string id, CancellationToken cancellation = default)
    {
        var all = await _realm.SendAsync<FaultList>(HttpMethod.Get, "faults", null, cancellation).ConfigureAwait(false);
        return (all.Faults.FirstOrDefault(fault => fault.Id == id) ?? throw new EwsImServerException($"There is no fault '{id}'.")).Struck;
    }

    /// <summary>Removes a fault.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="cancellation">Gives up.</param>
    public Task RemoveAsync(string id, CancellationToken cancellation = default) => _realm.SendAsync(HttpMethod.Delete, "faults/" + Uri.EscapeDataString(id), null, cancellation);

    /// <summary>Removes all faults.</summary>
    public Task ClearAsync(CancellationToken cancellation = default) => _realm.SendAsync(HttpMethod.Delete, "faults", null, cancellation);

    private sealed record FaultState(string Id, int Struck);

    private sealed record FaultList(IReadOnlyList<FaultState> Faults);
}
