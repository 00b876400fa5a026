using Ews.ImService.Mailbox;

namespace Ews.ImService.Protocol.Observation;

/// <summary>Something that goes wrong on demand.</summary>
public sealed record InjectedFault
{
    /// <summary>How long the answer is held back.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>An error instead of the operation's answer.</summary>
    public EwsError? Error { get; init; }

    /// <summary>Whether that error is a SOAP fault with HTTP 500, and not an operation's error response.</summary>
    public bool IsSoapFault { get; init; }

    /// <summary>An answer of HTTP instead of EWS's.</summary>
    public InjectedHttpResponse? Http { get; init; }

    /// <summary>What becomes of the answer's bytes.</summary>
    public ResponseCorruption Damage { get; init; }

    /// <summary>For <see cref="ResponseCorruption.Slow"/>, bytes a second; for <see cref="ResponseCorruption.Truncated"/>, how many are sent.</summary>
    public int Bytes { get; init; }

    /// <summary>Whether the operation is not run at all.</summary>
    public bool IsInsteadOfOperation => Error is not null || Http is not null || Damage == ResponseCorruption.DroppedBefore;
}

/// <summary>An answer that EWS did not write.</summary>
/// <param name="StatusCode">Its status.</param>
/// <param name="Headers">Its headers, each of which may be there several times.</param>
/// <param name="Body">Its body, plain text in UTF-8.</param>
public sealed record InjectedHttpResponse(int StatusCode, IReadOnlyDictionary<string, IReadOnlyList<string>> Headers, ReadOnlyMemory<byte> Body);

/// <summary>What becomes of an answer on its way.</summary>
public enum ResponseCorruption
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>It comes a few bytes at a time.</summary>
    Slow,

    /// <summary>The connection ends before the operation has run.</summary>
    DroppedBefore,

    /// <summary>The operation has run, and the connection ends without an answer.</summary>
    DroppedAfter,

    /// <summary>The connection ends in the middle of it.</summary>
    Truncated,

    /// <summary>It is whole and no XML.</summary>
    Malformed,
}
