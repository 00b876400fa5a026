using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using Ews.ImService.Mailbox;
using Ews.ImService.Protocol.Xml;

namespace Ews.ImService.Protocol.Operations.Attachments;

/// <summary>Reads and writes <c>t:FileAttachmentType</c>.</summary>
/// <remarks>Learn: "FileAttachment", "AttachmentId".</remarks>
internal static class FileAttachmentXml
{
    private const string Element = "FileAttachment";

    /// <summary>The elements of <c>t:AttachmentType</c>; an attached item follows them.</summary>
    private static readonly string[] CommonParts =
    [
        "AttachmentId", "Name", "ContentType", "ContentId", "ContentLocation", "AttachmentOriginalUrl", "Size", "LastModifiedTime",
        "IsInline",
    ];

    /// <summary>Reads an attachment of a request, whose number and time are assigned later.</summary>
    /// <returns>
    /// The file, ErrorMissingItemForCreateItemAttachment for an attached item without content, or ErrorInvalidOperation for an attachment
    /// that is not a file.
    /// </returns>
    public static EwsResult<FileAttachment> Read(XElement attachment)
    {
        if (attachment.Name.LocalName == "ItemAttachment" && attachment.Elements().All(part => CommonParts.Contains(part.Name.LocalName)))
            return EwsError.MissingItemForCreateItemAttachment;
        if (attachment.Name.LocalName != Element)
            return EwsError.InvalidOperation;
        var content = Convert.FromBase64String(Text("Content") ?? string.Empty);
        return new FileAttachment(Number: 0, Text("Name") ?? string.Empty, content, default)
        {
            ContentType = Text("ContentType"),
            ContentId = Text("ContentId"),
            ContentLocation = Text("ContentLocation"),
            IsInline = IsTrue("IsInline"),
            IsContactPhoto = IsTrue("IsContactPhoto"),
        };

        string? Text(string name) => attachment.Elements().FirstOrDefault(part => part.Name.LocalName == name)?.Value;

        bool IsTrue(string name) => Text(name) is { } text && XmlConvert.ToBoolean(text.Trim());
    }

    /// <summary>Writes the <c>m:Attachments</c> of a response message; without an attachment, after an error.</summary>
    public static void WriteAttachments(EwsXmlWriter xml, Action writeAttachment)
    {
        xml.StartMessage("Attachments");
        writeAttachment();
        xml.End();
    }

    /// <summary>Writes the id of a new attachment, with the id and the change key of its item.</summary>
    public static void WriteCreated(EwsXmlWriter xml, AttachedFile attachment, MailboxItem root)
    {
        xml.StartType(Element);
        xml.StartType("AttachmentId");
        xml.Attribute("Id", attachment.Id);
        WriteRoot(xml, root);
        xml.End();
        xml.End();
    }

    /// <summary>Writes the attributes that identify the item of an attachment.</summary>
    public static void WriteRoot(EwsXmlWriter xml, MailboxItem root)
    {
        xml.Attribute("RootItemId", root.Id);
        xml.Attribute("RootItemChangeKey", root.ChangeKey);
    }

    /// <summary>Writes the <c>t:Attachments</c> of an item, without their contents.</summary>
    public static void WriteList(EwsXmlWriter xml, IReadOnlyList<AttachedFile> attachments)
    {
        if (attachments.Count == 0)
            return;
        xml.StartType("Attachments");
        foreach (var attachment in attachments)
            Write(xml, attachment, hasContent: false);
        xml.End();
    }

    /// <summary>Writes an attachment.</summary>
    public static void Write(EwsXmlWriter xml, AttachedFile attachment, bool hasContent)
    {
        var file = attachment.File;
        xml.StartType(Element);
        xml.StartType("AttachmentId");
        xml.Attribute("Id", attachment.Id);
        xml.End();
        xml.Type("Name", file.Name);
        WriteOptional(xml, "ContentType", file.ContentType);
        WriteOptional(xml, "ContentId", file.ContentId);
        WriteOptional(xml, "ContentLocation", file.ContentLocation);
        xml.Type("Size", file.Content.Length.ToString(CultureInfo.InvariantCulture));
        xml.Type("LastModifiedTime", file.LastModifiedTime);
        xml.Type("IsInline", file.IsInline);
        xml.Type("IsContactPhoto", file.IsContactPhoto);
        if (hasContent)
            xml.Type("Content", Convert.ToBase64String(file.Content.Span));
        xml.End();
    }

    private static void WriteOptional(EwsXmlWriter xml, string name, string? text)
    {
        if (text is not null)
            xml.Type(name, text);
    }
}
