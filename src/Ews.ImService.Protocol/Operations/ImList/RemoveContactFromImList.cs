using Ews.ImService.Mailbox;

namespace Ews.ImService.Protocol.Operations.ImList;

/// <summary>Removes an IM contact from all groups and from the IM list.</summary>
/// <remarks>Learn: "RemoveContactFromImList operation". Exchange 2013 and later.</remarks>
internal sealed class RemoveContactFromImList(IMailboxStore store) : SingleOperation<RemoveContactFromImList.Request, Done>
{
    internal sealed record Request(string ContactId);

    protected override EwsResult<Request> Read(RequestReader request) => new Request(request.ItemId("ContactId"));

    protected override Task<EwsResult<Done>> ExecuteAsync(Request request, Caller caller, CancellationToken cancellationToken) =>
        store.ChangeAsync(caller.Mailbox, mailbox => mailbox.RemoveContactFromImList(request.ContactId), cancellationToken);
}
