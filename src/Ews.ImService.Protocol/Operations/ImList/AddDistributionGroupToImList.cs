using System.Diagnostics.CodeAnalysis;
using Ews.ImService.Mailbox;
using Ews.ImService.Protocol.Xml;

namespace Ews.ImService.Protocol.Operations.ImList;

/// <summary>Adds a distribution group of the directory to the IM list and returns the group.</summary>
/// <remarks>Learn: "AddDistributionGroupToImList operation". Exchange 2013 and later.</remarks>
internal sealed class AddDistributionGroupToImList(IMailboxStore store, AddressList directory)
    : SingleOperation<AddDistributionGroupToImList.Request, ImGroup>
{
    internal sealed record Request(SmtpAddress SmtpAddress, string? DisplayName);

    public override string Limitations =>
        "The directory contains the distribution groups of `Directory:DistributionGroups`, none by default; "
        + "with `Directory:AnyDistributionGroup`, every address is accepted.";

    protected override EwsResult<Request> Read(RequestReader request) =>
        SmtpAddress.TryParse(request.Text("SmtpAddress"), out var address)
            ? new Request(address, request.OptionalText("DisplayName"))
            : EwsError.InvalidImDistributionGroupSmtpAddress;

    protected override async Task<EwsResult<ImGroup>> ExecuteAsync(Request request, Caller caller, CancellationToken cancellationToken) =>
        directory.HasDistributionGroup(request.SmtpAddress)
            ? await store.ChangeAsync(
                caller.Mailbox,
                mailbox => mailbox.AddDistributionGroupToImList(request.SmtpAddress, request.DisplayName ?? request.SmtpAddress.Value),
                cancellationToken)
            : EwsError.InvalidImDistributionGroupSmtpAddress;

    protected override void Write(EwsXmlWriter xml, ImGroup result) => ImGroupXml.WriteMessage(xml, result);

    /// <summary>The elements of the operation and their types in the messages namespace.</summary>
    [StringSyntax(StringSyntaxAttribute.Xml)]
    public const string Schema = """
        <!-- DisplayName is required in Exchange's schema, but missing in the documented request. -->
        <xs:complexType name="AddDistributionGroupToImListType">
          <xs:complexContent>
            <xs:extension base="m:BaseRequestType">
              <xs:sequence>
                <xs:element name="SmtpAddress" type="t:NonEmptyStringType" />
                <xs:element name="DisplayName" type="t:NonEmptyStringType" minOccurs="0" />
              </xs:sequence>
            </xs:extension>
          </xs:complexContent>
        </xs:complexType>
        <xs:element name="AddDistributionGroupToImList" type="m:AddDistributionGroupToImListType" />

        <xs:complexType name="AddDistributionGroupToImListResponseMessageType">
          <xs:complexContent>
            <xs:extension base="m:ResponseMessageType">
              <xs:sequence>
                <xs:element name="ImGroup" type="t:ImGroupType" minOccurs="0" />
              </xs:sequence>
            </xs:extension>
          </xs:complexContent>
        </xs:complexType>
        <xs:element name="AddDistributionGroupToImListResponse" type="m:AddDistributionGroupToImListResponseMessageType" />
        """;
}
