using System.Xml.Linq;
using Ews.ImService.Mailbox;
using Ews.ImService.Protocol.Xml;

namespace Ews.ImService.Protocol.Operations.Folders;

/// <summary>Reads and writes <c>t:FolderType</c> and the other types of folders.</summary>
/// <remarks>Learn: "Folder", "ContactsFolder", "CalendarFolder", "TasksFolder", "SearchFolder".</remarks>
internal static class FolderXml
{
    /// <summary>The name of the element of a folder without a type of its own.</summary>
    public const string Folder = "Folder";

    private const string ContactsFolder = "ContactsFolder";
    private const string CalendarFolder = "CalendarFolder";
    private const string SearchFolder = "SearchFolder";

    /// <summary>The names of the elements and the classes of their folders. Other classes belong to the last element.</summary>
    private static readonly (string Element, string FolderClass)[] Elements =
    [
        (ContactsFolder, MailboxFolder.ContactClass), (CalendarFolder, "IPF.Appointment"), ("TasksFolder", "IPF.Task"),
        (Folder, "IPF.Note"),
    ];

    /// <summary>Returns the name of the element of a folder, which depends on the folder class.</summary>
    public static string ElementOf(MailboxFolder folder) => folder.Parent == MailboxFolder.SearchFolders.Counter
        ? SearchFolder
        : Elements.FirstOrDefault(one => folder.HasClass(one.FolderClass)).Element ?? Folder;

    /// <summary>Returns the class of a new folder, or <c>null</c> if such folders cannot be created.</summary>
    public static string? ClassOf(string element) => Elements.FirstOrDefault(one => one.Element == element).FolderClass;

    /// <summary>Writes the requested elements of a folder.</summary>
    public static void Write(EwsXmlWriter xml, FolderRow row, FolderShape shape)
    {
        var (mailbox, folder) = row;
        var element = ElementOf(folder);
        xml.StartType(element);
        ItemIdXml.Write(xml, "FolderId", folder.Id(mailbox.MailboxGuid), ChangeKey.ForFolder(mailbox.MailboxGuid, folder.Version));
        if (folder.Parent is { } parent && shape.Includes("ParentFolderId"))
            ItemIdXml.Write(xml, "ParentFolderId", StoreId.ForFolder(mailbox.MailboxGuid, parent), ChangeKey.Folder);
        WriteValue("FolderClass");
        WriteValue("DisplayName", isDefault: true);
        WriteValue("TotalCount", isDefault: true);
        WriteValue("ChildFolderCount", isDefault: true);
        foreach (var (field, path) in shape.ExtendedFields)
            ExtendedPropertyXml.Write(xml, field, FolderFields.ValuesOf(row, path), text => text);
        if (shape.Includes("EffectiveRights"))
            EffectiveRightsXml.Write(xml, isFolder: true, canDelete: !folder.IsWellKnown);
        if (folder.Name is not null && shape.Includes("DistinguishedFolderId"))
            xml.Type("DistinguishedFolderId", folder.Name);
        if (element is not (ContactsFolder or CalendarFolder))
            WriteValue("UnreadCount", isDefault: true);
        xml.End();

        void WriteValue(string name, bool isDefault = false)
        {
            if (shape.Includes(name, isDefault) && FolderFields.ValuesOf(row, "folder:" + name) is [var value])
                xml.Type(name, value);
        }
    }

    /// <summary>Reads the elements of a folder as changes of properties.</summary>
    /// <returns>
    /// The changes in order, or ErrorInvalidPropertySet for an element that clients cannot set, ErrorInvalidPropertyForOperation for
    /// permissions, or an error of an extended property.
    /// </returns>
    public static EwsResult<List<PropertyChange>> Read(XElement folder)
    {
        var changes = new List<PropertyChange>();
        foreach (var element in folder.Elements())
        {
            var read = ReadElement(element);
            if (!read.Succeeded)
                return read.Error;
            changes.Add(read.Value);
        }

        return changes;
    }

    private static EwsResult<PropertyChange> ReadElement(XElement element)
    {
        // The elements of contacts folders that a provider of contacts sets have paths of contacts.
        var prefix = element.Name.LocalName is "SourceId" or "AccountName" ? "contacts:" : "folder:";
        var path = prefix + element.Name.LocalName;
        return element.Name.LocalName switch
        {
            "DisplayName" or "FolderClass" => new PropertyChange(path, [element.Value]),
            ExtendedPropertyXml.Element => ExtendedPropertyXml.Read(element).Then<PropertyChange>(change =>
            {
                var name = FolderFields.NormalizePath(change.Path);
                return name == change.Path && FolderFields.IsComputed(name)
                    ? EwsError.InvalidPropertySet(name)
                    : change with { Path = name };
            }),
            "PermissionSet" => EwsError.InvalidPropertyForOperation,
            _ => EwsError.InvalidPropertySet(path),
        };
    }
}
