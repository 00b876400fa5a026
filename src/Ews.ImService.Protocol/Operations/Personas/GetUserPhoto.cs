using System.Diagnostics.CodeAnalysis;
using Ews.ImService.Mailbox;
using Ews.ImService.Protocol.Xml;

namespace Ews.ImService.Protocol.Operations.Personas;

/// <summary>Returns the photo of a user of the directory, or the picture of a contact with the address.</summary>
/// <remarks>
/// Learn: "GetUserPhoto operation". Exchange 2013 and later. That page documents HTTP 500 for an unknown user; this service returns an
/// error response, because a client that requests the photo of every contact would authenticate again after each HTTP 500.
/// </remarks>
internal sealed class GetUserPhoto(IMailboxStore store, AddressList directory) : SingleOperation<string, UserPhoto>
{
    public override IReadOnlyList<string> Headers => ["RequestServerVersion"];

    public override string Limitations =>
        "Photos of the configured directory (`Directory:Users`) and pictures of contacts, in their original size regardless of "
        + "SizeRequested.";

    protected override EwsResult<string> Read(RequestReader request) => request.Text("Email");

    protected override async Task<EwsResult<UserPhoto>> ExecuteAsync(
        string request, Caller caller, CancellationToken cancellationToken)
    {
        if (directory.FindPhoto(request) is { } photo)
            return photo;
        var mailbox = await store.FindAsync(caller.Mailbox, cancellationToken);
        return mailbox?.FindPicture(request) is { } picture ? new UserPhoto(picture.Content) : EwsError.UserPhotoNotFound;
    }

    protected override void Write(EwsXmlWriter xml, UserPhoto result)
    {
        xml.Message("HasChanged", "true");
        xml.Message("PictureData", Convert.ToBase64String(result.Data.Span));
    }

    protected override void WriteAfterError(EwsXmlWriter xml) => xml.Message("HasChanged", "false");

    /// <summary>The elements of the operation and their types in the messages namespace.</summary>
    [StringSyntax(StringSyntaxAttribute.Xml)]
    public const string Schema = """
        <xs:complexType name="GetUserPhotoType">
          <xs:complexContent>
            <xs:extension base="m:BaseRequestType">
              <xs:sequence>
                <xs:element name="Email" type="xs:string" />
                <xs:element name="SizeRequested" type="t:UserPhotoSizeType" />
                <xs:element name="TypeRequested" type="t:UserPhotoTypeType" minOccurs="0" />
              </xs:sequence>
            </xs:extension>
          </xs:complexContent>
        </xs:complexType>
        <xs:element name="GetUserPhoto" type="m:GetUserPhotoType" />

        <xs:complexType name="GetUserPhotoResponseMessageType">
          <xs:complexContent>
            <xs:extension base="m:ResponseMessageType">
              <xs:sequence>
                <xs:element name="HasChanged" type="xs:boolean" />
                <xs:element name="PictureData" type="xs:base64Binary" minOccurs="0" />
              </xs:sequence>
            </xs:extension>
          </xs:complexContent>
        </xs:complexType>
        <xs:element name="GetUserPhotoResponse" type="m:GetUserPhotoResponseMessageType" />
        """;
}
