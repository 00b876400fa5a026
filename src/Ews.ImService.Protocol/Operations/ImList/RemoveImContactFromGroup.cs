using Ews.ImService.Mailbox;

namespace Ews.ImService.Protocol.Operations.ImList;

/// <summary>Removes an IM contact from an IM group. A contact that is removed from its last group leaves the IM list.</summary>
/// <remarks>Learn: "RemoveImContactFromGroup operation". Exchange 2013 and later.</remarks>
internal sealed class RemoveImContactFromGroup(IMailboxStore store)
    : SingleOperation<RemoveImContactFromGroup.Request, Done>
{
    internal sealed record Request(string ContactId, string GroupId);

    protected override EwsResult<Request> Read(RequestReader request) =>
        new Request(request.ItemId("ContactId"), request.ItemId("GroupId"));

    protected override Task<EwsResult<Done>> ExecuteAsync(Request request, Caller caller, CancellationToken cancellationToken) =>
        store.ChangeAsync(caller.Mailbox, mailbox => mailbox.RemoveImContactFromGroup(request.ContactId, request.GroupId), cancellationToken);
}
