using System.Collections.Immutable;
using Ews.ImService.Mailbox;
using Ews.ImService.Protocol.Xml;

namespace Ews.ImService.Protocol.Operations.Items;

/// <summary>The supported elements of items, in the order of the schema.</summary>
/// <remarks>
/// Learn: "Contact", "DistributionList", "FieldURI". The elements of the Default shape are chosen by this project, because no public page
/// lists them.
/// </remarks>
internal static class ItemFields
{
    /// <summary>The elements of all items that precede the extended properties.</summary>
    private static readonly ItemField[] Before =
    [
        new ComputedElementField("ParentFolderId", "item:ParentFolderId", WriteParentFolderId),
        Settable(ContactPath.ItemClass),
        Settable(ContactPath.Subject, isDefault: true),
        new TextWithDefaultField("Sensitivity", "item:Sensitivity", "Normal"),
        Settable(ContactPath.Body),
        new ComputedTimeField("DateTimeReceived", "item:DateTimeReceived", item => item.CreationTime),
        Settable("item:Categories"),
        new TextWithDefaultField("Importance", "item:Importance", "Normal"),
        Settable("item:InReplyTo"),
        new ComputedField("IsSubmitted", "item:IsSubmitted", No),
        new ComputedField("IsDraft", "item:IsDraft", No),
        new ComputedField("IsFromMe", "item:IsFromMe", No),
        new ComputedField("IsResend", "item:IsResend", No),
        new ComputedField("IsUnmodified", "item:IsUnmodified", No),
        new ComputedTimeField("DateTimeSent", "item:DateTimeSent", item => item.CreationTime),
        new ComputedTimeField("DateTimeCreated", "item:DateTimeCreated", item => item.CreationTime),
        Settable("item:ReminderDueBy"),
        new TextWithDefaultField("ReminderIsSet", "item:ReminderIsSet", "false"),
        new TextWithDefaultField("ReminderMinutesBeforeStart", "item:ReminderMinutesBeforeStart", "0"),
        new ComputedField("HasAttachments", "item:HasAttachments", No),
    ];

    /// <summary>The elements of all items that follow the extended properties.</summary>
    private static readonly ItemField[] After =
    [
        Settable("item:Culture"),
        new ComputedElementField("EffectiveRights", "item:EffectiveRights", (xml, _) => EffectiveRightsXml.Write(xml, isFolder: false)),
        new ComputedTimeField("LastModifiedTime", "item:LastModifiedTime", item => item.LastModifiedTime),
        new ComputedField("IsAssociated", "item:IsAssociated", No),
    ];

    private static readonly ItemField[] OfContact =
    [
        Settable(ContactPath.FileAs, isDefault: true),
        Settable(ContactPath.FileAsMapping),
        Settable(ContactPath.DisplayName, isDefault: true),
        Settable(ContactPath.GivenName),
        Settable("contacts:Initials"),
        Settable(ContactPath.MiddleName),
        Settable("contacts:Nickname"),
        new ComputedElementField("CompleteName", "contacts:CompleteName", WriteCompleteName, isDefault: true),
        Settable(ContactPath.CompanyName, isDefault: true),
        new EntriesField(
            "EmailAddresses", "contacts:EmailAddresses", ContactPath.EmailAddress, "Name", "RoutingType", "MailboxType"),
        new PhysicalAddressesField(),
        new EntriesField("PhoneNumbers", "contacts:PhoneNumbers", ContactPath.PhoneNumber),
        Settable("contacts:AssistantName"),
        Settable("contacts:Birthday"),
        Settable("contacts:BusinessHomePage"),
        Settable("contacts:Children"),
        Settable("contacts:Companies"),
        new ComputedField("ContactSource", "contacts:ContactSource", Store),
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
        new ComputedField("HasPicture", "contacts:HasPicture", item => item.Properties["contacts:HasPicture"] ?? "false"),
        Settable("contacts:PhoneticFullName"),
        Settable("contacts:PhoneticFirstName"),
        Settable("contacts:PhoneticLastName"),
        Settable("contacts:Alias"),
        Settable("contacts:Notes"),
    ];

    private static readonly ItemField[] OfDistributionList =
    [
        Settable(ContactPath.DisplayName, isDefault: true),
        Settable(ContactPath.FileAs, isDefault: true),
        new ComputedField("ContactSource", "contacts:ContactSource", Store),
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
        Before.Concat(After).Concat(OfContact).ToDictionary(field => field.Element, StringComparer.Ordinal);

    private static readonly Dictionary<string, ItemField> ByPath =
        Before.Concat(After).Concat(OfContact).ToDictionary(field => field.Path, StringComparer.Ordinal);

    private static readonly HashSet<string> EntryPaths =
        OfContact.OfType<IEntriesField>().SelectMany(field => field.EntryPaths).ToHashSet(StringComparer.Ordinal);

    /// <summary>Returns the elements of the type of an item that precede and follow its extended properties.</summary>
    public static (IEnumerable<ItemField> Before, IEnumerable<ItemField> After) Of(MailboxItem item) =>
        (Before, After.Concat(item.IsDistributionList ? OfDistributionList : OfContact));

    /// <summary>Finds an element of contacts by its name; <c>null</c> if it is not supported.</summary>
    public static ItemField? Named(string element) => ByElement.GetValueOrDefault(element);

    /// <summary>Finds an element of contacts by its FieldURI; <c>null</c> if it is not supported.</summary>
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
            : rule == ContactValueRule.Body ? new BodyField()
            : rule == ContactValueRule.Time ? new TimeField(element, path)
            : rule == ContactValueRule.Texts ? new TextsField(element, path)
            : new TextField(element, path, isDefault);
    }

    private static string? No(MailboxItem item) => "false";

    private static string? Store(MailboxItem item) => "Store";

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

    private static void WriteCompleteName(EwsXmlWriter xml, MailboxItem item)
    {
        xml.StartType("CompleteName");
        WriteText("Title", ContactPath.Title);
        WriteText("FirstName", ContactPath.GivenName);
        WriteText("MiddleName", ContactPath.MiddleName);
        WriteText("LastName", ContactPath.Surname);
        WriteText("Suffix", ContactPath.Generation);
        WriteText("Initials", "contacts:Initials");
        WriteText("FullName", ContactPath.DisplayName);
        WriteText("Nickname", "contacts:Nickname");
        xml.End();

        void WriteText(string element, string path)
        {
            if (item.Properties[path] is { } text)
                xml.Type(element, text);
        }
    }
}
