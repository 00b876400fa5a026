using Ews.ImService.Mailbox;

namespace Ews.ImService.Protocol.Interception;

/// <summary>An EWS request that was read and identified as far as possible, but not yet executed.</summary>
public interface IEwsRequest
{
    /// <summary>Gets the local name of the request element, or <c>null</c> if the request has none.</summary>
    string? Operation { get; }

    /// <summary>Gets the mailbox of the request, or <c>null</c> if the request is rejected before its mailbox is known.</summary>
    MailboxKey? Mailbox { get; }

    /// <summary>Executes the operation, or rejects a request that is not valid.</summary>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>The response of the operation, or a SOAP fault.</returns>
    ValueTask<EwsResponse> ExecuteAsync(CancellationToken cancellationToken);

    /// <summary>Creates the error response of the operation without executing it.</summary>
    /// <param name="ewsError">The error.</param>
    /// <returns>The error response, or a SOAP fault if the request names no supported operation.</returns>
    EwsResponse CreateErrorResponse(EwsError ewsError);

    /// <summary>Creates a SOAP fault in the namespace spelling of the request.</summary>
    /// <param name="ewsError">The error.</param>
    /// <returns>The fault, with HTTP status 500.</returns>
    EwsResponse CreateFault(EwsError ewsError);
}
