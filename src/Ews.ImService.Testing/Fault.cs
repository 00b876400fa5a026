namespace Ews.ImService.Testing;

/// <summary>Creates fault rules by their effect.</summary>
/// <remarks>
/// Without further conditions, a rule applies to every request; see the methods of <see cref="FaultRule"/>.
/// The server validates a rule when it is added.
/// </remarks>
public static class Fault
{
    /// <summary>Rejects the request with the SOAP fault ErrorServerBusy and its value BackOffMilliseconds.</summary>
    /// <param name="backOff">The time that the client must wait, in whole milliseconds; at most 24 hours.</param>
    /// <returns>The fault rule.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="backOff"/> is negative or more than 24 hours.</exception>
    /// <remarks>
    /// A request for the same mailbox that arrives earlier has a value in <see cref="JournalEntry.EarlyByMilliseconds"/>.
    /// </remarks>
    public static FaultRule ServerBusy(TimeSpan backOff) =>
        new() { Kind = FaultKind.ServerBusy, BackOffMilliseconds = FaultRule.ToMilliseconds(backOff, 0, nameof(backOff)) };

    /// <summary>Returns the error response of the operation, without executing it.</summary>
    /// <param name="responseCode">The EWS response code, such as <c>ErrorItemNotFound</c>.</param>
    /// <param name="messageText">The message text; <see langword="null"/> (the default) for the text that Exchange uses.</param>
    /// <returns>The fault rule.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="responseCode"/> is <see langword="null"/>.</exception>
    public static FaultRule ResponseCode(string responseCode, string? messageText = null)
    {
        ArgumentNullException.ThrowIfNull(responseCode);
        return new FaultRule { Kind = FaultKind.ResponseCode, ResponseCode = responseCode, MessageText = messageText };
    }

    /// <summary>Returns a SOAP fault with HTTP status 500, without executing the operation.</summary>
    /// <param name="responseCode">The EWS response code, such as <c>ErrorInternalServerError</c>.</param>
    /// <param name="messageText">The message text; <see langword="null"/> (the default) for the text that Exchange uses.</param>
    /// <returns>The fault rule.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="responseCode"/> is <see langword="null"/>.</exception>
    public static FaultRule SoapFault(string responseCode, string? messageText = null)
    {
        ArgumentNullException.ThrowIfNull(responseCode);
        return new FaultRule { Kind = FaultKind.SoapFault, ResponseCode = responseCode, MessageText = messageText };
    }

    /// <summary>Returns an HTTP response that is not an EWS response, without executing the operation.</summary>
    /// <param name="status">The HTTP status, 200 to 599, such as 401, 302 or 503.</param>
    /// <param name="body">The body as plain text; the default is an empty body.</param>
    /// <param name="headers">The headers, such as Location or Retry-After; the default is none. A name can occur more than once.</param>
    /// <returns>The fault rule.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="body"/> is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="status"/> is not from 200 to 599.</exception>
    public static FaultRule Http(int status, string body = "", IEnumerable<KeyValuePair<string, string>>? headers = null)
    {
        ArgumentNullException.ThrowIfNull(body);
        return new FaultRule
        {
            Kind = FaultKind.Http,
            Status = FaultRule.InRange(status, 200, 599, nameof(status)),
            Body = body,
            Headers = headers?
                .GroupBy(header => header.Key, header => header.Value, StringComparer.OrdinalIgnoreCase)
                .ToDictionary(header => header.Key, header => (IReadOnlyList<string>?)[.. header]),
        };
    }

    /// <summary>Executes the operation and delays its response.</summary>
    /// <param name="delay">The delay, in whole milliseconds; from 1 millisecond to 24 hours.</param>
    /// <returns>The fault rule.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="delay"/> is less than 1 ms or more than 24 hours.</exception>
    /// <remarks>To delay an injected response, use <see cref="FaultRule.WithDelay"/>.</remarks>
    public static FaultRule Delay(TimeSpan delay) =>
        new() { Kind = FaultKind.Delay, Milliseconds = FaultRule.ToMilliseconds(delay, 1, nameof(delay)) };

    /// <summary>Executes the operation and limits the rate of its response body.</summary>
    /// <param name="bytesPerSecond">The rate, in bytes per second; at least 1.</param>
    /// <returns>The fault rule.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="bytesPerSecond"/> is less than 1.</exception>
    public static FaultRule SlowBody(int bytesPerSecond) => new()
    {
        Kind = FaultKind.SlowBody,
        BytesPerSecond = FaultRule.InRange(bytesPerSecond, 1, int.MaxValue, nameof(bytesPerSecond)),
    };

    /// <summary>Closes the connection without executing the operation.</summary>
    /// <returns>The fault rule.</returns>
    public static FaultRule Drop() => new() { Kind = FaultKind.Drop };

    /// <summary>Executes the operation and closes the connection without a response.</summary>
    /// <returns>The fault rule.</returns>
    public static FaultRule DropAfter() => new() { Kind = FaultKind.DropAfter };

    /// <summary>Executes the operation and closes the connection within the response body.</summary>
    /// <param name="bytes">The number of bytes of the body to send; the default is 100.</param>
    /// <returns>The fault rule.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="bytes"/> is negative.</exception>
    public static FaultRule Truncate(int bytes = 100) =>
        new() { Kind = FaultKind.Truncate, Bytes = FaultRule.InRange(bytes, 0, int.MaxValue, nameof(bytes)) };

    /// <summary>Executes the operation and returns a complete response whose body is not well-formed XML.</summary>
    /// <returns>The fault rule.</returns>
    public static FaultRule Malformed() => new() { Kind = FaultKind.Malformed };
}
