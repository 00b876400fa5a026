using System.Diagnostics.CodeAnalysis;
using Ews.ImService.Mailbox;
using Ews.ImService.Protocol.Operations.Personas;
using Ews.ImService.Protocol.Xml;

namespace Ews.ImService.Protocol.Operations.ImList;

/// <summary>Returns all groups and personas of the IM list.</summary>
/// <remarks>Learn: "GetImItemList operation". Exchange 2013 and later.</remarks>
internal sealed class GetImItemList(IMailboxStore store, PersonaXml personas, ImItemListCache cache)
    : SingleOperation<ExtendedProperties, GetImItemList.Result>
{
    internal sealed record Result(MailboxKey Mailbox, ImItemList List, EncodedParts? Parts = null);

    protected override EwsResult<ExtendedProperties> Read(RequestReader request) =>
        ExtendedProperties.Read(request.Items("ExtendedProperties"));

    protected override async Task<EwsResult<Result>> ExecuteAsync(
        ExtendedProperties request, Caller caller, CancellationToken cancellationToken)
    {
        var mailbox = await store.ReadAsync(caller.Mailbox, cancellationToken);
        return new Result(caller.Mailbox, new ImItemList(mailbox, mailbox.OrderedGroups, mailbox.ImContacts, request));
    }

    protected override OperationResponse Respond(EwsResult<Result> outcome) =>
        outcome.Succeeded ? Respond(outcome.Value) : base.Respond(outcome);

    protected override void Write(EwsXmlWriter xml, Result result) => ImItemListXml.Write(xml, result.List, personas, result.Parts);

    /// <summary>
    /// Returns the response from the cache. Only a response that the cache does not contain is written, and the rare one with milliseconds.
    /// </summary>
    private OperationResponse Respond(Result result) => new(ResponseMessageXml.NoError, (writer, namespaces) => writer.HasMilliseconds
        ? base.Respond(result).Encode(writer, namespaces)
        : cache.GetOrWrite(
            new ImItemListKey(result.Mailbox, namespaces, result.List.Requested),
            result.List.Mailbox,
            parts => base.Respond(result with { Parts = parts }).Encode(writer, namespaces)));

    /// <summary>The elements of the operation and their types in the messages namespace.</summary>
    [StringSyntax(StringSyntaxAttribute.Xml)]
    public const string Schema = """
        <xs:complexType name="GetImItemListType">
          <xs:complexContent>
            <xs:extension base="m:BaseRequestType">
              <xs:sequence>
                <xs:element name="ExtendedProperties" type="t:NonEmptyArrayOfExtendedFieldURIs" minOccurs="0" />
              </xs:sequence>
            </xs:extension>
          </xs:complexContent>
        </xs:complexType>
        <xs:element name="GetImItemList" type="m:GetImItemListType" />

        <xs:complexType name="GetImItemListResponseMessageType">
          <xs:complexContent>
            <xs:extension base="m:ResponseMessageType">
              <xs:sequence>
                <xs:element name="ImItemList" type="t:ImItemListType" minOccurs="0" />
              </xs:sequence>
            </xs:extension>
          </xs:complexContent>
        </xs:complexType>
        <xs:element name="GetImItemListResponse" type="m:GetImItemListResponseMessageType" />
        """;
}
