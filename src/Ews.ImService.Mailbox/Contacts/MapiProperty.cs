using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Ews.ImService.Mailbox;

/// <summary>A MAPI property that is the same property as one of EWS, so that both names return and change the same value.</summary>
/// <param name="Key">The path of the extended property.</param>
/// <param name="Path">The path of the property of EWS, or <paramref name="Key"/> if EWS has none.</param>
/// <param name="Form">The conversion of values.</param>
/// <remarks>
/// Learn: "Properties and extended properties in EWS in Exchange". The numbers are those of [MS-OXPROPS]. All other extended properties are
/// stored with the value and type that a client sets.
/// </remarks>
public sealed record MapiProperty(string Key, string Path, MapiForm Form)
{
    /// <summary>The number that identifies the icon of a contact.</summary>
    private const string ContactIcon = "512";

    /// <summary>The number that identifies the icon of a distribution list.</summary>
    private const string DistributionListIcon = "514";

    /// <summary>The flag of a message that was read, which every contact is.</summary>
    /// <remarks>[MS-OXCMSG] 2.2.1.6.</remarks>
    private const string ReadFlag = "1";

    /// <summary>The native formats of a body.</summary>
    /// <remarks>[MS-OXCMSG] 2.2.1.56.2.</remarks>
    private const string TextFormat = "1";
    private const string HtmlFormat = "3";

    /// <summary>The rights to modify, read and delete.</summary>
    /// <remarks>[MS-OXCPRPT] 2.2.1.1.</remarks>
    private const string OwnerAccess = "7";

    /// <summary>The length of a source key, which is the end of an entry id: a GUID and a counter.</summary>
    /// <remarks>[MS-OXCFXICS] 2.2.2.2.</remarks>
    private const int SourceKeyBytes = 22;

    private const int SearchKeyBytes = 16;

    /// <summary>Gets all properties, grouped by the form of their values.</summary>
    public static IReadOnlyList<MapiProperty> All { get; } =
    [
        .. Tags(
            MapiForm.Text,
            (0x0037, ContactPath.Subject), (0x0E1D, ContactPath.Subject), (0x001A, ContactPath.ItemClass), (0x1042, "item:InReplyTo"),
            (0x3001, ContactPath.DisplayName), (0x3A06, ContactPath.GivenName), (0x3A44, ContactPath.MiddleName),
            (0x3A11, ContactPath.Surname), (0x3A05, ContactPath.Generation), (0x3A4F, "contacts:Nickname"), (0x3A0A, "contacts:Initials"),
            (0x3A16, ContactPath.CompanyName), (0x3A18, ContactPath.Department), (0x3A17, ContactPath.JobTitle),
            (0x3A19, "contacts:OfficeLocation"), (0x3A4E, "contacts:Manager"), (0x3A30, "contacts:AssistantName"),
            (0x3A46, "contacts:Profession"), (0x3A48, "contacts:SpouseName"), (0x3A51, "contacts:BusinessHomePage"),
            (0x3A00, "contacts:Alias")),
        .. Ids(
            MapiPropertySet.Address, MapiForm.Text,
            (0x8005, ContactPath.FileAs), (0x8053, ContactPath.DisplayName), (0x802B, "contacts:BusinessHomePage"),
            (0x802C, "contacts:PhoneticFirstName"),
            (0x802D, "contacts:PhoneticLastName")),
        .. Ids(MapiPropertySet.Common, MapiForm.Text, (0x8534, "contacts:Mileage")),
        .. Tags(MapiForm.Texts, (0x3A58, "contacts:Children")),
        .. Ids(MapiPropertySet.Common, MapiForm.Texts, (0x8539, "contacts:Companies")),
        .. Names(MapiPropertySet.PublicStrings, MapiForm.Texts, ("Keywords", "item:Categories")),

        .. Tags(
            MapiForm.Time,
            (0x3A42, "contacts:Birthday"), (0x3A41, "contacts:WeddingAnniversary"), (0x3007, "item:DateTimeCreated"),
            (0x3008, "item:LastModifiedTime"), (0x0E06, "item:DateTimeReceived"), (0x0039, "item:DateTimeSent")),
        .. Ids(MapiPropertySet.Common, MapiForm.Time, (0x8502, "item:ReminderDueBy")),
        .. Tags(MapiForm.Boolean, (0x0E1B, "item:HasAttachments")),
        .. Tags(MapiForm.Number, (0x0E08, "item:Size")),
        .. Tags(MapiForm.LongNumber, (0x0E08, "item:Size")),
        .. Tags(
            MapiForm.Text,
            (0x3FFA, "item:LastModifiedName"), (0x3FF8, "item:LastModifiedName"),
            (0x0E04, "item:DisplayTo"), (0x0E03, "item:DisplayCc"), (0x0E02, "item:DisplayBcc")),
        .. Tags(MapiForm.Binary, (0x0FF6, "item:InstanceKey")),
        .. Ids(MapiPropertySet.Common, MapiForm.Boolean, (0x8503, "item:ReminderIsSet")),
        .. Ids(MapiPropertySet.Address, MapiForm.Boolean, (0x8015, "contacts:HasPicture")),
        .. Ids(MapiPropertySet.Common, MapiForm.Number, (0x8501, "item:ReminderMinutesBeforeStart")),

        .. Tags(MapiForm.Importance, (0x0017, "item:Importance")),
        .. Tags(MapiForm.Sensitivity, (0x0036, "item:Sensitivity")),
        .. Ids(MapiPropertySet.Common, MapiForm.IsPrivate, (0x8506, "item:Sensitivity")),
        .. Tags(MapiForm.Culture, (0x3FF1, "item:Culture")),
        .. Tags(MapiForm.FlagStatus, (0x1090, ContactPath.Flag)),
        .. Ids(MapiPropertySet.Address, MapiForm.FileAsMapping, (0x8006, ContactPath.FileAsMapping)),
        .. Ids(MapiPropertySet.Address, MapiForm.PostalAddressIndex, (0x8022, ContactPath.PostalAddressIndex)),

        .. Email(0x8080, "EmailAddress1"), .. Email(0x8090, "EmailAddress2"), .. Email(0x80A0, "EmailAddress3"),
        .. Ids(MapiPropertySet.Address, MapiForm.Entry, (0x8062, ContactPath.ImAddress1)),
        .. Names(MapiPropertySet.AirSync, MapiForm.Entry, ("IMAddress2", Im("ImAddress2")), ("IMAddress3", Im("ImAddress3"))),
        .. Tags(
            MapiForm.Entry,
            (0x3A2E, Phone("AssistantPhone")), (0x3A24, Phone("BusinessFax")), (0x3A08, Phone("BusinessPhone")),
            (0x3A1B, Phone("BusinessPhone2")), (0x3A02, Phone("Callback")), (0x3A1E, Phone("CarPhone")),
            (0x3A57, Phone("CompanyMainPhone")), (0x3A25, Phone("HomeFax")), (0x3A09, Phone("HomePhone")),
            (0x3A2F, Phone("HomePhone2")), (0x3A2D, Phone("Isdn")), (0x3A1C, Phone("MobilePhone")), (0x3A23, Phone("OtherFax")),
            (0x3A1F, ContactPath.OtherTelephone), (0x3A21, Phone("Pager")), (0x3A1A, Phone("PrimaryPhone")),
            (0x3A1D, Phone("RadioPhone")), (0x3A2C, Phone("Telex")), (0x3A4B, Phone("TtyTddPhone")),
            (0x3A5D, Home("Street")), (0x3A59, Home("City")), (0x3A5C, Home("State")), (0x3A5B, Home("PostalCode")),
            (0x3A5A, Home("CountryOrRegion")),
            (0x3A63, Other("Street")), (0x3A5F, Other("City")), (0x3A62, Other("State")), (0x3A61, Other("PostalCode")),
            (0x3A60, Other("CountryOrRegion"))),
        .. Ids(
            MapiPropertySet.Address, MapiForm.Entry,
            (0x8045, Business("Street")), (0x8046, Business("City")), (0x8047, Business("State")), (0x8048, Business("PostalCode")),
            (0x8049, Business("CountryOrRegion"))),

        Body(0x1000, MapiForm.TextBody), Body(0x1013, MapiForm.HtmlBody), Body(0x1013, MapiForm.HtmlBodyBytes),
        Computed(0x1016, MapiForm.Number, item => ItemBody.Of(item.Properties).IsHtml ? HtmlFormat : TextFormat),
        Computed(0x003D, MapiForm.Text, _ => string.Empty),
        Computed(0x1091, MapiForm.Time, CompleteDate),
        Computed(0x0E07, MapiForm.Number, _ => ReadFlag),
        Computed(0x0E23, MapiForm.Number, ArticleNumber),
        Computed(0x1080, MapiForm.Number, item => item.IsDistributionList ? DistributionListIcon : ContactIcon),
        Computed(0x0FF4, MapiForm.Number, _ => OwnerAccess),
        Computed(0x0FFF, MapiForm.Binary, item => ToBase64(EntryIdOf(item.Id))),
        Computed(0x0E09, MapiForm.Binary, item => item.ParentFolderId is { } folder ? ToBase64(EntryIdOf(folder)) : null),
        Computed(0x65E0, MapiForm.Binary, item => ToBase64(EntryIdOf(item.Id).TakeLast(SourceKeyBytes).ToArray())),
        Computed(0x65E2, MapiForm.Binary, item => item.ChangeKey),
        Computed(0x300B, MapiForm.Binary, item => ToBase64(SHA256.HashData(EntryIdOf(item.Id)).AsSpan(0, SearchKeyBytes))),
        Computed(0x3A29, MapiForm.Text, item => MailingAddress(item, "Street")),
        Computed(0x3A27, MapiForm.Text, item => MailingAddress(item, "City")),
        Computed(0x3A28, MapiForm.Text, item => MailingAddress(item, "State")),
        Computed(0x3A2A, MapiForm.Text, item => MailingAddress(item, "PostalCode")),
        Computed(0x3A26, MapiForm.Text, item => MailingAddress(item, "CountryOrRegion")),
        Computed(0x3A15, MapiForm.Text, WholeMailingAddress),
    ];

    private static readonly FrozenDictionary<string, MapiProperty> ByKey =
        All.ToFrozenDictionary(property => property.Key, StringComparer.Ordinal);

    private static readonly FrozenSet<string> Identifiers =
        All.Select(property => IdentifierOf(property.Key)).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>
    /// Gets the value of a property that is computed from the item, or <c>null</c> if the value of <see cref="Path"/> is converted.
    /// </summary>
    public Func<MailboxItem, string?>? Compute { get; private init; }

    /// <summary>Finds a property.</summary>
    /// <param name="key">The path of an extended property.</param>
    /// <returns>The property, or <c>null</c> if the extended property is stored as it is.</returns>
    public static MapiProperty? Find(string key) => ByKey.GetValueOrDefault(key);

    /// <summary>
    /// Determines whether an extended property is one of these properties with another type, with which it cannot be set.
    /// </summary>
    /// <param name="key">The path of an extended property.</param>
    public static bool HasOtherType(string key) => !ByKey.ContainsKey(key) && Identifiers.Contains(IdentifierOf(key));

    /// <summary>Returns properties in which each property has one name only.</summary>
    /// <param name="properties">The properties of a database of an earlier version, which stored both names. That of EWS prevails.</param>
    public static ContactProperties Unify(ContactProperties properties)
    {
        ArgumentNullException.ThrowIfNull(properties);
        var unified = properties;
        foreach (var (path, values) in properties.All)
        {
            if (path.StartsWith(ContactPath.ExtendedPrefix, StringComparison.Ordinal) && Find(path) is { } mapped)
            {
                unified = unified.With(path, value: null);
                if (properties[mapped.Path] is null && mapped.Set(values) is { Succeeded: true, Value: var change })
                    unified = change.ApplyTo(unified);
            }
        }

        return unified;
    }

    /// <summary>Returns the change that sets this property.</summary>
    /// <param name="values">The values, which are valid for the property type.</param>
    /// <returns>
    /// The change of the property of EWS, or ErrorInvalidPropertySet if it is read-only, ErrorObjectTypeChanged or
    /// ErrorInvalidExtendedPropertyValue.
    /// </returns>
    public EwsResult<PropertyChange> Set(ImmutableArray<string> values)
    {
        if (ContactProperty.Find(Path) is not { } property)
            return EwsError.InvalidPropertySet(Key);
        if (Form.FromMapi(values) is not { } converted)
            return EwsError.InvalidExtendedPropertyValue;
        if (Form.Part is not null || converted.IsEmpty)
            return Change(converted);
        if (property.Rule.Normalize(converted) is { } normalized)
            return new PropertyChange(Path, normalized);
        var error = property.Rule.Error(Path);
        return error == EwsError.InvalidPropertySet(Path) ? EwsError.InvalidExtendedPropertyValue : error;
    }

    /// <summary>Returns the change that deletes this property.</summary>
    /// <returns>The change of the property of EWS, or ErrorInvalidPropertyDelete if it is read-only or required.</returns>
    public EwsResult<PropertyChange> Delete() => ContactProperty.Find(Path) is { } property && property.Rule != ContactValueRule.ItemClass
        ? Change([])
        : EwsError.InvalidPropertyDelete(Key);

    /// <summary>
    /// Returns the change of a property without a rule for its single values. The other parts of an email address end with it.
    /// </summary>
    private PropertyChange Change(ImmutableArray<string> values) => new(Path, values)
    {
        Part = values.IsEmpty && Form.Part == ContactValueRule.EmailValue ? null : Form.Part,
    };

    private static string IdentifierOf(string key) => key[..key.LastIndexOf(':')];

    private static IEnumerable<MapiProperty> Tags(MapiForm form, params (int Tag, string Path)[] properties) =>
        properties.Select(property => new MapiProperty(ContactPath.Extended(property.Tag, form.PropertyType), property.Path, form));

    private static IEnumerable<MapiProperty> Ids(string set, MapiForm form, params (int Id, string Path)[] properties) =>
        properties.Select(property => new MapiProperty(ContactPath.Extended(set, property.Id, form.PropertyType), property.Path, form));

    private static IEnumerable<MapiProperty> Names(string set, MapiForm form, params (string Name, string Path)[] properties) =>
        properties.Select(property => new MapiProperty(ContactPath.Extended(set, property.Name, form.PropertyType), property.Path, form));

    /// <summary>Returns a form of the body, which is read from the content and its type.</summary>
    private static MapiProperty Body(int tag, MapiForm form) => new(ContactPath.Extended(tag, form.PropertyType), ContactPath.Body, form)
    {
        Compute = item => form.ToMapi(item.Properties.Values(ContactPath.Body)) is [var content] ? content : null,
    };

    private static MapiProperty Computed(int tag, MapiForm form, Func<MailboxItem, string?> compute)
    {
        var key = ContactPath.Extended(tag, form.PropertyType);
        return new MapiProperty(key, key, form) { Compute = compute };
    }

    /// <summary>Returns the four properties of an email address: its display name, type, value and original display name.</summary>
    /// <remarks>[MS-OXOCNTC] 2.2.1.2.</remarks>
    private static IEnumerable<MapiProperty> Email(int displayName, string key)
    {
        var path = $"{ContactPath.EmailAddress}:{key}";
        return
        [
            .. Ids(MapiPropertySet.Address, MapiForm.EmailPart(ContactValueRule.EmailName), (displayName, path)),
            .. Ids(MapiPropertySet.Address, MapiForm.EmailPart(ContactValueRule.EmailRoutingType, "SMTP"), (displayName + 2, path)),
            .. Ids(MapiPropertySet.Address, MapiForm.EmailPart(ContactValueRule.EmailValue), (displayName + 3, path)),
            .. Ids(MapiPropertySet.Address, MapiForm.EmailPart(ContactValueRule.EmailOriginalName), (displayName + 4, path)),
        ];
    }

    private static string Im(string key) => $"{ContactPath.ImAddress}:{key}";

    private static string Phone(string key) => $"{ContactPath.PhoneNumber}:{key}";

    private static string Home(string part) => ContactPath.PhysicalAddress(part, "Home");

    private static string Business(string part) => ContactPath.PhysicalAddress(part, "Business");

    private static string Other(string part) => ContactPath.PhysicalAddress(part, "Other");

    private static string? CompleteDate(MailboxItem item) =>
        ItemFlag.Read(item.Properties.Values(ContactPath.Flag)) is { CompleteDate: { Length: > 0 } date } ? date : null;

    /// <summary>Returns a number that rises with each item of a folder, by which DavMail detects new items.</summary>
    private static string? ArticleNumber(MailboxItem item) =>
        item.Ordinal is > 0 and <= int.MaxValue and var ordinal ? ordinal.ToString(CultureInfo.InvariantCulture) : null;

    private static string? MailingAddress(MailboxItem item, string part) => item.Properties[ContactPath.PostalAddressIndex] is { } key
        ? item.Properties[ContactPath.PhysicalAddress(part, key)]
        : null;

    /// <summary>Returns the street, the city with state and postal code, and the country, each on its own line.</summary>
    private static string? WholeMailingAddress(MailboxItem item) => ContactNames.Joined(
        "\r\n",
        MailingAddress(item, "Street"),
        ContactNames.Joined(
            ", ",
            MailingAddress(item, "City"),
            ContactNames.Joined(" ", MailingAddress(item, "State"), MailingAddress(item, "PostalCode"))),
        MailingAddress(item, "CountryOrRegion"));

    /// <summary>Returns the entry id in an id of EWS. An id that a seed document specifies is possibly no such id.</summary>
    private static byte[] EntryIdOf(string id) => StoreId.Read(id).Match(read => read.EntryId, _ => Encoding.UTF8.GetBytes(id));

    private static string ToBase64(ReadOnlySpan<byte> bytes) => Convert.ToBase64String(bytes);
}
