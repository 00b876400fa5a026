using System.Diagnostics.CodeAnalysis;
using System.Xml.Linq;
using Ews.ImService.Mailbox;
using Ews.ImService.Protocol.Xml;

namespace Ews.ImService.Protocol.Operations.Folders;

/// <summary>Changes the names and other properties of folders.</summary>
/// <remarks>Learn: "UpdateFolder operation". Exchange 2007 and later.</remarks>
internal sealed class UpdateFolder(IMailboxStore store, FolderIds folders) : BatchOperation<UpdateFolder.Request, FolderRow>
{
    internal sealed record Request(XElement Folder, List<Update> Updates);

    /// <param name="Change">The change of a property.</param>
    /// <param name="Element">The element that contains the new value, or <c>null</c> if the property is deleted.</param>
    internal sealed record Update(PropertyChange Change, string? Element);

    public override string SinceVersion => "Exchange2007";

    public override IReadOnlyList<string> Headers => [.. base.Headers, "TimeZoneContext"];

    public override string Limitations => "No permissions.";

    protected override IEnumerable<EwsResult<Request>> ReadParts(RequestReader request)
    {
        foreach (var change in request.Items("FolderChanges"))
            yield return ReadChange(change);
    }

    protected override Task<EwsResult<List<EwsResult<FolderRow>>>> ExecuteAsync(
        List<EwsResult<Request>> parts, Caller caller, CancellationToken cancellationToken) =>
        store.ChangeAsync<List<EwsResult<FolderRow>>>(
            caller.Mailbox,
            mailbox => parts.ConvertAll(part => part.Then(request => folders.Find(request.Folder, mailbox.State)
                .Then(folder => Change(mailbox, folder, request.Updates))
                .Select(folder => new FolderRow(mailbox.State, folder)))),
            cancellationToken);

    protected override void Write(EwsXmlWriter xml, FolderRow result) => FolderRow.WriteFolders(xml, result, FolderShape.IdOnly);

    protected override void WriteAfterError(EwsXmlWriter xml) => FolderRow.WriteFolders(xml, null, FolderShape.IdOnly);

    private static EwsResult<Request> ReadChange(XElement change)
    {
        var updates = new List<Update>();
        foreach (var update in change.Elements().Last().Elements())
        {
            var read = ReadUpdate(update);
            if (!read.Succeeded)
                return read.Error;
            updates.Add(read.Value);
        }

        return new Request(change.Elements().First(), updates);
    }

    private static EwsResult<Update> ReadUpdate(XElement update) => PropertyPath.Read(update.Elements().First()).Then<Update>(path =>
    {
        switch (update.Name.LocalName)
        {
            case "DeleteFolderField":
                return PropertyPath.IsExtended(path) && !FolderFields.IsComputed(path)
                    ? new Update(new PropertyChange(path, []), Element: null)
                    : EwsError.InvalidPropertyDelete(path);
            case "AppendToFolderField":
                return EwsError.InvalidPropertyAppend(path);
        }

        var folder = update.Elements().Last();
        return FolderXml.Read(folder).Then<Update>(changes => changes switch
        {
            [var change] when change.Path == FolderFields.NormalizePath(path) => new Update(change, folder.Name.LocalName),
            [_] => EwsError.UpdatePropertyMismatch,
            _ => EwsError.IncorrectUpdatePropertyCount,
        });
    });

    /// <summary>Changes a folder. The general element can be used for every type of folder, as clients do.</summary>
    private static EwsResult<MailboxFolder> Change(MailboxEdit mailbox, MailboxFolder folder, List<Update> updates)
    {
        var element = FolderXml.ElementOf(folder);
        var isOfType = updates.TrueForAll(update => update.Element is null or FolderXml.Folder || update.Element == element);
        return isOfType ? mailbox.UpdateFolder(folder, updates.ConvertAll(update => update.Change)) : EwsError.ObjectTypeChanged;
    }

    /// <summary>The elements of the operation and their types in the messages namespace.</summary>
    [StringSyntax(StringSyntaxAttribute.Xml)]
    public const string Schema = """
        <xs:complexType name="UpdateFolderType">
          <xs:complexContent>
            <xs:extension base="m:BaseRequestType">
              <xs:sequence>
                <xs:element name="FolderChanges" type="t:NonEmptyArrayOfFolderChangesType" />
              </xs:sequence>
            </xs:extension>
          </xs:complexContent>
        </xs:complexType>
        <xs:element name="UpdateFolder" type="m:UpdateFolderType" />

        <xs:complexType name="UpdateFolderResponseType">
          <xs:complexContent>
            <xs:extension base="m:BaseResponseMessageType" />
          </xs:complexContent>
        </xs:complexType>
        <xs:element name="UpdateFolderResponse" type="m:UpdateFolderResponseType" />
        """;
}
