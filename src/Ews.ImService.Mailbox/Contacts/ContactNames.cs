namespace Ews.ImService.Mailbox;

/// <summary>Derives the missing names of a contact from those that are set.</summary>
public static class ContactNames
{
    /// <summary>Sets the missing names and item class of a contact, and the file-as name if there is a file-as mapping.</summary>
    /// <param name="properties">The properties of the contact.</param>
    /// <returns>The properties with all names that can be derived.</returns>
    /// <remarks>
    /// Learn: "FileAsMapping". Exchange documents the mappings but not the default display name. Here it is the given, middle
    /// and last name; if they are missing, the first of the file-as name, the company, the email address and the IM address
    /// that is set.
    /// </remarks>
    public static ContactProperties Complete(ContactProperties properties)
    {
        ArgumentNullException.ThrowIfNull(properties);
        var fileAs = Mapped(properties) ?? properties[ContactPath.FileAs];
        var fullName = Joined(" ", properties[ContactPath.GivenName], properties[ContactPath.MiddleName], properties[ContactPath.Surname]);
        var displayName = properties[ContactPath.DisplayName]
            ?? fullName
            ?? fileAs
            ?? properties[ContactPath.CompanyName]
            ?? Joined("", properties[ContactPath.EmailAddress1])
            ?? properties[ContactPath.ImAddress1];
        return properties
            .With(ContactPath.FileAs, fileAs)
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

    /// <summary>Returns the file-as name, or <c>null</c> if there is no mapping or all its parts are empty.</summary>
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
