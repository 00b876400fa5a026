using System.ComponentModel.DataAnnotations;
using Ews.ImService.Control.Contract;
using Ews.ImService.Control.Rules;

namespace Ews.ImService.Control.Journal;

/// <summary>A filter of journal entries. Its properties are query parameters; a property that is <c>null</c> matches every entry.</summary>
public sealed record JournalFilter
{
    /// <summary>The greatest id and version, which every JSON client represents exactly.</summary>
    internal const double MaxId = 1e15;

    /// <summary>Gets the EWS operation, such as AddImGroup.</summary>
    [OperationRule]
    public string? Operation { get; init; }

    /// <summary>Gets a text that the name of the operation contains, regardless of case. The operation may be one that EWS does not have.
    /// </summary>
    public string? OperationContains { get; init; }

    /// <summary>Gets the primary address of the mailbox, regardless of case.</summary>
    public string? Mailbox { get; init; }

    /// <summary>Gets the EWS response code, such as NoError, regardless of case.</summary>
    public string? ResponseCode { get; init; }

    /// <summary>Gets the HTTP status.</summary>
    [Range(0, int.MaxValue)]
    public int? Status { get; init; }

    /// <summary>Gets the progress of the request.</summary>
    [AllowedValues("arrived", "answered", "failed")]
    public string? State { get; init; }

    /// <summary>Gets a value that indicates whether the request has no successful response: it failed, or it was answered with an HTTP
    /// status of 400 or more, or with a response code other than NoError.</summary>
    public bool? Errors { get; init; }

    /// <summary>
    /// Gets a value that indicates whether the request arrived before the end of a back-off that ErrorServerBusy requested.
    /// </summary>
    public bool? Early { get; init; }

    /// <summary>Gets the id of the fault rule that the request triggered.</summary>
    public string? Fault { get; init; }

    /// <summary>Gets a value that indicates whether the request triggered a fault rule.</summary>
    public bool? Faulted { get; init; }

    /// <summary>Gets a text that the request body contains, regardless of case.</summary>
    public string? Contains { get; init; }

    /// <summary>Gets the range of the ids, or <c>null</c> for all ids.</summary>
    internal JournalRange? Ids { get; init; }

    /// <summary>Returns <c>true</c> if a request matches all conditions except that of the body; otherwise, <c>false</c>.</summary>
    internal bool MatchesProperties(RecordedRequest request) =>
        (Operation is null || request.Operation == Operation)
        && (OperationContains is null || request.Operation?.Contains(OperationContains, StringComparison.OrdinalIgnoreCase) == true)
        && (Mailbox is null || string.Equals(request.Mailbox, Mailbox, StringComparison.OrdinalIgnoreCase))
        && (ResponseCode is null || string.Equals(request.ResponseCode, ResponseCode, StringComparison.OrdinalIgnoreCase))
        && (Status is null || request.Status == Status)
        && (State is null || string.Equals(request.State.ToString(), State, StringComparison.OrdinalIgnoreCase))
        && (Errors is null || IsError(request) == Errors)
        && (Early is null || request.EarlyBy is not null == Early)
        && (Fault is null || request.Fault == Fault)
        && (Faulted is null || request.Fault is not null == Faulted)
        && (Ids is null || Ids.Contains(request.Id));

    /// <summary>Returns <c>true</c> if the body of a request matches; otherwise, <c>false</c>. It may parse the body.</summary>
    internal bool MatchesBody(RecordedRequest request) => Contains is null || Redaction.BodyContains(request.RequestBody, Contains);

    private static bool IsError(RecordedRequest request) =>
        request.State == JournalState.Failed || request.Status >= 400 || request.ResponseCode is not (null or "NoError");
}

/// <summary>A range of ids. Its properties are query parameters; a property that is <c>null</c> does not limit the range.</summary>
public sealed record JournalRange
{
    /// <summary>Gets an id; only entries with a greater id match.</summary>
    [Range(0d, JournalFilter.MaxId)]
    public long? After { get; init; }

    /// <summary>Gets an id; only entries with a smaller id match.</summary>
    [Range(0d, JournalFilter.MaxId)]
    public long? Before { get; init; }

    /// <summary>Returns <c>true</c> if the range contains an id; otherwise, <c>false</c>.</summary>
    internal bool Contains(long id) => (After is null || id > After) && (Before is null || id < Before);
}
