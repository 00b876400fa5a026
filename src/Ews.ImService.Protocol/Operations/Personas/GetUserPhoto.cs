using Ews.ImService.Mailbox;
using Ews.ImService.Protocol.Xml;

namespace Ews.ImService.Protocol.Operations.Personas;

/// <summary>Returns the photo of somebody whom the directory knows.</summary>
/// <remarks>
/// Learn: "GetUserPhoto operation". Exchange 2013 and later. That page lets somebody unknown end in HTTP 500; here it is an error response,
/// because a client that asks for every contact's photo would sign in anew after each.
/// </remarks>
internal sealed class GetUserPhoto(AddressList directory) : EwsOperation<string, UserPhoto>
{
    public override IReadOnlyList<string> Headers => ["RequestServerVersion"];

    public override string Limits => "Photos of the configured directory (`Directory:Users`), in their own size whatever size is requested; over SOAP alone.";

    protected override string Read(RequestReader request) => request.Text("Email");

    protected override Task<EwsResult<UserPhoto>> ExecuteAsync(string request, Caller caller, CancellationToken cancellation)
    {
        var photo = directory.Users.FirstOrDefault(user => user.HasAddress(request))?.Photo;
        return Task.FromResult<EwsResult<UserPhoto>>(photo is not null ? photo : EwsError.UserPhotoNotFound);
    }

    protected override void Write(EwsXmlWriter xml, UserPhoto result)
    {
        xml.Message("HasChanged", "true");
        xml.Message("PictureData", Convert.ToBase64String(result.Data.Span));
    }

    protected override void WriteAfterError(EwsXmlWriter xml) => xml.Message("HasChanged", "false");
}
