using System.Diagnostics.CodeAnalysis;
using System.Xml.Linq;
using Ews.ImService.Mailbox;
using Ews.ImService.Protocol.Operations.Folders;

namespace Ews.ImService.Protocol.Operations.Accounts;

/// <summary>Returns a configuration object of a folder. No folder has any.</summary>
/// <remarks>Learn: "GetUserConfiguration operation". Exchange 2010 and later.</remarks>
internal sealed class GetUserConfiguration(IMailboxStore store, FolderIds folders) : BatchOperation<XElement, Done>
{
    public override string SinceVersion => "Exchange2010";

    public override string Limitations => "Folders have no configuration objects: the response is ErrorItemNotFound.";

    protected override IEnumerable<EwsResult<XElement>> ReadParts(RequestReader request) =>
        request.Items("UserConfigurationName").Select(folder => (EwsResult<XElement>)folder);

    protected override async Task<EwsResult<List<EwsResult<Done>>>> ExecuteAsync(
        List<EwsResult<XElement>> parts, Caller caller, CancellationToken cancellationToken)
    {
        var mailbox = await store.ReadAsync(caller.Mailbox, cancellationToken);
        return parts.ConvertAll(part => part.Then(folder => folders.Find(folder, mailbox)).Then<Done>(_ => EwsError.ItemNotFound));
    }

    /// <summary>The elements of the operation and their types in the messages namespace.</summary>
    [StringSyntax(StringSyntaxAttribute.Xml)]
    public const string Schema = """
        <xs:complexType name="GetUserConfigurationType">
          <xs:complexContent>
            <xs:extension base="m:BaseRequestType">
              <xs:sequence>
                <xs:element name="UserConfigurationName" type="t:UserConfigurationNameType" />
                <xs:element name="UserConfigurationProperties" type="t:UserConfigurationPropertyType" />
              </xs:sequence>
            </xs:extension>
          </xs:complexContent>
        </xs:complexType>
        <xs:element name="GetUserConfiguration" type="m:GetUserConfigurationType" />

        <xs:complexType name="GetUserConfigurationResponseMessageType">
          <xs:complexContent>
            <xs:extension base="m:ResponseMessageType">
              <xs:sequence>
                <xs:element name="UserConfiguration" type="t:UserConfigurationType" minOccurs="0" />
              </xs:sequence>
            </xs:extension>
          </xs:complexContent>
        </xs:complexType>

        <xs:complexType name="GetUserConfigurationResponseType">
          <xs:complexContent>
            <xs:extension base="m:BaseResponseMessageType" />
          </xs:complexContent>
        </xs:complexType>
        <xs:element name="GetUserConfigurationResponse" type="m:GetUserConfigurationResponseType" />
        """;
}
