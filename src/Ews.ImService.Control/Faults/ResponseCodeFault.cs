using Ews.ImService.Control.Contract;
using Ews.ImService.Control.Documents;
using Ews.ImService.Mailbox;
using Ews.ImService.Protocol;
using Ews.ImService.Protocol.Interception;

namespace Ews.ImService.Control.Faults;

/// <summary>An error response instead of the operation; a SOAP fault for a request that names no supported operation.</summary>
internal sealed record ResponseCodeFault(EwsError Error) : Fault
{
    public static ResponseCodeFault Read(FaultRule rule, DocumentProblems problems) => new(ReadError(rule, problems));

    /// <summary>Reads the response code and the message text of a fault rule.</summary>
    public static EwsError ReadError(FaultRule rule, DocumentProblems problems)
    {
        var code = rule.ResponseCode ?? string.Empty;
        if (code.Length == 0)
            problems.Add("$.responseCode", "is missing");
        else if (!EwsNames.IsErrorCode(code))
            problems.Add("$.responseCode", $"must be the name of an EWS error such as ErrorItemNotFound, but is '{code}'");
        var known = EwsError.FindByCode(code) ?? EwsError.InternalServerError with { MessageText = "The operation failed." };
        return known with { Code = code, MessageText = rule.MessageText ?? known.MessageText };
    }

    public override ValueTask<EwsResponse> RespondAsync(IEwsRequest request, CancellationToken cancellationToken) =>
        new(request.CreateErrorResponse(Error));
}
