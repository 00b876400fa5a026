using System.Globalization;
using System.Xml.Linq;
using Ews.ImService.Mailbox;
using Ews.ImService.Protocol.Operations.Items;
using Ews.ImService.Protocol.Xml;

namespace Ews.ImService.Protocol.Operations.Folders;

/// <summary>The values of folders by path: of properties that are computed, and of extended properties that are stored.</summary>
/// <remarks>
/// [MS-OXPROPS]. A property of a folder has two names, as one of a contact: a FieldURI and the extended property of MAPI.
/// </remarks>
internal static class FolderFields
{
    private const string ParentFolderId = "folder:ParentFolderId";

    private static readonly Dictionary<string, Func<FolderRow, string?>> Computed = new(StringComparer.Ordinal)
    {
        [MailboxEdit.FolderDisplayName] = row => row.Folder.DisplayName,
        [MailboxEdit.FolderClass] = row => row.Folder.FolderClass,
        [ParentFolderId] = row => row.Folder.Parent is { } parent ? StoreId.ForFolder(row.Mailbox.MailboxGuid, parent) : null,
        ["folder:TotalCount"] = TotalCount,
        ["folder:UnreadCount"] = _ => "0",
        ["folder:ChildFolderCount"] = ChildFolderCount,
        [ContactPath.Extended(0x3602, "Integer")] = TotalCount,
        [ContactPath.Extended(0x3603, "Integer")] = _ => "0",
        [ContactPath.Extended(0x6638, "Integer")] = ChildFolderCount,
        [ContactPath.Extended(0x360A, "Boolean")] = row => ChildrenOf(row) > 0 ? "true" : "false",
        [ContactPath.Extended(0x3601, "Integer")] = row => row.Folder == MailboxFolder.Root ? "0" : "1",
        [ContactPath.Extended(0x3007, "SystemTime")] = row => Time(row.Folder.CreationTime),
        [ContactPath.Extended(0x3008, "SystemTime")] = row => Time(row.Folder.LastModifiedTime),
        [ContactPath.Extended(0x0FFF, "Binary")] = row => EntryIdOf(row, row.Folder.Counter),
        [ContactPath.Extended(0x0E09, "Binary")] = row => row.Folder.Parent is { } parent ? EntryIdOf(row, parent) : null,
        [ContactPath.Extended(0x0FF4, "Integer")] = row => (row.Folder.IsWellKnown ? AllRights - DeleteRight : AllRights)
            .ToString(CultureInfo.InvariantCulture),
    };

    /// <summary>The extended properties that are other names of properties that clients set.</summary>
    private static readonly Dictionary<string, string> Names = new(StringComparer.Ordinal)
    {
        [ContactPath.Extended(0x3001, "String")] = MailboxEdit.FolderDisplayName,
        [ContactPath.Extended(0x3613, "String")] = MailboxEdit.FolderClass,
    };

    private const int DeleteRight = 4;

    /// <summary>The rights to modify, read, delete, and create subfolders, items and associated items.</summary>
    /// <remarks>[MS-OXCPRPT] PidTagAccess.</remarks>
    private const int AllRights = 63;

    /// <summary>Returns the FieldURI for another name of the property; other paths are returned unchanged.</summary>
    public static string NormalizePath(string path) => Names.GetValueOrDefault(path, path);

    /// <summary>Determines whether a property is computed, so that clients cannot set or delete it.</summary>
    public static bool IsComputed(string path) => Computed.ContainsKey(NormalizePath(path));

    /// <summary>Returns the values of a property; none if the folder does not have it.</summary>
    public static IReadOnlyList<string> ValuesOf(FolderRow row, string path)
    {
        if (Computed.TryGetValue(NormalizePath(path), out var compute))
            return compute(row) is { } value ? [value] : [];
        var values = row.Folder.Properties.Values(path);
        return values.IsEmpty && path == FolderProperty.IsHidden ? ["false"] : values;
    }

    /// <summary>Reads a path of folders, for restrictions.</summary>
    /// <returns>The path, <c>null</c> if folders have no comparable value at the path, or an error of an extended property.</returns>
    public static EwsResult<ComparablePath<FolderRow>?> ReadPath(XElement element) =>
        PropertyPath.Read(element).Select(path => PropertyPath.IsExtended(path)
            ? new ComparablePath<FolderRow>(row => ValuesOf(row, path), ComparableType.Of(element.Attribute("PropertyType")!.Value))
            : Computed.ContainsKey(path)
                ? new ComparablePath<FolderRow>(
                    row => ValuesOf(row, path),
                    path.EndsWith("Count", StringComparison.Ordinal) ? ComparableType.Numbers : ComparableType.Texts)
                : null);

    private static string TotalCount(FolderRow row) => row.Mailbox.CountOf(row.Folder).ToString(CultureInfo.InvariantCulture);

    private static string ChildFolderCount(FolderRow row) => ChildrenOf(row).ToString(CultureInfo.InvariantCulture);

    private static int ChildrenOf(FolderRow row) => row.Mailbox.Folders.CountChildren(row.Folder.Counter);

    private static string? Time(DateTime? time) => time is { } utc ? Milliseconds.Format(utc) : null;

    private static string? EntryIdOf(FolderRow row, long counter)
    {
        var guid = row.Mailbox.MailboxGuid;
        return EntryId.Read("EwsId", StoreId.ForFolder(guid, counter), guid).Value?.Format("EntryId");
    }
}
