using Ews.ImService.Mailbox;

namespace Ews.ImService.Protocol.Operations.ImList;

/// <summary>Takes an IM contact out of an IM group; out of its last group, it leaves the IM list.</summary>
/// <remarks>Learn: "RemoveImContactFromGroup operation". Exchange 2013 and later.</remarks>
internal sealed class RemoveImContactFromGroup(IMailboxStore store) : EwsOperation<RemoveImContactFromGroup.Request, Done>
{
    internal sealed record Request(string ContactId, string GroupId);

    protected override Request Read(RequestReader request) => new(request.ItemId("ContactId"), request.ItemId("GroupId"));

    protected override Task<EwsResult<Done>> ExecuteAsync(Request request, Caller caller, CancellationToken cancellation) =>
        store.ChangeAsync(caller.Mailbox, mailbox => mailbox.RemoveImContactFromGroup(request.ContactId, request.GroupId), cancellation);
}
