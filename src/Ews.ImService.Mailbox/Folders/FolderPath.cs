namespace Ews.ImService.Mailbox;

/// <summary>Paths of folders, as seed documents contain them, such as <c>contacts/Team</c>.</summary>
/// <remarks>
/// A path begins with the distinguished name of a folder. The display names of subfolders follow, in which <c>~</c> and <c>/</c> are
/// <c>~0</c> and <c>~1</c>, as in a JSON Pointer (RFC 6901).
/// </remarks>
public static class FolderPath
{
    /// <summary>Returns the path of a folder.</summary>
    /// <param name="folders">The folders of the mailbox.</param>
    /// <param name="folder">The folder.</param>
    public static string Of(MailboxFolders folders, MailboxFolder folder)
    {
        ArgumentNullException.ThrowIfNull(folders);
        ArgumentNullException.ThrowIfNull(folder);
        return folder.Name ?? $"{Of(folders, folders[folder.Parent!.Value])}/{Escape(folder.DisplayName)}";
    }

    /// <summary>Finds a folder by its path.</summary>
    /// <param name="folders">The folders of the mailbox.</param>
    /// <param name="path">The path.</param>
    /// <returns>The folder, or <c>null</c> if there is none.</returns>
    public static MailboxFolder? Find(MailboxFolders folders, string path)
    {
        ArgumentNullException.ThrowIfNull(folders);
        var names = path.Split('/');
        var folder = folders.Named(names[0]);
        for (var i = 1; i < names.Length && folder is not null; i++)
            folder = folders.FindChild(folder.Counter, Unescape(names[i]));
        return folder;
    }

    /// <summary>Divides a path into that of the parent folder and the display name.</summary>
    /// <param name="path">The path.</param>
    /// <returns>The parts, or <c>null</c> if the path is a distinguished name.</returns>
    public static (string Parent, string DisplayName)? Split(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var end = path.LastIndexOf('/');
        return end < 0 ? null : (path[..end], Unescape(path[(end + 1)..]));
    }

    private static string Escape(string name) =>
        name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);

    private static string Unescape(string name) =>
        name.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
}
