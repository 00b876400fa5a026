using Ews.ImService.Mailbox;

namespace Ews.ImService.Protocol.Operations.Items;

/// <summary>Deletes contacts and IM groups.</summary>
/// <remarks>Learn: "DeleteItem operation". Exchange 2007 and later.</remarks>
internal sealed class DeleteItem(IMailboxStore store) : BatchOperation<string, Done>
{
    public override string SinceVersion => "Exchange2007";

    public override string Limitations => "Every DeleteType deletes permanently: there is no Deleted Items folder.";

    protected override IEnumerable<EwsResult<string>> ReadParts(RequestReader request) =>
        request.BaseItemIds("ItemIds").Select(id => (EwsResult<string>)id);

    protected override Task<EwsResult<List<EwsResult<Done>>>> ExecuteAsync(
        List<EwsResult<string>> parts, Caller caller, CancellationToken cancellationToken) =>
        store.ChangeAsync<List<EwsResult<Done>>>(
            caller.Mailbox, mailbox => parts.ConvertAll(part => part.Then(mailbox.DeleteItem)), cancellationToken);
}
