using System.Collections.Immutable;

namespace Ews.ImService.Mailbox;

/// <summary>The folders of a mailbox. Instances are immutable.</summary>
/// <remarks>
/// Only folders that clients created or changed are stored. The others are the same in every mailbox, except for their names, which the
/// culture determines.
/// </remarks>
public sealed class MailboxFolders
{
    /// <summary>The maximum depth of a folder, see <see cref="DepthOf"/>.</summary>
    /// <remarks>Learn: "Exchange Online limits", folder hierarchy depth.</remarks>
    public const int MaxDepth = 300;

    private static readonly ImmutableSortedSet<MailboxFolder> NoFolders = ImmutableSortedSet<MailboxFolder>.Empty.WithComparer(
        Comparer<MailboxFolder>.Create(
            (one, other) => StringComparer.OrdinalIgnoreCase.Compare(one.DisplayName, other.DisplayName) is not 0 and var order
                ? order
                : one.Counter.CompareTo(other.Counter)));

    /// <summary>The folders of a new mailbox, with English names.</summary>
    public static readonly MailboxFolders Default = new(
        null,
        ImmutableSortedDictionary.Create<long, MailboxFolder>(null, ReferenceEqualityComparer.Instance),
        ImmutableDictionary<long, ImmutableSortedSet<MailboxFolder>>.Empty);

    private readonly ImmutableSortedDictionary<long, MailboxFolder> _stored;

    /// <summary>The folders that clients created, ordered by name, by the number of their parent.</summary>
    private readonly ImmutableDictionary<long, ImmutableSortedSet<MailboxFolder>> _created;

    private MailboxFolders(
        string? culture,
        ImmutableSortedDictionary<long, MailboxFolder> stored,
        ImmutableDictionary<long, ImmutableSortedSet<MailboxFolder>> created) =>
        (Culture, _stored, _created) = (culture, stored, created);

    /// <summary>Gets the culture of the names of well-known folders, such as <c>de-DE</c>; <c>null</c> for English.</summary>
    public string? Culture { get; }

    /// <summary>Gets the folders that clients created or changed, by number.</summary>
    public IEnumerable<MailboxFolder> Stored => _stored.Values;

    /// <summary>Gets the number of folders that clients created or changed.</summary>
    public int StoredCount => _stored.Count;

    /// <summary>Gets the number of folders that clients created, which count against <see cref="MailboxLimits.MaxFolders"/>.</summary>
    public int CreatedCount => _stored.Count - MailboxFolder.WellKnown.Count(folder => IsStored(folder.Counter));

    /// <summary>Gets all folders. A well-known folder follows its parent; the folders that clients created follow.</summary>
    public IEnumerable<MailboxFolder> All =>
        MailboxFolder.WellKnown.Select(OfMailbox).Concat(_stored.Values.Where(folder => !folder.IsWellKnown));

    /// <summary>Gets a folder by its number.</summary>
    /// <param name="counter">The number of a folder of the mailbox.</param>
    public MailboxFolder this[long counter] =>
        Find(counter) ?? throw new ArgumentOutOfRangeException(nameof(counter), counter, "The mailbox does not contain the folder.");

    /// <summary>
    /// Determines whether well-known folders have names in the language of a culture; otherwise, they have English names.
    /// </summary>
    /// <param name="culture">The culture, such as <c>de-DE</c>.</param>
    public static bool IsTranslated(string culture)
    {
        ArgumentNullException.ThrowIfNull(culture);
        return FolderNames.IsTranslated(culture);
    }

    /// <summary>Returns the same folders with names in another culture. Names that a client set do not change.</summary>
    /// <param name="culture">The culture, such as <c>de-DE</c>; <c>null</c> for English.</param>
    public MailboxFolders WithCulture(string? culture) => new(culture, _stored, _created);

    /// <summary>Returns the folders with one folder added or replaced.</summary>
    /// <param name="folder">The folder.</param>
    public MailboxFolders With(MailboxFolder folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        var created = RemoveCreated(folder.Counter);
        return new(
            Culture,
            _stored.SetItem(folder.Counter, folder),
            folder is { IsWellKnown: false, Parent: { } parent }
                ? created.SetItem(parent, created.GetValueOrDefault(parent, NoFolders).Add(folder))
                : created);
    }

    /// <summary>Returns the folders without a folder that a client created.</summary>
    /// <param name="counter">The number of the folder.</param>
    public MailboxFolders Without(long counter) => new(Culture, _stored.Remove(counter), RemoveCreated(counter));

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
    public MailboxFolder? FindChild(long parent, string displayName)
    {
        if (WellKnownIn(parent).FirstOrDefault(HasName) is { } wellKnown)
            return wellKnown;
        var created = _created.GetValueOrDefault(parent, NoFolders);
        var next = ~created.IndexOf(new MailboxFolder(long.MinValue, parent, null, displayName));
        return next < created.Count && HasName(created[next]) ? created[next] : null;

        bool HasName(MailboxFolder folder) => folder.DisplayName.Equals(displayName, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Returns the number of the subfolders of a folder, without the subfolders of these.</summary>
    /// <param name="parent">The number of the folder.</param>
    public int CountChildren(long parent) =>
        WellKnownIn(parent).Count() + _created.GetValueOrDefault(parent, NoFolders).Count;

    /// <summary>Returns the subfolders of a folder, ordered by name; a folder precedes its subfolders.</summary>
    /// <param name="parent">The number of the folder.</param>
    /// <param name="deep"><c>true</c> to include the subfolders of subfolders.</param>
    public IReadOnlyList<MailboxFolder> ChildrenOf(long parent, bool deep)
    {
        var found = new List<MailboxFolder>();
        var next = new Stack<MailboxFolder>();
        PushChildren(parent);
        while (next.TryPop(out var folder))
        {
            found.Add(folder);
            if (deep)
                PushChildren(folder.Counter);
        }

        return found;

        void PushChildren(long counter)
        {
            var children = WellKnownIn(counter).Concat(_created.GetValueOrDefault(counter, NoFolders))
                .OrderBy(child => child.DisplayName, StringComparer.OrdinalIgnoreCase);
            foreach (var child in children.Reverse())
                next.Push(child);
        }
    }

    /// <summary>Returns the number of folders that contain a folder, directly or in a subfolder.</summary>
    /// <param name="counter">The number of the folder.</param>
    public int DepthOf(long counter)
    {
        var depth = 0;
        for (var parent = this[counter].Parent; parent is { } next; parent = this[next].Parent)
            depth++;
        return depth;
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

    private ImmutableDictionary<long, ImmutableSortedSet<MailboxFolder>> RemoveCreated(long counter)
    {
        if (_stored.GetValueOrDefault(counter) is not { IsWellKnown: false, Parent: { } parent } folder)
            return _created;
        var siblings = _created[parent].Remove(folder);
        return siblings.IsEmpty ? _created.Remove(parent) : _created.SetItem(parent, siblings);
    }

    private IEnumerable<MailboxFolder> WellKnownIn(long parent) => parent >= MailboxFolder.FirstCreated
        ? []
        : MailboxFolder.WellKnown.Where(folder => folder.Parent == parent).Select(OfMailbox);

    private MailboxFolder OfMailbox(MailboxFolder wellKnown) =>
        _stored.GetValueOrDefault(wellKnown.Counter) ?? FolderNames.Localize(wellKnown, Culture);
}
