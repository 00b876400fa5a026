using Ews.ImService.Mailbox;

namespace Ews.ImService.Protocol.Operations.Items;

/// <summary>Deletes contacts and IM groups.</summary>
/// <remarks>Learn: "DeleteItem operation". Exchange 2007 and later.</remarks>
internal sealed class DeleteItem(IMailboxStore store) : BatchOperation<List<string>, Done>
{
    public override string SinceVersion => "Exchange2007";

    public override string Limits => "Whatever DeleteType says, the item is gone: there is no Deleted Items folder.";

    protected override List<string> Read(RequestReader request) => ItemIds.Read(request.Items("ItemIds"));

    protected override async Task<IReadOnlyList<EwsResult<Done>>> ExecuteAsync(List<string> request, Caller caller, CancellationToken cancellation)
    {
        var results = await store.ChangeAsync<List<EwsResult<Done>>>(caller.Mailbox, mailbox => request.Select(mailbox.DeleteItem).ToList(), cancellation);
        return results.Value!;
    }
}
