using System.Diagnostics.CodeAnalysis;
using Ews.ImService.Mailbox;
using Ews.ImService.Protocol.Xml;

namespace Ews.ImService.Protocol.Operations.Accounts;

/// <summary>Returns the out-of-office settings of the caller.</summary>
/// <remarks>Learn: "GetUserOofSettings operation". Exchange 2007 and later.</remarks>
internal sealed class GetUserOofSettings(IMailboxStore store, AccountDirectory accounts, IRealms realms)
    : OofOperation<string, OofSettings>(accounts)
{
    /// <summary>The audience that the organization allows.</summary>
    private const string AllowedAudience = nameof(OofAudience.All);

    protected override EwsResult<string> Read(RequestReader request) => AddressIn(request);

    protected override async Task<EwsResult<OofSettings>> ExecuteAsync(
        string request, Caller caller, CancellationToken cancellationToken)
    {
        if (CheckOwner(request, caller) is { } error)
            return error;
        var mailbox = await store.ReadAsync(caller.Mailbox, cancellationToken);
        return mailbox.Oof ?? OofSettings.Default(realms.ClockOf(caller.Mailbox.Realm));
    }

    protected override void WriteResult(EwsXmlWriter xml, OofSettings result)
    {
        OofSettingsXml.Write(xml, result);
        xml.Message("AllowExternalOof", AllowedAudience);
    }

    /// <summary>The elements of the operation and their types in the messages namespace.</summary>
    [StringSyntax(StringSyntaxAttribute.Xml)]
    public const string Schema = """
        <xs:complexType name="GetUserOofSettingsRequest">
          <xs:complexContent>
            <xs:extension base="m:BaseRequestType">
              <xs:sequence>
                <xs:element ref="t:Mailbox" />
              </xs:sequence>
            </xs:extension>
          </xs:complexContent>
        </xs:complexType>
        <xs:element name="GetUserOofSettingsRequest" type="m:GetUserOofSettingsRequest" />

        <xs:complexType name="GetUserOofSettingsResponse">
          <xs:sequence>
            <xs:element name="ResponseMessage" type="m:ResponseMessageType" />
            <xs:element ref="t:OofSettings" minOccurs="0" />
            <xs:element name="AllowExternalOof" type="t:ExternalAudience" minOccurs="0" />
          </xs:sequence>
        </xs:complexType>
        <xs:element name="GetUserOofSettingsResponse" type="m:GetUserOofSettingsResponse" />
        """;
}
