namespace Ews.ImService.Control.Journal;

/// <summary>Which entries; what is null does not matter.</summary>
public sealed record JournalQuery
{
    /// <summary>The operation.</summary>
    public string? Operation { get; init; }

    /// <summary>The mailbox, in any letter case.</summary>
    public string? Mailbox { get; init; }

    /// <summary>The EWS response code.</summary>
    public string? ResponseCode { get; init; }

    /// <summary>The HTTP status.</summary>
    public int? Status { get; init; }

    /// <summary>How far it has come.</summary>
    public JournalState? State { get; init; }

    /// <summary>Whether it came before the end of a back-off.</summary>
    public bool? IsEarly { get; init; }

    /// <summary>A text in the request's body.</summary>
    public string? Contains { get; init; }

    /// <summary>Only entries with a greater id.</summary>
    public long? After { get; init; }

    /// <summary>Whether an entry is one of them.</summary>
    public bool Matches(JournalEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return (Operation is null || entry.Operation == Operation)
            && (Mailbox is null || string.Equals(entry.Mailbox, Mailbox, StringComparison.OrdinalIgnoreCase))
            && (ResponseCode is null || entry.ResponseCode == ResponseCode)
            && (Status is null || entry.Status == Status)
            && (State is null || entry.State == State)
            && (IsEarly is null || entry.EarlyByMilliseconds is not null == IsEarly)
            && (After is null || entry.Id > After)
            && (Contains is null || Redaction.BodyContains(entry.RequestBody, Contains));
    }
}
