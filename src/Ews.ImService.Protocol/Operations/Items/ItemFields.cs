using Ews.ImService.Mailbox;
using Ews.ImService.Protocol.Xml;

namespace Ews.ImService.Protocol.Operations.Items;

/// <summary>The elements of items that this service knows, in the schema's order. Learn: "Contact", "DistributionList", "FieldURI".</summary>
/// <remarks>What the Default shape holds is this project's choice, for no public page lists it.</remarks>
internal static class ItemFields
{
    /// <summary>Elements that every item may have, ahead of the extended properties.</summary>
    private static readonly ItemField[] Before =
    [
        new ComputedElementField("ParentFolderId", "item:ParentFolderId", WriteParentFolderId),
        new ItemClassField(),
        new TextField("Subject", ContactPath.Subject, isDefault: true),
        new TextWithDefaultField("Sensitivity", "item:Sensitivity", "Normal"),
        new BodyField(),
        new ComputedTimeField("DateTimeReceived", "item:DateTimeReceived", item => item.CreationTime),
        new TextsField("Categories", "item:Categories"),
        new TextWithDefaultField("Importance", "item:Importance", "Normal"),
        new TextField("InReplyTo", "item:InReplyTo"),
        new ComputedField("IsSubmitted", "item:IsSubmitted", No),
        new ComputedField("IsDraft", "item:IsDraft", No),
        new ComputedField("IsFromMe", "item:IsFromMe", No),
        new ComputedField("IsResend", "item:IsResend", No),
        new ComputedField("IsUnmodified", "item:IsUnmodified", No),
        new ComputedTimeField("DateTimeSent", "item:DateTimeSent", item => item.CreationTime),
        new ComputedTimeField("DateTimeCreated", "item:DateTimeCreated", item => item.CreationTime),
        new TimeField("ReminderDueBy", "item:ReminderDueBy"),
        new TextWithDefaultField("ReminderIsSet", "item:ReminderIsSet", "false"),
        new TextWithDefaultField("ReminderMinutesBeforeStart", "item:ReminderMinutesBeforeStart", "0") { IsNumber = true },
        new ComputedField("HasAttachments", "item:HasAttachments", No),
    ];

    /// <summary>Elements that every item may have, behind the extended properties.</summary>
    private static readonly ItemField[] After =
    [
        new TextField("Culture", "item:Culture"),
        new ComputedElementField("EffectiveRights", "item:EffectiveRights", (xml, _) => EffectiveRightsXml.Write(xml, isFolder: false)),
        new ComputedTimeField("LastModifiedTime", "item:LastModifiedTime", item => item.LastModifiedTime),
        new ComputedField("IsAssociated", "item:IsAssociated", No),
    ];

    private static readonly ItemField[] OfContact =
    [
        new TextField("FileAs", ContactPath.FileAs, isDefault: true),
        new TextField("FileAsMapping", ContactPath.FileAsMapping),
        new TextField("DisplayName", ContactPath.DisplayName, isDefault: true),
        new TextField("GivenName", ContactPath.GivenName),
        new TextField("Initials", "contacts:Initials"),
        new TextField("MiddleName", ContactPath.MiddleName),
        new TextField("Nickname", "contacts:Nickname"),
        new ComputedElementField("CompleteName", "contacts:CompleteName", WriteCompleteName, isDefault: true),
        new TextField("CompanyName", ContactPath.CompanyName, isDefault: true),
        new EntriesField(
            "EmailAddresses", "contacts:EmailAddresses", ContactPath.EmailAddress, ["EmailAddress1", "EmailAddress2", "EmailAddress3"], "Name", "RoutingType", "MailboxType"),
        new PhysicalAddressesField(),
        new EntriesField(
            "PhoneNumbers",
            "contacts:PhoneNumbers",
            "contacts:PhoneNumber",
            [
                "AssistantPhone", "BusinessFax", "BusinessPhone", "BusinessPhone2", "Callback", "CarPhone", "CompanyMainPhone", "HomeFax", "HomePhone", "HomePhone2", "Isdn",
                "MobilePhone", "OtherFax", "OtherTelephone", "Pager", "PrimaryPhone", "RadioPhone", "Telex", "TtyTddPhone", "BusinessMobile", "IPPhone", "Mms", "Msn",
            ]),
        new TextField("AssistantName", "contacts:AssistantName"),
        new TimeField("Birthday", "contacts:Birthday"),
        new TextField("BusinessHomePage", "contacts:BusinessHomePage"),
        new TextsField("Children", "contacts:Children"),
        new TextsField("Companies", "contacts:Companies"),
        new ComputedField("ContactSource", "contacts:ContactSource", Store),
        new TextField("Department", ContactPath.Department),
        new TextField("Generation", "contacts:Generation"),
        new EntriesField("ImAddresses", "contacts:ImAddresses", ContactPath.ImAddress, ["ImAddress1", "ImAddress2", "ImAddress3"]),
        new TextField("JobTitle", ContactPath.JobTitle, isDefault: true),
        new TextField("Manager", "contacts:Manager"),
        new TextField("Mileage", "contacts:Mileage"),
        new TextField("OfficeLocation", "contacts:OfficeLocation"),
        new TextField("PostalAddressIndex", "contacts:PostalAddressIndex"),
        new TextField("Profession", "contacts:Profession"),
        new TextField("SpouseName", "contacts:SpouseName"),
        new TextField("Surname", ContactPath.Surname),
        new TimeField("WeddingAnniversary", "contacts:WeddingAnniversary"),
        new ComputedField("HasPicture", "contacts:HasPicture", No),
        new TextField("PhoneticFullName", "contacts:PhoneticFullName"),
        new TextField("PhoneticFirstName", "contacts:PhoneticFirstName"),
        new TextField("PhoneticLastName", "contacts:PhoneticLastName"),
        new TextField("Alias", "contacts:Alias"),
        new TextField("Notes", "contacts:Notes"),
    ];

    private static readonly ItemField[] OfDistributionList =
    [
        new TextField("DisplayName", ContactPath.DisplayName, isDefault: true),
        new TextField("FileAs", ContactPath.FileAs, isDefault: true),
        new ComputedField("ContactSource", "contacts:ContactSource", Store),
    ];

    /// <summary>The elements of somebody of the directory, where a name was resolved.</summary>
    public static readonly IReadOnlyList<ItemField> OfResolved =
    [
        .. OfContact.Where(field => field.Element is "DisplayName" or "CompanyName"),
        new ComputedElementField("EmailAddresses", "contacts:EmailAddresses", WriteTypedAddress),
        new ComputedField("ContactSource", "contacts:ContactSource", _ => "ActiveDirectory"),
        .. OfContact.Where(field => field.Element is "Department" or "ImAddresses" or "JobTitle"),
    ];

    private static readonly Dictionary<string, ItemField> ByElement =
        Before.Concat(After).Concat(OfContact).ToDictionary(field => field.Element, StringComparer.Ordinal);

    private static readonly Dictionary<string, ItemField> ByPath =
        Before.Concat(After).Concat(OfContact).ToDictionary(field => field.Path, StringComparer.Ordinal);

    private static readonly Dictionary<string, int> ValuesByEntryPath = OfContact.OfType<IEntriesField>()
        .SelectMany(field => field.EntryPaths.Select(path => (path, field.MostValues))).ToDictionary(StringComparer.Ordinal);

    /// <summary>The elements of an item's type, ahead of and behind its extended properties.</summary>
    public static (IEnumerable<ItemField> Before, IEnumerable<ItemField> After) Of(MailboxItem item) =>
        (Before, After.Concat(item.IsDistributionList ? OfDistributionList : OfContact));

    /// <summary>The contact element with a name, or null where contacts have none such here.</summary>
    public static ItemField? Named(string element) => ByElement.GetValueOrDefault(element);

    /// <summary>The contact element with a FieldURI, or null where contacts have none such here.</summary>
    public static ItemField? At(string path) => ByPath.GetValueOrDefault(path);

    /// <summary>Whether a path is that of one entry: an address or a telephone number.</summary>
    public static bool IsEntry(string path) => ValuesByEntryPath.ContainsKey(path);

    /// <summary>The values that an entry has at most; 0 for a path that is none of an entry.</summary>
    public static int MostValuesOfEntry(string path) => ValuesByEntryPath.GetValueOrDefault(path);

    private static string? No(MailboxItem item) => "false";

    private static string? Store(MailboxItem item) => "Store";

    private static void WriteParentFolderId(EwsXmlWriter xml, MailboxItem item)
    {
        if (item.ParentFolderId is not null)
            ItemIdXml.Write(xml, "ParentFolderId", item.ParentFolderId, ChangeKey.Folder);
    }

    /// <summary>An address with its type ahead, as the directory keeps it.</summary>
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
        WriteText("FirstName", ContactPath.GivenName);
        WriteText("MiddleName", ContactPath.MiddleName);
        WriteText("LastName", ContactPath.Surname);
        WriteText("Suffix", "contacts:Generation");
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
