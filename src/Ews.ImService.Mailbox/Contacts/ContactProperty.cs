using System.Text.RegularExpressions;

namespace Ews.ImService.Mailbox;

/// <summary>A property that can be set on contacts.</summary>
/// <param name="Path">The path of the property. See <see cref="ContactProperties"/>.</param>
/// <param name="Rule">The rule for its values.</param>
/// <remarks>Learn: "Contact", "FieldURI", "IndexedFieldURI", "ExtendedFieldURI".</remarks>
public sealed partial record ContactProperty(string Path, ContactValueRule Rule)
{
    private static readonly ContactValueRule FileAsMapping = ContactValueRule.Choice(
        "None", "LastCommaFirst", "FirstSpaceLast", "Company", "LastCommaFirstCompany", "CompanyLastFirst", "LastFirst", "LastFirstCompany",
        "CompanyLastCommaFirst", "LastFirstSuffix", "LastSpaceFirstCompany", "CompanyLastSpaceFirst", "LastSpaceFirst", "DisplayName",
        "FirstName", "LastFirstMiddleSuffix", "LastName", "Empty");

    private static readonly string[] PhoneNumberKeys =
    [
        "AssistantPhone", "BusinessFax", "BusinessPhone", "BusinessPhone2", "Callback", "CarPhone", "CompanyMainPhone",
        "HomeFax", "HomePhone", "HomePhone2", "Isdn", "MobilePhone", "OtherFax", "OtherTelephone", "Pager",
        "PrimaryPhone", "RadioPhone", "Telex", "TtyTddPhone", "BusinessMobile", "IPPhone", "Mms", "Msn",
    ];

    /// <summary>Gets all properties except extended properties. The entries of a dictionary are in the order of the schema.</summary>
    public static IReadOnlyList<ContactProperty> All { get; } =
    [
        new(ContactPath.ItemClass, ContactValueRule.ItemClass),
        new(ContactPath.Members, ContactValueRule.Members),
        new(ContactPath.Body, ContactValueRule.Body),
        new("item:Sensitivity", ContactValueRule.Choice("Normal", "Personal", "Private", "Confidential")),
        new("item:Importance", ContactValueRule.Choice("Low", "Normal", "High")),
        new("item:ReminderIsSet", ContactValueRule.Boolean),
        new("item:ReminderMinutesBeforeStart", ContactValueRule.Number),
        new(ContactPath.FileAsMapping, FileAsMapping),
        new("contacts:HasPicture", ContactValueRule.Boolean),
        new(ContactPath.PostalAddressIndex, ContactValueRule.Choice("None", "Home", "Business", "Other")),
        .. With(ContactValueRule.Time, "item:ReminderDueBy", "contacts:Birthday", "contacts:WeddingAnniversary"),
        .. With(ContactValueRule.Texts, "item:Categories", "contacts:Children", "contacts:Companies"),
        new("item:Culture", ContactValueRule.Culture),
        new(ContactPath.Flag, ContactValueRule.Flag),
        .. With(ContactValueRule.Text, ContactPath.Subject, "item:InReplyTo"),
        .. With(
            ContactValueRule.Text,
            ContactPath.FileAs, ContactPath.DisplayName, ContactPath.GivenName, "contacts:Initials", ContactPath.MiddleName,
            "contacts:Nickname", ContactPath.CompanyName, "contacts:AssistantName", "contacts:BusinessHomePage", ContactPath.Department,
            ContactPath.Generation, ContactPath.JobTitle, "contacts:Manager", "contacts:Mileage", "contacts:OfficeLocation",
            "contacts:Profession", "contacts:SpouseName", ContactPath.Surname, "contacts:PhoneticFullName", "contacts:PhoneticFirstName",
            "contacts:PhoneticLastName", "contacts:Alias", "contacts:Notes"),
        .. Entries(ContactValueRule.EmailAddress, ContactPath.EmailAddress, "EmailAddress1", "EmailAddress2", "EmailAddress3"),
        .. Entries(ContactValueRule.Entry, ContactPath.ImAddress, "ImAddress1", "ImAddress2", "ImAddress3"),
        .. Entries(ContactValueRule.Entry, ContactPath.PhoneNumber, PhoneNumberKeys),
        .. ContactPath.PhysicalAddressKeys.SelectMany(key => ContactPath.PhysicalAddressParts.Select(
            part => new ContactProperty(ContactPath.PhysicalAddress(part, key), ContactValueRule.Entry))),
    ];

    private static readonly Dictionary<string, ContactProperty> ByPath = All.ToDictionary(
        property => property.Path, StringComparer.Ordinal);

    /// <summary>Finds a property, including extended properties.</summary>
    /// <param name="path">The path.</param>
    /// <returns>
    /// The property, or <c>null</c> if contacts do not have it or it cannot be set. A <see cref="MapiProperty"/> is set by its path.
    /// </returns>
    public static ContactProperty? Find(string path)
    {
        if (ByPath.TryGetValue(path, out var property))
            return property;
        return ExtendedPath().Match(path) is { Success: true } match && MapiProperty.Find(path) is null && !MapiProperty.HasOtherType(path)
            ? new ContactProperty(path, ContactValueRule.FromPropertyType(match.Groups["type"].Value))
            : null;
    }

    /// <summary>Finds a property by the last part of its path, such as MobilePhone. Case is ignored.</summary>
    /// <param name="path">A path with this last part, which may not be correct.</param>
    /// <returns>The first property with this last part; <c>null</c> if there is none.</returns>
    internal static ContactProperty? FindByName(string path)
    {
        var name = path[(path.LastIndexOf(':') + 1)..];
        return All.FirstOrDefault(property => property.Path.EndsWith($":{name}", StringComparison.OrdinalIgnoreCase));
    }

    private static IEnumerable<ContactProperty> With(ContactValueRule rule, params string[] paths) =>
        paths.Select(path => new ContactProperty(path, rule));

    private static IEnumerable<ContactProperty> Entries(ContactValueRule rule, string path, params string[] keys) =>
        keys.Select(key => new ContactProperty($"{path}:{key}", rule));

    [GeneratedRegex(
        @"^extended:(0x[0-9a-f]{4,8}|[0-9A-F-]{36}:(name:.+|id:-?[0-9]+)):(?<type>[A-Za-z]+)\z", RegexOptions.Singleline)]
    private static partial Regex ExtendedPath();
}
