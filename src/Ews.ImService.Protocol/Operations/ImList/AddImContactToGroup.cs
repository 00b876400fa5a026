using Ews.ImService.Mailbox;

namespace Ews.ImService.Protocol.Operations.ImList;

/// <summary>Puts an existing IM contact in an IM group.</summary>
/// <remarks>Learn: "AddImContactToGroup operation". Exchange 2013 and later.</remarks>
internal sealed class AddImContactToGroup(IMailboxStore store) : EwsOperation<AddImContactToGroup.Request, Done>
{
    internal sealed record Request(string ContactId, string? GroupId);

    protected override Request Read(RequestReader request) => new(request.ItemId("ContactId"), request.OptionalItemId("GroupId"));

    protected override Task<EwsResult<Done>> ExecuteAsync(Request request, Caller caller, CancellationToken cancellation) =>
        store.ChangeAsync(caller.Mailbox, mailbox => mailbox.AddImContactToGroup(request.ContactId, request.GroupId), cancellation);
}
