using System.Collections.Immutable;

namespace Ews.ImService.Mailbox;

/// <summary>The folders of a mailbox. Instances are immutable.</summary>
/// <remarks>
/// Only folders that clients created or changed are stored. The others are the same in every mailbox, except for their names, which the
/// culture determines.
/// </remarks>
public sealed class MailboxFolders
{
    /// <summary>The folders of a new mailbox, with English names.</summary>
    public static readonly MailboxFolders Default =
        new(null, ImmutableSortedDictionary.Create<long, MailboxFolder>(null, ReferenceEqualityComparer.Instance));

    private readonly ImmutableSortedDictionary<long, MailboxFolder> _stored;

    private MailboxFolders(string? culture, ImmutableSortedDictionary<long, MailboxFolder> stored) =>
        (Culture, _stored) = (culture, stored);

    /// <summary>Gets the culture of the names of well-known folders, such as <c>de-DE</c>; <c>null</c> for English.</summary>
    public string? Culture { get; }

    /// <summary>Gets the folders that clients created or changed, by number.</summary>
    public IEnumerable<MailboxFolder> Stored => _stored.Values;

    /// <summary>Gets the number of folders that clients created or changed.</summary>
    public int StoredCount => _stored.Count;

    /// <summary>Gets all folders. A well-known folder follows its parent; the folders that clients created follow.</summary>
    public IEnumerable<MailboxFolder> All =>
        MailboxFolder.WellKnown.Select(OfMailbox).Concat(_stored.Values.Where(folder => !folder.IsWellKnown));

    /// <summary>Gets a folder by its number.</summary>
    /// <param name="counter">The number of a folder of the mailbox.</param>
    public MailboxFolder this[long counter] =>
        Find(counter) ?? throw new ArgumentOutOfRangeException(nameof(counter), counter, "The mailbox does not contain the folder.");

    /// <summary>Determines whether well-known folders have names in the language of a culture; otherwise, they have English names.</summary>
    /// <param name="culture">The culture, such as <c>de-DE</c>.</param>
    public static bool IsTranslated(string culture)
    {
        ArgumentNullException.ThrowIfNull(culture);
        return FolderNames.IsTranslated(culture);
    }

    /// <summary>Returns the same folders with names in another culture. Names that a client set do not change.</summary>
    /// <param name="culture">The culture, such as <c>de-DE</c>; <c>null</c> for English.</param>
    public MailboxFolders WithCulture(string? culture) => new(culture, _stored);

    /// <summary>Returns the folders with one folder added or replaced.</summary>
    /// <param name="folder">The folder.</param>
    public MailboxFolders With(MailboxFolder folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        return new(Culture, _stored.SetItem(folder.Counter, folder));
    }

    /// <summary>Returns the folders without a folder that a client created.</summary>
    /// <param name="counter">The number of the folder.</param>
    public MailboxFolders Without(long counter) => new(Culture, _stored.Remove(counter));

    /// <summary>Finds a folder by its number.</summary>
    /// <param name="counter">The number.</param>
    /// <returns>The folder, or <c>null</c> if the mailbox does not contain it.</returns>
    public MailboxFolder? Find(long counter)
    {
        if (_stored.TryGetValue(counter, out var stored))
            return stored;
        foreach (var folder in MailboxFolder.WellKnown)
        {
            if (folder.Counter == counter)
                return FolderNames.Localize(folder, Culture);
        }

        return null;
    }

    /// <summary>Determines whether a folder is stored: a client created or changed it.</summary>
    /// <param name="counter">The number of the folder.</param>
    public bool IsStored(long counter) => _stored.ContainsKey(counter);

    /// <summary>Finds a folder by its id.</summary>
    /// <param name="id">The Id attribute.</param>
    /// <param name="mailboxGuid">The GUID of the mailbox.</param>
    /// <returns>The folder, or <c>null</c> if the text is not the id of a folder of the mailbox.</returns>
    public MailboxFolder? FindById(string id, Guid mailboxGuid) =>
        StoreId.FindFolderCounter(id, mailboxGuid) is { } counter && Find(counter) is { } folder && folder.Id(mailboxGuid) == id
            ? folder
            : null;

    /// <summary>Finds a folder by its distinguished name.</summary>
    /// <param name="name">The name.</param>
    /// <returns>The folder, or <c>null</c> if it is not supported.</returns>
    public MailboxFolder? Named(string name) =>
        MailboxFolder.WellKnown.FirstOrDefault(folder => folder.Name == name) is { } found ? OfMailbox(found) : null;

    /// <summary>Finds a subfolder by its display name, regardless of case.</summary>
    /// <param name="parent">The number of the parent folder.</param>
    /// <param name="displayName">The display name.</param>
    /// <returns>The folder, or <c>null</c> if there is none.</returns>
    public MailboxFolder? FindChild(long parent, string displayName) => All.FirstOrDefault(folder =>
        folder.Parent == parent && folder.DisplayName.Equals(displayName, StringComparison.OrdinalIgnoreCase));

    /// <summary>Returns the number of the subfolders of a folder, without the subfolders of these.</summary>
    /// <param name="parent">The number of the folder.</param>
    public int CountChildren(long parent) =>
        MailboxFolder.WellKnown.Count(folder => folder.Parent == parent)
        + _stored.Values.Count(folder => !folder.IsWellKnown && folder.Parent == parent);

    /// <summary>Returns the subfolders of a folder, ordered by name; a folder precedes its subfolders.</summary>
    /// <param name="parent">The number of the folder.</param>
    /// <param name="deep"><c>true</c> to include the subfolders of subfolders.</param>
    public IReadOnlyList<MailboxFolder> ChildrenOf(long parent, bool deep)
    {
        var children = All.Where(folder => folder.Parent is not null).ToLookup(folder => folder.Parent!.Value);
        var found = new List<MailboxFolder>();
        Add(parent);
        return found;

        void Add(long counter)
        {
            foreach (var child in children[counter].OrderBy(child => child.DisplayName, StringComparer.OrdinalIgnoreCase))
            {
                found.Add(child);
                if (deep)
                    Add(child.Counter);
            }
        }
    }

    /// <summary>Determines whether a folder is another one, or is in it.</summary>
    /// <param name="counter">The number of the folder.</param>
    /// <param name="ancestor">The number of the other folder.</param>
    public bool IsIn(long counter, long ancestor)
    {
        for (var folder = Find(counter); folder is not null; folder = folder.Parent is { } parent ? Find(parent) : null)
        {
            if (folder.Counter == ancestor)
                return true;
        }

        return false;
    }

    private MailboxFolder OfMailbox(MailboxFolder wellKnown) =>
        _stored.GetValueOrDefault(wellKnown.Counter) ?? FolderNames.Localize(wellKnown, Culture);
}
