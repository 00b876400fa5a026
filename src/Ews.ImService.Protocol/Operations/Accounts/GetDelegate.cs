using System.Diagnostics.CodeAnalysis;
using System.Xml.Linq;
using Ews.ImService.Mailbox;
using Ews.ImService.Protocol.Xml;

namespace Ews.ImService.Protocol.Operations.Accounts;

/// <summary>Returns the delegates of the mailbox of the caller, which has none.</summary>
/// <remarks>Learn: "GetDelegate operation". Exchange 2007 SP1 and later.</remarks>
internal sealed class GetDelegate(AccountDirectory accounts) : SingleOperation<GetDelegate.Request, GetDelegate.Delegates>
{
    /// <summary>The default of Exchange.</summary>
    private const string DeliverMeetingRequests = "DelegatesAndMe";

    /// <param name="Address">The address of the mailbox, or <c>null</c> for that of the caller.</param>
    /// <param name="RequestedUsers">The number of users of whom the request asks whether they are delegates.</param>
    internal sealed record Request(string? Address, int RequestedUsers);

    /// <param name="RequestedUsers">The number of users who are not delegates.</param>
    internal sealed record Delegates(int RequestedUsers);

    public override string SinceVersion => "Exchange2007_SP1";

    public override string Limitations => "No user has delegates.";

    protected override EwsResult<Request> Read(RequestReader request)
    {
        var address = request.Items("Mailbox").FirstOrDefault(part => part.Name.LocalName == "EmailAddress")?.Value;
        return new Request(address, request.Items("UserIds").Count());
    }

    protected override Task<EwsResult<Delegates>> ExecuteAsync(Request request, Caller caller, CancellationToken cancellationToken)
    {
        var error = request.Address is { } address ? accounts.CheckOwner(address, caller.Mailbox.SmtpAddress) : null;
        return Task.FromResult<EwsResult<Delegates>>(error is null ? new Delegates(request.RequestedUsers) : error);
    }

    protected override OperationResponse Respond(EwsResult<Delegates> outcome) =>
        outcome is { Succeeded: true, Value.RequestedUsers: > 0 }
            ? base.Respond(outcome) with { Code = EwsError.NotDelegate.Code }
            : base.Respond(outcome);

    protected override void Write(EwsXmlWriter xml, Delegates result)
    {
        if (result.RequestedUsers > 0)
        {
            xml.StartMessage("ResponseMessages");
            for (var i = 0; i < result.RequestedUsers; i++)
                ResponseMessageXml.WriteError(xml, "DelegateUserResponseMessageType", EwsError.NotDelegate, () => { });
            xml.End();
        }

        xml.Message("DeliverMeetingRequests", DeliverMeetingRequests);
    }

    /// <summary>The elements of the operation and their types in the messages namespace.</summary>
    [StringSyntax(StringSyntaxAttribute.Xml)]
    public const string Schema = """
        <xs:complexType name="BaseDelegateType" abstract="true">
          <xs:complexContent>
            <xs:extension base="m:BaseRequestType">
              <xs:sequence>
                <xs:element name="Mailbox" type="t:EmailAddressType" />
              </xs:sequence>
            </xs:extension>
          </xs:complexContent>
        </xs:complexType>

        <xs:complexType name="GetDelegateType">
          <xs:complexContent>
            <xs:extension base="m:BaseDelegateType">
              <xs:sequence>
                <xs:element name="UserIds" type="t:ArrayOfUserIdType" minOccurs="0" />
              </xs:sequence>
              <xs:attribute name="IncludePermissions" type="xs:boolean" use="required" />
            </xs:extension>
          </xs:complexContent>
        </xs:complexType>
        <xs:element name="GetDelegate" type="m:GetDelegateType" />

        <xs:complexType name="DelegateUserResponseMessageType">
          <xs:complexContent>
            <xs:extension base="m:ResponseMessageType">
              <xs:sequence>
                <xs:element name="DelegateUser" type="t:DelegateUserType" minOccurs="0" />
              </xs:sequence>
            </xs:extension>
          </xs:complexContent>
        </xs:complexType>

        <xs:complexType name="ArrayOfDelegateUserResponseMessageType">
          <xs:sequence>
            <xs:element name="DelegateUserResponseMessageType" type="m:DelegateUserResponseMessageType" maxOccurs="unbounded" />
          </xs:sequence>
        </xs:complexType>

        <xs:complexType name="BaseDelegateResponseMessageType" abstract="true">
          <xs:complexContent>
            <xs:extension base="m:ResponseMessageType">
              <xs:sequence>
                <xs:element name="ResponseMessages" type="m:ArrayOfDelegateUserResponseMessageType" minOccurs="0" />
              </xs:sequence>
            </xs:extension>
          </xs:complexContent>
        </xs:complexType>

        <xs:complexType name="GetDelegateResponseMessageType">
          <xs:complexContent>
            <xs:extension base="m:BaseDelegateResponseMessageType">
              <xs:sequence>
                <xs:element name="DeliverMeetingRequests" type="t:DeliverMeetingRequestsType" minOccurs="0" />
              </xs:sequence>
            </xs:extension>
          </xs:complexContent>
        </xs:complexType>
        <xs:element name="GetDelegateResponse" type="m:GetDelegateResponseMessageType" />
        """;
}
