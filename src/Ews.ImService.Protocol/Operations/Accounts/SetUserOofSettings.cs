using System.Diagnostics.CodeAnalysis;
using Ews.ImService.Mailbox;

namespace Ews.ImService.Protocol.Operations.Accounts;

/// <summary>Stores the out-of-office settings of the caller.</summary>
/// <remarks>Learn: "SetUserOofSettings operation". Exchange 2007 and later.</remarks>
internal sealed class SetUserOofSettings(IMailboxStore store, AccountDirectory accounts, IRealms realms)
    : OofOperation<SetUserOofSettings.Request, Done>(accounts)
{
    /// <param name="Address">The address of the mailbox.</param>
    /// <param name="Read">Returns the settings, given those of a mailbox in which none were stored.</param>
    internal sealed record Request(string Address, Func<OofSettings, EwsResult<OofSettings>> Read);

    public override string Limitations =>
        "No replies are sent. The languages of replies and the settings for meetings are ignored. Times without an offset are UTC.";

    protected override EwsResult<Request> Read(RequestReader request)
    {
        var settings = request.Children.Last();
        return new Request(AddressIn(request), unset => OofSettingsXml.Read(settings, unset));
    }

    protected override async Task<EwsResult<Done>> ExecuteAsync(Request request, Caller caller, CancellationToken cancellationToken)
    {
        if (CheckOwner(request.Address, caller) is { } error)
            return error;
        var settings = request.Read(OofSettings.Default(realms.ClockOf(caller.Mailbox.Realm)));
        return settings.Succeeded
            ? await store.ChangeAsync(caller.Mailbox, mailbox => mailbox.SetOofSettings(settings.Value), cancellationToken)
            : settings.Error;
    }

    /// <summary>The elements of the operation and their types in the messages namespace.</summary>
    [StringSyntax(StringSyntaxAttribute.Xml)]
    public const string Schema = """
        <xs:complexType name="SetUserOofSettingsRequest">
          <xs:complexContent>
            <xs:extension base="m:BaseRequestType">
              <xs:sequence>
                <xs:element ref="t:Mailbox" />
                <xs:element ref="t:UserOofSettings" />
              </xs:sequence>
            </xs:extension>
          </xs:complexContent>
        </xs:complexType>
        <xs:element name="SetUserOofSettingsRequest" type="m:SetUserOofSettingsRequest" />

        <xs:complexType name="SetUserOofSettingsResponse">
          <xs:sequence>
            <xs:element name="ResponseMessage" type="m:ResponseMessageType" minOccurs="0" />
          </xs:sequence>
        </xs:complexType>
        <xs:element name="SetUserOofSettingsResponse" type="m:SetUserOofSettingsResponse" />
        """;
}
