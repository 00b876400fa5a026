using Ews.ImService.Mailbox;
using Ews.ImService.Protocol.Xml;

namespace Ews.ImService.Protocol.Operations.ImList;

/// <summary>Adds an IM group to the caller's mailbox and returns it.</summary>
/// <remarks>Learn: "AddImGroup operation". Exchange 2013 and later.</remarks>
internal sealed class AddImGroup(IMailboxStore store) : EwsOperation<AddImGroup.Request, ImGroup>
{
    internal sealed record Request(string DisplayName);

    protected override Request Read(RequestReader request) => new(request.Text("DisplayName"));

    protected override Task<EwsResult<ImGroup>> ExecuteAsync(Request request, Caller caller, CancellationToken cancellation) =>
        store.ChangeAsync(caller.Mailbox, mailbox => mailbox.AddImGroup(request.DisplayName), cancellation);

    protected override void Write(EwsXmlWriter xml, ImGroup result)
    {
        xml.StartMessage("ImGroup");
        ImGroupXml.WriteContent(xml, result);
        xml.End();
    }
}
