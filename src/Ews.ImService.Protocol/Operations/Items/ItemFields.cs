using System.Collections.Immutable;
using System.Globalization;
using Ews.ImService.Mailbox;
using Ews.ImService.Protocol.Operations.Attachments;
using Ews.ImService.Protocol.Soap;
using Ews.ImService.Protocol.Xml;

namespace Ews.ImService.Protocol.Operations.Items;

/// <summary>The supported elements of items, in the order of the schema.</summary>
/// <remarks>
/// Learn: "Contact", "DistributionList", "FieldURI", "Property sets and response shapes in EWS in Exchange". No public page lists the
/// elements of a distribution list in the Default shape.
/// </remarks>
internal static class ItemFields
{
    /// <summary>The culture of an item for which none is set.</summary>
    private const string DefaultCulture = "en-US";

    private static readonly MembersField Members = new() { IsInSearchResults = false };

    /// <summary>The elements of all items that precede the extended properties.</summary>
    private static readonly ItemField[] Before =
    [
        new ComputedElementField("ParentFolderId", "item:ParentFolderId", WriteParentFolderId),
        Settable(ContactPath.ItemClass),
        Settable(ContactPath.Subject),
        new TextWithDefaultField("Sensitivity", "item:Sensitivity", "Normal"),
        new BodyField { IsInSearchResults = false },
        new ComputedElementField(
            "Attachments", "item:Attachments", (xml, item) => FileAttachmentXml.WriteList(xml, item.Attachments))
        {
            IsInSearchResults = false,
        },
        new ComputedTimeField("DateTimeReceived", "item:DateTimeReceived", item => item.CreationTime),
        new ComputedField("Size", "item:Size", item => item.Size.ToString(CultureInfo.InvariantCulture))
        {
            Type = ComparableType.Numbers,
        },
        Settable("item:Categories"),
        new TextWithDefaultField("Importance", "item:Importance", "Normal"),
        Settable("item:InReplyTo"),
        new ComputedField("IsSubmitted", "item:IsSubmitted", No) { Type = ComparableType.Booleans },
        new ComputedField("IsDraft", "item:IsDraft", No) { Type = ComparableType.Booleans },
        new ComputedField("IsFromMe", "item:IsFromMe", No) { Type = ComparableType.Booleans },
        new ComputedField("IsResend", "item:IsResend", No) { Type = ComparableType.Booleans },
        new ComputedField("IsUnmodified", "item:IsUnmodified", No) { Type = ComparableType.Booleans },
        new ComputedTimeField("DateTimeSent", "item:DateTimeSent", item => item.CreationTime),
        new ComputedTimeField("DateTimeCreated", "item:DateTimeCreated", item => item.CreationTime),
        new ComputedElementField("ResponseObjects", "item:ResponseObjects", (xml, _) => WriteResponseObjects(xml))
        {
            IsInSearchResults = false,
        },
        Settable("item:ReminderDueBy"),
        new TextWithDefaultField("ReminderIsSet", "item:ReminderIsSet", "false"),
        new ComputedTimeField("ReminderNextTime", "item:ReminderNextTime", NextReminder)
        {
            IsOnlyOnRequest = true,
            Since = ExchangeVersion.Exchange2013,
        },
        new TextWithDefaultField("ReminderMinutesBeforeStart", "item:ReminderMinutesBeforeStart", "0"),
        new ComputedField("DisplayCc", "item:DisplayCc", None),
        new ComputedField("DisplayTo", "item:DisplayTo", None),
        new ComputedField("DisplayBcc", "item:DisplayBcc", None) { IsOnlyOnRequest = true },
        new ComputedField("HasAttachments", "item:HasAttachments", HasAttachments, isDefault: true) { Type = ComparableType.Booleans },
    ];

    /// <summary>The elements of all items that follow the extended properties.</summary>
    private static readonly ItemField[] After =
    [
        new TextWithDefaultField("Culture", "item:Culture", DefaultCulture),
        new ComputedElementField("EffectiveRights", "item:EffectiveRights", (xml, _) => EffectiveRightsXml.Write(xml, isFolder: false)),
        new ComputedField("LastModifiedName", "item:LastModifiedName", item => item.LastModifiedName),
        new ComputedTimeField("LastModifiedTime", "item:LastModifiedTime", item => item.LastModifiedTime),
        new ComputedField("IsAssociated", "item:IsAssociated", No)
        {
            Type = ComparableType.Booleans,
            Since = ExchangeVersion.Exchange2010,
        },
        new ComputedField("WebClientReadFormQueryString", "item:WebClientReadFormQueryString", item => QueryString(item, "Open"))
        {
            Since = ExchangeVersion.Exchange2010,
        },
        new ComputedField("WebClientEditFormQueryString", "item:WebClientEditFormQueryString", item => QueryString(item, "Edit"))
        {
            Since = ExchangeVersion.Exchange2010,
        },
        new ComputedElementField("ConversationId", "item:ConversationId", WriteConversationId) { Since = ExchangeVersion.Exchange2010 },
        new ConvertedBodyField("UniqueBody", "item:UniqueBody", shape => shape.UniqueBody)
        {
            IsOnlyOnRequest = true,
            IsInSearchResults = false,
            Since = ExchangeVersion.Exchange2010,
        },
        new FlagField { Since = ExchangeVersion.Exchange2013 },
        new ComputedField("InstanceKey", "item:InstanceKey", InstanceKey)
        {
            IsOnlyOnRequest = true,
            Since = ExchangeVersion.Exchange2013,
        },
        new ConvertedBodyField("NormalizedBody", "item:NormalizedBody", shape => shape.NormalizedBody)
        {
            IsOnlyOnRequest = true,
            IsInSearchResults = false,
            Since = ExchangeVersion.Exchange2013,
        },
        new ComputedElementField("EntityExtractionResult", "item:EntityExtractionResult", (xml, _) => WriteNoEntities(xml))
        {
            IsOnlyOnRequest = true,
            Since = ExchangeVersion.Exchange2013,
        },
        new ComputedField("Preview", "item:Preview", item => ItemBody.Of(item.Properties).Preview())
        {
            IsOnlyOnRequest = true,
            Since = ExchangeVersion.Exchange2013,
        },
        new ComputedField("BlockStatus", "item:BlockStatus", No)
        {
            Type = ComparableType.Booleans,
            IsOnlyOnRequest = true,
            Since = ExchangeVersion.Exchange2013,
        },
        new ComputedField("HasBlockedImages", "item:HasBlockedImages", No)
        {
            Type = ComparableType.Booleans,
            IsOnlyOnRequest = true,
            Since = ExchangeVersion.Exchange2013,
        },
        new ConvertedBodyField("TextBody", "item:TextBody", shape => shape.Body with { Type = BodyShape.Text })
        {
            IsOnlyOnRequest = true,
            IsInSearchResults = false,
            Since = ExchangeVersion.Exchange2013,
        },
        new ComputedField("IconIndex", "item:IconIndex", IconIndex) { IsOnlyOnRequest = true, Since = ExchangeVersion.Exchange2013 },
    ];

    private static readonly ItemField[] OfContact =
    [
        Settable(ContactPath.FileAs, isDefault: true),
        new TextWithDefaultField("FileAsMapping", ContactPath.FileAsMapping, ContactNames.NoMapping),
        Settable(ContactPath.DisplayName),
        Settable(ContactPath.GivenName),
        Settable("contacts:Initials"),
        Settable(ContactPath.MiddleName),
        Settable("contacts:Nickname"),
        new ComputedElementField("CompleteName", "contacts:CompleteName", WriteCompleteName, isDefault: true),
        Settable(ContactPath.CompanyName, isDefault: true),
        new EntriesField(
            "EmailAddresses",
            "contacts:EmailAddresses",
            ContactPath.EmailAddress,
            ("Name", null),
            ("RoutingType", "SMTP"),
            ("MailboxType", "Contact")),
        new PhysicalAddressesField(),
        new EntriesField("PhoneNumbers", "contacts:PhoneNumbers", ContactPath.PhoneNumber),
        Settable("contacts:AssistantName"),
        Settable("contacts:Birthday"),
        Settable("contacts:BusinessHomePage"),
        Settable("contacts:Children"),
        Settable("contacts:Companies"),
        new ComputedField("ContactSource", "contacts:ContactSource", Store) { Since = ExchangeVersion.Exchange2010 },
        Settable(ContactPath.Department),
        Settable(ContactPath.Generation),
        new EntriesField("ImAddresses", "contacts:ImAddresses", ContactPath.ImAddress),
        Settable(ContactPath.JobTitle, isDefault: true),
        Settable("contacts:Manager"),
        Settable("contacts:Mileage"),
        Settable("contacts:OfficeLocation"),
        Settable(ContactPath.PostalAddressIndex),
        Settable("contacts:Profession"),
        Settable("contacts:SpouseName"),
        Settable(ContactPath.Surname),
        Settable("contacts:WeddingAnniversary"),
        new ComputedField("HasPicture", "contacts:HasPicture", HasPicture)
        {
            Type = ComparableType.Booleans,
            Since = ExchangeVersion.Exchange2010,
        },
        ReadOnly("contacts:PhoneticFullName", ExchangeVersion.Exchange2010Sp1),
        ReadOnly("contacts:PhoneticFirstName", ExchangeVersion.Exchange2010Sp1),
        ReadOnly("contacts:PhoneticLastName", ExchangeVersion.Exchange2010Sp1),
        ReadOnly("contacts:Alias", ExchangeVersion.Exchange2010Sp1),
        ReadOnly("contacts:Notes", ExchangeVersion.Exchange2010Sp1),
        Certificates("UserSMIMECertificate", ContactPath.Extended(0x3A70, "BinaryArray")),
        Certificates("MSExchangeCertificate", ContactPath.Extended(0x3A22, "Binary")),
    ];

    private static readonly ItemField[] OfDistributionList =
    [
        Settable(ContactPath.DisplayName, isDefault: true),
        Settable(ContactPath.FileAs, isDefault: true),
        new ComputedField("ContactSource", "contacts:ContactSource", Store, isDefault: true) { Since = ExchangeVersion.Exchange2010 },
        Members,
    ];

    /// <summary>The elements of an entry of the directory in a resolved name.</summary>
    public static readonly IReadOnlyList<ItemField> OfDirectoryEntry =
    [
        .. OfContact.Where(field => field.Element is "DisplayName" or "CompanyName"),
        new ComputedElementField("EmailAddresses", "contacts:EmailAddresses", WriteTypedAddress, isDefault: true),
        new ComputedField("ContactSource", "contacts:ContactSource", _ => "ActiveDirectory"),
        .. OfContact.Where(field => field.Element is "Department" or "ImAddresses" or "JobTitle"),
    ];

    private static readonly Dictionary<string, ItemField> ByElement =
        Before.Concat(After).Concat(OfContact).Append(Members).ToDictionary(field => field.Element, StringComparer.Ordinal);

    private static readonly Dictionary<string, ItemField> ByPath =
        Before.Concat(After).Concat(OfContact).Append(Members).ToDictionary(field => field.Path, StringComparer.Ordinal);

    private static readonly HashSet<string> EntryPaths =
        OfContact.OfType<IEntriesField>().SelectMany(field => field.EntryPaths).ToHashSet(StringComparer.Ordinal);

    /// <summary>Returns the elements of the type of an item that precede and follow its extended properties.</summary>
    public static (IEnumerable<ItemField> Before, IEnumerable<ItemField> After) Of(MailboxItem item) =>
        (Before, After.Concat(item.IsDistributionList ? OfDistributionList : OfContact));

    /// <summary>Finds an element of contacts or distribution lists by its name; <c>null</c> if it is not supported.</summary>
    public static ItemField? Named(string element) => ByElement.GetValueOrDefault(element);

    /// <summary>Finds an element of contacts or distribution lists by its FieldURI; <c>null</c> if it is not supported.</summary>
    public static ItemField? At(string path) => ByPath.GetValueOrDefault(path);

    /// <summary>Determines whether a path is that of an entry: an address or a telephone number.</summary>
    public static bool IsEntry(string path) => EntryPaths.Contains(path);

    /// <summary>Returns the values of a property of an item; none if the item does not have it.</summary>
    /// <param name="item">The item.</param>
    /// <param name="path">The path of an element, an entry or an extended property.</param>
    public static ImmutableArray<string> ValuesOf(MailboxItem item, string path)
    {
        if (At(path) is { } field)
            return field.ValuesOf(item);
        if (MapiProperty.Find(path) is not { } mapped)
            return item.Properties.Values(path);
        if (mapped.Compute is null)
            return mapped.Form.ToMapi(ValuesOf(item, mapped.Path));
        return mapped.Compute(item) is { } value ? [value] : [];
    }

    /// <summary>Creates the field of a property that can be set. The rule for its values determines the kind of the field.</summary>
    private static ItemField Settable(string path, bool isDefault = false)
    {
        var element = path[(path.IndexOf(':', StringComparison.Ordinal) + 1)..];
        var rule = ContactProperty.Find(path)?.Rule ?? throw new ArgumentException("Contacts do not have the property.", nameof(path));
        return rule == ContactValueRule.ItemClass ? new ItemClassField()
            : rule == ContactValueRule.Time ? new TimeField(element, path)
            : rule == ContactValueRule.Texts ? new TextsField(element, path)
            : new TextField(element, path, isDefault);
    }

    /// <summary>Creates the field of a property that only the directory, a seed document or a client of MAPI sets.</summary>
    private static ComputedField ReadOnly(string path, ExchangeVersion since) =>
        new(path[(path.IndexOf(':', StringComparison.Ordinal) + 1)..], path, item => item.Properties[path]) { Since = since };

    /// <summary>Creates the field of certificates, which only clients of MAPI set.</summary>
    private static ComputedElementField Certificates(string element, string extendedPath) =>
        new(element, "contacts:" + element, (xml, item) => WriteCertificates(xml, element, item.Properties.Values(extendedPath)))
        {
            IsOnlyOnRequest = true,
            Since = ExchangeVersion.Exchange2010Sp2,
        };

    private static void WriteCertificates(EwsXmlWriter xml, string element, ImmutableArray<string> certificates)
    {
        if (certificates.IsEmpty)
            return;
        xml.StartType(element);
        foreach (var certificate in certificates)
            xml.Type("Base64Binary", certificate);
        xml.End();
    }

    private static string? No(MailboxItem item) => "false";

    private static string? None(MailboxItem item) => string.Empty;

    /// <summary>An attachment that is shown within the body is part of it. A picture counts, which Learn does not state.</summary>
    private static string? HasAttachments(MailboxItem item) =>
        item.Attachments.Any(attachment => !attachment.File.IsInline) ? "true" : "false";

    /// <summary>A client can also set the property, without an attachment.</summary>
    private static string? HasPicture(MailboxItem item) =>
        item.Attachments.Any(attachment => attachment.File.IsContactPhoto) ? "true" : item.Properties["contacts:HasPicture"] ?? "false";

    private static string? Store(MailboxItem item) => "Store";

    /// <summary>Returns the time of the reminder, which precedes the event; <c>null</c> if no reminder is set.</summary>
    private static DateTime? NextReminder(MailboxItem item)
    {
        var properties = item.Properties;
        if (properties["item:ReminderIsSet"] is not ("true" or "1") || properties["item:ReminderDueBy"] is not { } dueBy)
            return null;
        var minutes = int.Parse(properties["item:ReminderMinutesBeforeStart"] ?? "0", CultureInfo.InvariantCulture);
        return DateTimeOffset.Parse(dueBy, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal).UtcDateTime.AddMinutes(-minutes);
    }

    private static string? IconIndex(MailboxItem item) => "OutlookDefaultForContacts";

    private static string? InstanceKey(MailboxItem item) =>
        item.InstanceKey is { } key ? Convert.ToBase64String(key.Span) : null;

    /// <summary>Returns the query string of the URL at which a web client opens the item.</summary>
    /// <remarks>Learn: "WebClientReadFormQueryString". Its form is chosen by this project; clients treat it as opaque.</remarks>
    private static string? QueryString(MailboxItem item, string action) =>
        $"?ae=Item&a={action}&t={item.Properties[ContactPath.ItemClass]}&id={Uri.EscapeDataString(item.Id)}&exvsurl=1";

    private static void WriteConversationId(EwsXmlWriter xml, MailboxItem item)
    {
        if (item.ConversationId is { } id)
            ItemIdXml.Write(xml, "ConversationId", id, changeKey: null);
    }

    /// <summary>Writes the responses that a client can create. No public source lists those to a contact.</summary>
    private static void WriteResponseObjects(EwsXmlWriter xml)
    {
        xml.StartType("ResponseObjects");
        xml.StartType("ForwardItem");
        xml.End();
        xml.End();
    }

    private static void WriteNoEntities(EwsXmlWriter xml)
    {
        xml.StartType("EntityExtractionResult");
        xml.End();
    }

    private static void WriteParentFolderId(EwsXmlWriter xml, MailboxItem item)
    {
        if (item.ParentFolderId is not null)
            ItemIdXml.Write(xml, "ParentFolderId", item.ParentFolderId, ChangeKey.Folder);
    }

    /// <summary>Writes an address with its type as a prefix, as in the directory of Exchange.</summary>
    private static void WriteTypedAddress(EwsXmlWriter xml, MailboxItem item)
    {
        xml.StartType("EmailAddresses");
        xml.StartType("Entry");
        xml.Attribute("Key", "EmailAddress1");
        xml.Text("SMTP:" + item.Properties[ContactPath.EmailAddress1]);
        xml.End();
        xml.End();
    }

    /// <summary>Writes the parts of the name that are set; nothing if there is none.</summary>
    private static void WriteCompleteName(EwsXmlWriter xml, MailboxItem item)
    {
        var properties = item.Properties;
        (string Element, string? Text)[] parts =
        [
            ("Title", properties[ContactPath.Title]),
            ("FirstName", properties[ContactPath.GivenName]),
            ("MiddleName", properties[ContactPath.MiddleName]),
            ("LastName", properties[ContactPath.Surname]),
            ("Suffix", properties[ContactPath.Generation]),
            ("Initials", properties["contacts:Initials"]),
            ("FullName", ContactNames.FullName(properties) ?? properties[ContactPath.DisplayName]),
            ("Nickname", properties["contacts:Nickname"]),
            ("YomiFirstName", properties["contacts:PhoneticFirstName"]),
            ("YomiLastName", properties["contacts:PhoneticLastName"]),
        ];
        if (Array.TrueForAll(parts, part => part.Text is null))
            return;
        xml.StartType("CompleteName");
        foreach (var (element, text) in parts)
        {
            if (text is not null)
                xml.Type(element, text);
        }

        xml.End();
    }
}
