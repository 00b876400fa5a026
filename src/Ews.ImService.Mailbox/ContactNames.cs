namespace Ews.ImService.Mailbox;

/// <summary>Names that a contact shows where nobody has said them.</summary>
public static class ContactNames
{
    /// <summary>The properties with display name, subject and, where a mapping says how, file-as name filled in from other names.</summary>
    /// <remarks>
    /// A file-as mapping makes the file-as name, as Exchange does. What the names are when nothing says so is this project's choice:
    /// given, middle and last name, else the file-as name, the company, the first e-mail address. Learn: "FileAsMapping".
    /// </remarks>
    public static ContactProperties Complete(ContactProperties properties)
    {
        ArgumentNullException.ThrowIfNull(properties);
        var fileAs = Mapped(properties) ?? properties[ContactPath.FileAs];
        var fullName = Joined(" ", properties[ContactPath.GivenName], properties[ContactPath.MiddleName], properties[ContactPath.Surname]);
        var displayName = properties[ContactPath.DisplayName]
            ?? fullName ?? fileAs ?? properties[ContactPath.CompanyName] ?? properties[ContactPath.EmailAddress1] ?? properties[ContactPath.ImAddress1];
        return properties
            .With(ContactPath.FileAs, fileAs)
            .With(ContactPath.DisplayName, displayName)
            .With(ContactPath.Subject, properties[ContactPath.Subject] ?? displayName)
            .With(ContactPath.ItemClass, properties[ContactPath.ItemClass] ?? Contact.ItemClass);
    }

    /// <summary>The parts that are there, or null where none is.</summary>
    public static string? Joined(string separator, params string?[] parts)
    {
        var present = parts.Where(part => !string.IsNullOrEmpty(part)).ToList();
        return present.Count == 0 ? null : string.Join(separator, present);
    }

    /// <summary>Null where the mapping names no rule, or none of its parts is there.</summary>
    private static string? Mapped(ContactProperties properties)
    {
        var first = properties[ContactPath.GivenName];
        var last = properties[ContactPath.Surname];
        var firstAndMiddle = Joined(" ", first, properties[ContactPath.MiddleName]);
        var company = properties[ContactPath.CompanyName];
        return properties[ContactPath.FileAsMapping] switch
        {
            "LastCommaFirst" => Joined(", ", last, firstAndMiddle),
            "LastSpaceFirst" => Joined(" ", last, firstAndMiddle),
            "LastFirst" => Joined("", last, firstAndMiddle),
            "FirstSpaceLast" => Joined(" ", firstAndMiddle, last),
            "Company" => company,
            "LastCommaFirstCompany" => Joined("\r\n", Joined(", ", last, firstAndMiddle), company),
            "LastFirstCompany" => Joined("\r\n", Joined("", last, firstAndMiddle), company),
            "LastSpaceFirstCompany" => Joined("\r\n", Joined(" ", last, firstAndMiddle), company),
            "CompanyLastCommaFirst" => Joined("\r\n", company, Joined(", ", last, firstAndMiddle)),
            "CompanyLastFirst" => Joined("\r\n", company, Joined("", last, firstAndMiddle)),
            "CompanyLastSpaceFirst" => Joined("\r\n", company, Joined(" ", last, firstAndMiddle)),
            "DisplayName" => properties[ContactPath.DisplayName],
            "FirstName" => first,
            "LastName" => last,
            _ => null,
        };
    }
}
