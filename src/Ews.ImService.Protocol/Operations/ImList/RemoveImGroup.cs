using Ews.ImService.Mailbox;

namespace Ews.ImService.Protocol.Operations.ImList;

/// <summary>Removes a user group; its members stay on the list.</summary>
/// <remarks>Learn: "RemoveImGroup operation". Exchange 2013 and later.</remarks>
internal sealed class RemoveImGroup(IMailboxStore store) : EwsOperation<RemoveImGroup.Request, Done>
{
    internal sealed record Request(string GroupId);

    protected override Request Read(RequestReader request) => new(request.ItemId("GroupId"));

    protected override Task<EwsResult<Done>> ExecuteAsync(Request request, Caller caller, CancellationToken cancellation) =>
        store.ChangeAsync(caller.Mailbox, mailbox => mailbox.RemoveImGroup(request.GroupId), cancellation);
}
