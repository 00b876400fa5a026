using Ews.ImService.Mailbox;

namespace Ews.ImService.Protocol.Operations.ImList;

/// <summary>Takes a distribution group off the list.</summary>
/// <remarks>Learn: "RemoveDistributionGroupFromImList operation". Exchange 2013 and later.</remarks>
internal sealed class RemoveDistributionGroupFromImList(IMailboxStore store) : EwsOperation<RemoveDistributionGroupFromImList.Request, Done>
{
    internal sealed record Request(string GroupId);

    protected override Request Read(RequestReader request) => new(request.ItemId("GroupId"));

    protected override Task<EwsResult<Done>> ExecuteAsync(Request request, Caller caller, CancellationToken cancellation) =>
        store.ChangeAsync(caller.Mailbox, mailbox => mailbox.RemoveDistributionGroupFromImList(request.GroupId), cancellation);
}
