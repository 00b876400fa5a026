using Ews.ImService.Mailbox;

namespace Ews.ImService.Protocol.Operations.ImList;

/// <summary>Takes an IM contact out of every group and off the list.</summary>
/// <remarks>Learn: "RemoveContactFromImList operation". Exchange 2013 and later.</remarks>
internal sealed class RemoveContactFromImList(IMailboxStore store) : EwsOperation<RemoveContactFromImList.Request, Done>
{
    internal sealed record Request(string ContactId);

    protected override Request Read(RequestReader request) => new(request.ItemId("ContactId"));

    protected override Task<EwsResult<Done>> ExecuteAsync(Request request, Caller caller, CancellationToken cancellation) =>
        store.ChangeAsync(caller.Mailbox, mailbox => mailbox.RemoveContactFromImList(request.ContactId), cancellation);
}
