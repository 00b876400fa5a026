using Ews.ImService.Mailbox;

namespace Ews.ImService.Protocol.Operations.ImList;

/// <summary>Notes whether the IM client's contact list lives in the mailbox now.</summary>
/// <remarks>Learn: "SetImListMigrationCompleted operation". Exchange 2013 and later.</remarks>
internal sealed class SetImListMigrationCompleted(IMailboxStore store) : EwsOperation<SetImListMigrationCompleted.Request, Done>
{
    internal sealed record Request(bool ImListMigrationCompleted);

    protected override Request Read(RequestReader request) => new(request.Boolean("ImListMigrationCompleted"));

    protected override Task<EwsResult<Done>> ExecuteAsync(Request request, Caller caller, CancellationToken cancellation) =>
        store.ChangeAsync(caller.Mailbox, mailbox => mailbox.SetImListMigrationCompleted(request.ImListMigrationCompleted), cancellation);
}
