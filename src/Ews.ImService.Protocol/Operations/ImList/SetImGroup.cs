using Ews.ImService.Mailbox;

namespace Ews.ImService.Protocol.Operations.ImList;

/// <summary>Renames an IM group.</summary>
/// <remarks>Learn: "SetImGroup operation". Exchange 2013 and later. Renaming a group to the name that it has is an error there.</remarks>
internal sealed class SetImGroup(IMailboxStore store) : EwsOperation<SetImGroup.Request, Done>
{
    internal sealed record Request(string GroupId, string NewDisplayName);

    protected override Request Read(RequestReader request) => new(request.ItemId("GroupId"), request.Text("NewDisplayName"));

    protected override Task<EwsResult<Done>> ExecuteAsync(Request request, Caller caller, CancellationToken cancellation) =>
        store.ChangeAsync(caller.Mailbox, mailbox => mailbox.SetImGroup(request.GroupId, request.NewDisplayName), cancellation);
}
