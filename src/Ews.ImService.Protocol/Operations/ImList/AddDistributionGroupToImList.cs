using Ews.ImService.Mailbox;
using Ews.ImService.Protocol.Xml;

namespace Ews.ImService.Protocol.Operations.ImList;

/// <summary>Puts a distribution group of the directory on the IM list and returns it.</summary>
/// <remarks>Learn: "AddDistributionGroupToImList operation". Exchange 2013 and later.</remarks>
internal sealed class AddDistributionGroupToImList(IMailboxStore store, AddressList directory)
    : EwsOperation<AddDistributionGroupToImList.Request, ImGroup>
{
    internal sealed record Request(string SmtpAddress, string? DisplayName);

    public override string Limits => "Distribution groups are those of `Directory:DistributionGroups`, none by default; `Directory:AnyDistributionGroup` takes every address.";

    /// <summary>The schema asks for a display name; the documentation's own example has none, and is named by its address.</summary>
    protected override Request Read(RequestReader request) => new(request.Text("SmtpAddress"), request.OptionalText("DisplayName"));

    protected override async Task<EwsResult<ImGroup>> ExecuteAsync(Request request, Caller caller, CancellationToken cancellation) =>
        directory.HasDistributionGroup(request.SmtpAddress)
            ? await store.ChangeAsync(
                caller.Mailbox,
                mailbox => mailbox.AddDistributionGroupToImList(request.SmtpAddress, request.DisplayName ?? request.SmtpAddress),
                cancellation)
            : EwsError.InvalidImDistributionGroupSmtpAddress;

    protected override void Write(EwsXmlWriter xml, ImGroup result)
    {
        xml.StartMessage("ImGroup");
        ImGroupXml.WriteContent(xml, result);
        xml.End();
    }
}
