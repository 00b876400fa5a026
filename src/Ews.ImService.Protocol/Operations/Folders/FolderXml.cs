using System.Globalization;
using Ews.ImService.Mailbox;
using Ews.ImService.Protocol.Xml;

namespace Ews.ImService.Protocol.Operations.Folders;

/// <summary>Writes <c>t:FolderType</c> and <c>t:ContactsFolderType</c>.</summary>
/// <remarks>Learn: "Folder", "ContactsFolder".</remarks>
internal static class FolderXml
{
    /// <summary>Writes the requested elements of a folder.</summary>
    public static void Write(EwsXmlWriter xml, MailboxState mailbox, MailboxFolder folder, FolderShape shape)
    {
        xml.StartType(folder.IsContactsFolder ? "ContactsFolder" : "Folder");
        ItemIdXml.Write(xml, "FolderId", folder.Id(mailbox.MailboxGuid), ChangeKey.Folder);
        if (folder.Parent is not null && shape.Includes("ParentFolderId"))
            ItemIdXml.Write(xml, "ParentFolderId", folder.Parent.Id(mailbox.MailboxGuid), ChangeKey.Folder);
        if (folder.FolderClass is not null)
            WriteText("FolderClass", folder.FolderClass);
        WriteText("DisplayName", folder.DisplayName, isDefault: true);
        WriteText("TotalCount", Number(mailbox.CountOf(folder)), isDefault: true);
        WriteText("ChildFolderCount", Number(folder.Children(deep: false).Count()), isDefault: true);
        if (shape.Includes("EffectiveRights"))
            EffectiveRightsXml.Write(xml, isFolder: true);
        WriteText("DistinguishedFolderId", folder.Name);
        if (!folder.IsContactsFolder)
            WriteText("UnreadCount", "0", isDefault: true);
        xml.End();

        void WriteText(string element, string text, bool isDefault = false)
        {
            if (shape.Includes(element, isDefault))
                xml.Type(element, text);
        }
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
