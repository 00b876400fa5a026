using Ews.ImService.Mailbox;

namespace Ews.ImService.Protocol.Operations.ImList;

/// <summary>Stores whether the contact list of the IM client has been migrated to the mailbox.</summary>
/// <remarks>Learn: "SetImListMigrationCompleted operation". Exchange 2013 and later.</remarks>
internal sealed class SetImListMigrationCompleted(IMailboxStore store)
    : SingleOperation<SetImListMigrationCompleted.Request, Done>
{
    internal sealed record Request(bool ImListMigrationCompleted);

    protected override EwsResult<Request> Read(RequestReader request) => new Request(request.Boolean("ImListMigrationCompleted"));

    protected override Task<EwsResult<Done>> ExecuteAsync(Request request, Caller caller, CancellationToken cancellationToken) =>
        store.ChangeAsync(caller.Mailbox, mailbox => mailbox.SetImListMigrationCompleted(request.ImListMigrationCompleted), cancellationToken);
}
