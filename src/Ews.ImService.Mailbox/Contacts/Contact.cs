using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace Ews.ImService.Mailbox;

/// <summary>
/// A contact: an IM contact, which is kept in the hidden Quick Contacts folder, or an ordinary contact, which is kept in another folder and
/// is not on the IM list.
/// </summary>
/// <param name="Id">The item id.</param>
/// <param name="PersonaId">
/// The id of the persona that represents the contact. An ordinary contact of the same person as an IM contact is represented by the persona
/// of the IM contact instead.
/// </param>
/// <param name="Properties">The properties. An IM contact has a display name, and an IM address unless it is a phone contact.</param>
/// <param name="CreationTime">The creation time in UTC.</param>
/// <param name="Version">The version for the change key, starting at 1.</param>
/// <param name="Ordinal">The position in the order of creation.</param>
/// <remarks>Learn: "Contact". Items of the two folders have the same shape on the wire.</remarks>
public sealed record Contact(
    ContactId Id, PersonaId PersonaId, ContactProperties Properties, DateTime CreationTime, long Version, long Ordinal)
{
    /// <summary>The item class of every contact.</summary>
    public const string ItemClass = "IPM.Contact";

    /// <summary>The item class of every distribution list, which is stored as a contact.</summary>
    public const string DistributionListClass = "IPM.DistList";

    /// <summary>Gets a value that indicates whether the item is a distribution list.</summary>
    public bool IsDistributionList => IsDistributionListClass(Properties[ContactPath.ItemClass]);

    /// <summary>Determines whether a text is the item class of contacts, or a class derived from it.</summary>
    /// <param name="itemClass">The text.</param>
    public static bool IsContactClass(string? itemClass) => IsClass(itemClass, ItemClass);

    /// <summary>Determines whether a text is the item class of distribution lists, or a class derived from it.</summary>
    /// <param name="itemClass">The text.</param>
    public static bool IsDistributionListClass(string? itemClass) => IsClass(itemClass, DistributionListClass);

    /// <summary>Gets the time of the last change in UTC; the default is <see cref="CreationTime"/>.</summary>
    public DateTime LastModifiedTime { get; init; } = CreationTime;

    /// <summary>Gets the attachments, in the order in which they were added.</summary>
    public ImmutableList<FileAttachment> Attachments { get; init; } = [];

    /// <summary>Gets the picture, or <c>null</c> if the contact has none.</summary>
    public FileAttachment? Picture => Attachments.Find(file => file.IsContactPhoto);

    /// <summary>Gets the last number of the mailbox that the contact or one of its attachments has.</summary>
    internal long LastCounter => Attachments.IsEmpty ? Ordinal : Math.Max(Ordinal, Attachments.Max(file => file.Number));

    /// <summary>Gets the entry of an IM contact on the IM list, or <c>null</c> for an ordinary contact.</summary>
    public ImListEntry? ImListEntry { get; init; }

    /// <summary>Gets a value that indicates whether the contact is an IM contact.</summary>
    [MemberNotNullWhen(true, nameof(ImListEntry), nameof(ImListKey))]
    public bool IsImContact => ImListEntry is not null;

    /// <summary>
    /// Gets the number of the folder that contains the contact: always Quick Contacts for an IM contact; the default for an ordinary
    /// contact is Contacts.
    /// </summary>
    public long Folder { get => IsImContact ? MailboxFolder.QuickContacts.Counter : field; init; } = MailboxFolder.Contacts.Counter;

    /// <summary>Gets the URIs of a phone contact, or <c>null</c> for any other contact.</summary>
    public TelUriContact? TelUri => ImListEntry?.TelUri;

    /// <summary>Gets the first IM address as it was specified, or <c>null</c> if the contact has none.</summary>
    public string? ImAddress => Properties[ContactPath.ImAddress1];

    /// <summary>Gets the display name, or <c>null</c> if none is set.</summary>
    public string? DisplayName => Properties[ContactPath.DisplayName];

    /// <summary>
    /// Gets the keys of all email and IM addresses, by which contacts of the same person are linked; none for a distribution list.
    /// </summary>
    public IEnumerable<string> AddressKeys => IsDistributionList ? [] : ContactPath.Addresses
        .Select(path => Properties[path])
        .OfType<string>()
        .Select(Mailbox.ImAddress.Key)
        .Where(key => key.Length > 0)
        .Distinct(StringComparer.Ordinal);

    /// <summary>
    /// Gets the key of the IM address or telephone number that identifies an IM contact in its mailbox, or <c>null</c>
    /// for an ordinary contact.
    /// </summary>
    public string? ImListKey => ImListEntry switch
    {
        null => null,
        { TelUri: { } telUri } => TelUriContact.Key(telUri.TelUriAddress),
        _ => Mailbox.ImAddress.Key(ImAddress!),
    };

    private static bool IsClass(string? itemClass, string baseClass) => itemClass is not null
        && itemClass.StartsWith(baseClass, StringComparison.OrdinalIgnoreCase)
        && (itemClass.Length == baseClass.Length || itemClass[baseClass.Length] == '.');
}

/// <summary>The entry of an IM contact on the IM list.</summary>
/// <param name="TelUri">The URIs of a phone contact, or <c>null</c> for a contact with an IM address.</param>
public sealed record ImListEntry(TelUriContact? TelUri = null)
{
    /// <summary>Gets the groups that contain the contact. A contact in no group belongs to Other Contacts.</summary>
    public ImmutableHashSet<ImGroupId> Groups { get; init; } = [];
}
