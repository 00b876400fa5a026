using Ews.ImService.Mailbox;

namespace Ews.ImService.Protocol.Operations.ImList;

/// <summary>Adds an existing IM contact to an IM group.</summary>
/// <remarks>Learn: "AddImContactToGroup operation". Exchange 2013 and later.</remarks>
internal sealed class AddImContactToGroup(IMailboxStore store) : SingleOperation<AddImContactToGroup.Request, Done>
{
    internal sealed record Request(string ContactId, string? GroupId);

    protected override EwsResult<Request> Read(RequestReader request) =>
        new Request(request.ItemId("ContactId"), request.OptionalItemId("GroupId"));

    protected override Task<EwsResult<Done>> ExecuteAsync(Request request, Caller caller, CancellationToken cancellationToken) =>
        store.ChangeAsync(caller.Mailbox, mailbox => mailbox.AddImContactToGroup(request.ContactId, request.GroupId), cancellationToken);
}
