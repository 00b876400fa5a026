using System.Diagnostics.CodeAnalysis;
using Ews.ImService.Mailbox;
using Ews.ImService.Protocol.Xml;

namespace Ews.ImService.Protocol.Operations.Accounts;

/// <summary>Returns the expiration date of the password of the caller, which does not expire.</summary>
/// <remarks>Learn: "GetPasswordExpirationDate operation". Exchange 2010 SP1 and later.</remarks>
internal sealed class GetPasswordExpirationDate(AccountDirectory accounts) : SingleOperation<string?, Done>
{
    /// <summary>The date of a password that does not expire, which Learn does not state.</summary>
    private const string Never = "9999-12-31T23:59:59Z";

    public override string SinceVersion => "Exchange2010_SP1";

    public override IReadOnlyList<string> Headers => ["MailboxCulture", "RequestServerVersion"];

    public override string Limitations => "Passwords do not expire.";

    protected override EwsResult<string?> Read(RequestReader request) => request.OptionalText("MailboxSmtpAddress");

    protected override Task<EwsResult<Done>> ExecuteAsync(string? request, Caller caller, CancellationToken cancellationToken)
    {
        var error = request is null ? null : accounts.CheckOwner(request, caller.Mailbox.SmtpAddress);
        return Task.FromResult<EwsResult<Done>>(error is null ? default(Done) : error);
    }

    protected override void Write(EwsXmlWriter xml, Done result) => WriteDate(xml);

    protected override void WriteAfterError(EwsXmlWriter xml) => WriteDate(xml);

    private static void WriteDate(EwsXmlWriter xml) => xml.Message("PasswordExpirationDate", Never);

    /// <summary>The elements of the operation and their types in the messages namespace.</summary>
    [StringSyntax(StringSyntaxAttribute.Xml)]
    public const string Schema = """
        <xs:complexType name="GetPasswordExpirationDateType">
          <xs:complexContent>
            <xs:extension base="m:BaseRequestType">
              <xs:sequence>
                <xs:element name="MailboxSmtpAddress" type="xs:string" minOccurs="0" />
              </xs:sequence>
            </xs:extension>
          </xs:complexContent>
        </xs:complexType>
        <xs:element name="GetPasswordExpirationDate" type="m:GetPasswordExpirationDateType" />

        <xs:complexType name="GetPasswordExpirationDateResponseMessageType">
          <xs:complexContent>
            <xs:extension base="m:ResponseMessageType">
              <xs:sequence>
                <xs:element name="PasswordExpirationDate" type="xs:dateTime" />
              </xs:sequence>
            </xs:extension>
          </xs:complexContent>
        </xs:complexType>
        <xs:element name="GetPasswordExpirationDateResponse" type="m:GetPasswordExpirationDateResponseMessageType" />
        """;
}
