using Ews.ImService.Mailbox;

namespace Ews.ImService.Protocol.Operations.ImList;

/// <summary>Removes a distribution group from the IM list.</summary>
/// <remarks>Learn: "RemoveDistributionGroupFromImList operation". Exchange 2013 and later.</remarks>
internal sealed class RemoveDistributionGroupFromImList(IMailboxStore store)
    : SingleOperation<RemoveDistributionGroupFromImList.Request, Done>
{
    internal sealed record Request(string GroupId);

    protected override EwsResult<Request> Read(RequestReader request) => new Request(request.ItemId("GroupId"));

    protected override Task<EwsResult<Done>> ExecuteAsync(Request request, Caller caller, CancellationToken cancellationToken) =>
        store.ChangeAsync(caller.Mailbox, mailbox => mailbox.RemoveDistributionGroupFromImList(request.GroupId), cancellationToken);
}
