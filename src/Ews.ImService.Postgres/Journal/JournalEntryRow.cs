namespace Ews.ImService.Postgres.Journal;

/// <summary>A row of the table JournalEntries: a request and its response without credentials.</summary>
internal sealed class JournalEntryRow
{
    public required string Realm { get; init; }

    /// <summary>Gets the id, which the transaction assigns that adds the row.</summary>
    public long Id { get; init; }

    /// <summary>Gets the version of the journal since which it contains the row.</summary>
    public long AddedAt { get; init; }

    /// <summary>Gets the version of the journal since which the row is unchanged.</summary>
    public long ChangedAt { get; init; }

    /// <summary>Gets a value that is different for each request.</summary>
    public required Guid Key { get; init; }

    /// <summary>Gets the size in bytes, without a body in JournalBodies. <c>Control:JournalBytes</c> limits both.</summary>
    public required int Size { get; init; }

    /// <summary>Gets the time of arrival, by the clock of the realm.</summary>
    public required DateTime Time { get; init; }

    /// <summary>Gets the name of the instance that received the request.</summary>
    public required string Instance { get; init; }

    public required string State { get; init; }

    public required string Method { get; init; }

    public required string Scheme { get; init; }

    public required string PathBase { get; init; }

    /// <summary>Gets the path and query.</summary>
    public required string Path { get; init; }

    public required string? Operation { get; init; }

    public required string? Mailbox { get; init; }

    public required string? ResponseCode { get; init; }

    public required int? Status { get; init; }

    /// <summary>Gets the duration.</summary>
    public required double? Milliseconds { get; init; }

    public required string? Fault { get; init; }

    public required string? FaultKind { get; init; }

    public required double? EarlyByMilliseconds { get; init; }

    public required long? ReplayOf { get; init; }

    public required string? TraceId { get; init; }

    /// <summary>Gets a value that indicates whether the request was admitted.</summary>
    public required bool IsAdmitted { get; init; }

    /// <summary>Gets the user of a request that was admitted, or <c>null</c> for an anonymous request.</summary>
    public required string? User { get; init; }

    /// <summary>Gets the headers, a JSON object.</summary>
    public required string RequestHeaders { get; init; }

    /// <summary>Gets the body, or <c>null</c> if it was not received.</summary>
    public required byte[]? RequestBody { get; init; }

    public required bool IsRequestRedacted { get; init; }

    /// <summary>Gets the headers, a JSON object.</summary>
    public required string ResponseHeaders { get; init; }

    /// <summary>Gets the body, or <c>null</c> if it is in JournalBodies.</summary>
    public required byte[]? ResponseBody { get; init; }

    /// <summary>Gets the id of the body in JournalBodies, or <c>null</c>.</summary>
    public required Guid? ResponseBodyId { get; init; }

    public required bool IsResponseRedacted { get; init; }
}
