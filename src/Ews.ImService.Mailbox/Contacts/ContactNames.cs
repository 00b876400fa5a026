namespace Ews.ImService.Mailbox;

/// <summary>Derives the missing names of a contact from those that are set.</summary>
public static class ContactNames
{
    /// <summary>The file-as mapping of a contact whose file-as name is not derived from others.</summary>
    public const string NoMapping = "None";

    /// <summary>Applies changes to the properties of a contact, with their effects on the file-as name and its mapping.</summary>
    /// <param name="properties">The properties before the changes.</param>
    /// <param name="changes">The changes, in order.</param>
    /// <returns>The properties after the changes.</returns>
    /// <remarks>
    /// Learn: "GetItem operation (contact)", where a contact with a file-as name has the mapping None. No public page describes the end of
    /// a
    /// mapping; here the contact keeps the name that was last derived.
    /// </remarks>
    public static ContactProperties Apply(ContactProperties properties, IEnumerable<PropertyChange> changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        foreach (var change in changes)
        {
            var derived = FileAs(properties);
            properties = change.ApplyTo(properties);
            if (change.Path == ContactPath.FileAs && !change.Values.IsEmpty)
                properties = properties.With(ContactPath.FileAsMapping, value: null);
            else if (change.Path == ContactPath.FileAsMapping && !IsMapped(properties))
                properties = properties.With(ContactPath.FileAs, derived);
        }

        return properties;
    }

    /// <summary>Sets the missing names and item class of a contact, and the file-as name if there is a file-as mapping.</summary>
    /// <param name="properties">The properties of the contact.</param>
    /// <returns>The properties with all names that can be derived.</returns>
    /// <remarks>
    /// Learn: "GetItem operation (contact)", whose contact has the display name of its given name and surname. Exchange does not document
    /// the display name of a contact without them; here it is the first of the file-as name, the company, the email address and the IM
    /// address that is set.
    /// </remarks>
    public static ContactProperties Complete(ContactProperties properties)
    {
        ArgumentNullException.ThrowIfNull(properties);
        var displayName = DisplayName(properties);
        return properties
            .With(ContactPath.FileAs, FileAs(properties) ?? FileAsOfList(properties))
            .With(ContactPath.DisplayName, displayName)
            .With(ContactPath.Subject, properties[ContactPath.Subject] ?? displayName)
            .With(ContactPath.ItemClass, properties[ContactPath.ItemClass] ?? Contact.ItemClass);
    }

    /// <summary>Returns the given, middle and last name and the generation.</summary>
    /// <param name="properties">The properties of the contact.</param>
    /// <returns>The name, or <c>null</c> if all its parts are missing.</returns>
    public static string? FullName(ContactProperties properties)
    {
        ArgumentNullException.ThrowIfNull(properties);
        return Joined(
            " ",
            properties[ContactPath.GivenName],
            properties[ContactPath.MiddleName],
            properties[ContactPath.Surname],
            properties[ContactPath.Generation]);
    }

    /// <summary>Joins the parts that are not empty.</summary>
    /// <param name="separator">The text between two parts.</param>
    /// <param name="parts">The parts.</param>
    /// <returns>The text, or <c>null</c> if all parts are empty.</returns>
    public static string? Joined(string separator, params string?[] parts)
    {
        var present = parts.Where(part => !string.IsNullOrEmpty(part)).ToList();
        return present.Count == 0 ? null : string.Join(separator, present);
    }

    /// <summary>A distribution list without a file-as name is filed by its display name, which Learn does not state.</summary>
    private static string? FileAsOfList(ContactProperties properties) =>
        Contact.IsDistributionListClass(properties[ContactPath.ItemClass]) ? properties[ContactPath.DisplayName] : null;

    private static bool IsMapped(ContactProperties properties) => properties[ContactPath.FileAsMapping] is not (null or NoMapping);

    private static string? DisplayName(ContactProperties properties) => properties[ContactPath.DisplayName]
        ?? FullName(properties)
        ?? (properties[ContactPath.FileAsMapping] == nameof(DisplayName) ? null : FileAs(properties))
        ?? properties[ContactPath.CompanyName]
        ?? Joined("", properties[ContactPath.EmailAddress1])
        ?? properties[ContactPath.ImAddress1];

    /// <summary>
    /// Returns the file-as name: that which is set or, with a mapping, that which is derived; <c>null</c> if it is empty.
    /// </summary>
    /// <remarks>
    /// Learn: "FileAsMapping"; [MS-OXWSCONT] 2.2.5.5. A missing part is omitted together with its separator. The property of MAPI separates
    /// a company by a line break ([MS-OXOCNTC] 2.2.1.1.12), EWS encloses the second part in parentheses.
    /// </remarks>
    private static string? FileAs(ContactProperties properties)
    {
        var first = properties[ContactPath.GivenName];
        var middle = properties[ContactPath.MiddleName];
        var last = properties[ContactPath.Surname];
        var suffix = properties[ContactPath.Generation];
        var company = properties[ContactPath.CompanyName];
        var firstAndMiddle = Joined(" ", first, middle);
        var lastCommaFirst = Joined(", ", last, firstAndMiddle);
        var lastSpaceFirst = Joined(" ", last, firstAndMiddle);
        var lastFirst = Joined("", last, firstAndMiddle);
        return properties[ContactPath.FileAsMapping] switch
        {
            null or NoMapping => properties[ContactPath.FileAs],
            "LastCommaFirst" => lastCommaFirst,
            "LastSpaceFirst" => lastSpaceFirst,
            "LastFirst" => lastFirst,
            "LastFirstSuffix" => Joined(" ", Joined("", last, first), suffix),
            "LastFirstMiddleSuffix" => Joined(" ", lastSpaceFirst, suffix),
            "FirstSpaceLast" => FullName(properties),
            "FirstName" => Joined("", first),
            "LastName" => Joined("", last),
            "Company" => Joined("", company),
            "LastCommaFirstCompany" => WithParentheses(lastCommaFirst, company),
            "LastSpaceFirstCompany" => WithParentheses(lastSpaceFirst, company),
            "LastFirstCompany" => WithParentheses(lastFirst, company),
            "CompanyLastCommaFirst" => WithParentheses(company, lastCommaFirst),
            "CompanyLastSpaceFirst" => WithParentheses(company, lastSpaceFirst),
            "CompanyLastFirst" => WithParentheses(company, lastFirst),
            nameof(DisplayName) => DisplayName(properties),
            "Empty" => string.Empty,
            _ => null,
        };
    }

    /// <summary>Returns two parts, the second one in parentheses unless it is the only one.</summary>
    private static string? WithParentheses(string? first, string? second) => string.IsNullOrEmpty(first) || string.IsNullOrEmpty(second)
        ? Joined("", first, second)
        : $"{first} ({second})";
}
