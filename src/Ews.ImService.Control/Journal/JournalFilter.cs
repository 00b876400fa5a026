using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Ews.ImService.Control.Contract;
using Ews.ImService.Control.Rules;

namespace Ews.ImService.Control.Journal;

/// <summary>A filter of journal entries, which is read from the query of a request. A property that is <c>null</c> matches every entry.</summary>
public sealed record JournalFilter
{
    /// <summary>The greatest id that JSON clients can represent exactly.</summary>
    internal const double MaxId = (1L << 53) - 1;

    /// <summary>Gets the operation.</summary>
    [OperationRule, Description("The EWS operation, such as AddImGroup.")]
    public string? Operation { get; init; }

    /// <summary>Gets the primary address of the mailbox, regardless of case.</summary>
    [Description("The primary address of the mailbox, regardless of case.")]
    public string? Mailbox { get; init; }

    /// <summary>Gets the EWS response code.</summary>
    [Description("The EWS response code, such as NoError.")]
    public string? ResponseCode { get; init; }

    /// <summary>Gets the HTTP status.</summary>
    [Range(0, int.MaxValue), Description("The HTTP status.")]
    public int? Status { get; init; }

    /// <summary>Gets the progress of the request: the name of a <see cref="JournalState"/>, in camel case.</summary>
    [AllowedValues("arrived", "answered", "failed"), Description("The progress of the request.")]
    public string? State { get; init; }

    /// <summary>Gets a value that indicates whether the request came before the end of a back-off.</summary>
    [Description("Requests that came before the end of a back-off that ErrorServerBusy requested, or those that did not.")]
    public bool? Early { get; init; }

    /// <summary>Gets a text in the body of the request.</summary>
    [Description("A text in the body of the request.")]
    public string? Contains { get; init; }

    /// <summary>Gets the id after which entries match.</summary>
    [Range(0d, MaxId), Description("The id after which requests match.")]
    public long? After { get; init; }

    /// <summary>Returns <c>true</c> if a request matches; otherwise, <c>false</c>.</summary>
    internal bool Matches(RecordedRequest request) =>
        (Operation is null || request.Operation == Operation)
        && (Mailbox is null || string.Equals(request.Mailbox, Mailbox, StringComparison.OrdinalIgnoreCase))
        && (ResponseCode is null || request.ResponseCode == ResponseCode)
        && (Status is null || request.Status == Status)
        && (State is null || string.Equals(request.State.ToString(), State, StringComparison.OrdinalIgnoreCase))
        && (Early is null || request.EarlyBy is not null == Early)
        && (After is null || request.Id > After)
        && (Contains is null || Redaction.BodyContains(request.RequestBody, Contains));
}
