using Ews.ImService.Reliability.Fuzz.Wire;

namespace Ews.ImService.Reliability.Fuzz;

/// <summary>Specifies the service to which a case is sent.</summary>
internal enum FuzzTarget
{
    /// <summary>The service without sign-in, which receives EWS requests.</summary>
    Ews,

    /// <summary>The service that requires credentials.</summary>
    SignIn,

    /// <summary>The service whose control API is open.</summary>
    Control,
}

/// <summary>Specifies the responses that are correct.</summary>
internal enum Expectation
{
    /// <summary>Any response, because it cannot be determined whether the request is valid.</summary>
    Any,

    /// <summary>A success.</summary>
    Success,

    /// <summary>A response with a status of 400 or higher, because the request is invalid.</summary>
    Rejection,

    /// <summary>Any response other than a violation of the schema, because the request is valid against it.</summary>
    NoViolation,
}

/// <summary>A request, and the responses to it that are correct.</summary>
/// <param name="Target">The service.</param>
/// <param name="Bytes">The bytes to send: the complete HTTP request, or several.</param>
/// <param name="Expectation">The correct responses.</param>
/// <param name="What">A short description for reports.</param>
internal sealed record FuzzCase(FuzzTarget Target, byte[] Bytes, Expectation Expectation, string What)
{
    /// <summary>
    /// Gets a value that indicates whether the bytes are exactly one HTTP request, so that it can share a connection with others;
    /// otherwise, the client ends its side of the connection after the bytes.
    /// </summary>
    public bool IsOneRequest { get; init; } = true;

    /// <summary>Gets a value that indicates whether responses have no body, as those to HEAD.</summary>
    public bool IsHead { get; init; }

    /// <summary>Gets the maximum number of responses with a success, for bytes that are not one request.</summary>
    public int MaxSuccesses { get; init; } = int.MaxValue;

    /// <summary>Gets the offset at which the client waits for a moment before it sends the rest; 0 to send everything at once.</summary>
    public int PauseAt { get; init; }

    /// <summary>Gets the method that creates the next case on the same connection, from the response to this one.</summary>
    public Func<HttpReply, FuzzCase?>? Next { get; init; }
}
