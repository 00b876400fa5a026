using Ews.ImService.Mailbox;
using Ews.ImService.Protocol.Xml;

namespace Ews.ImService.Protocol.Operations.Accounts;

/// <summary>An operation on out-of-office settings: its response contains one response message, which the result follows.</summary>
/// <param name="accounts">The accounts that have a mailbox.</param>
/// <typeparam name="TRequest">The content of the request.</typeparam>
/// <typeparam name="TResult">The content of the response; <see cref="Done"/> if it has none.</typeparam>
internal abstract class OofOperation<TRequest, TResult>(AccountDirectory accounts) : EwsOperation<TRequest, TResult, TResult>
{
    public override string RequestElement => Name + ExchangeOperationNames.RequestSuffix;

    public override string SinceVersion => "Exchange2007";

    public override IReadOnlyList<string> Headers => ["ExchangeImpersonation", "RequestServerVersion"];

    protected override OperationResponse Respond(EwsResult<TResult> outcome) => new(CodeOf(outcome), xml =>
    {
        xml.StartMessage(ResponseElement);
        WriteMessage(xml, "ResponseMessage", outcome);
        if (outcome.Succeeded)
            WriteResult(xml, outcome.Value);
        xml.End();
    });

    /// <summary>Writes the result; nothing unless overridden.</summary>
    protected virtual void WriteResult(EwsXmlWriter xml, TResult result)
    {
    }

    /// <summary>Returns the address in the <c>t:Mailbox</c> of the request.</summary>
    protected static string AddressIn(RequestReader request) =>
        request.Children.First().Elements().Single(part => part.Name.LocalName == "Address").Value;

    /// <summary>Verifies that an address is that of the caller. The settings of other users are not accessible.</summary>
    /// <returns><c>null</c>, or ErrorAccessDenied, ErrorInvalidSmtpAddress or ErrorNonExistentMailbox.</returns>
    protected EwsError? CheckOwner(string address, Caller caller) => accounts.CheckOwner(address, caller.Mailbox.SmtpAddress);
}
