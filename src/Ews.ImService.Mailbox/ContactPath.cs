namespace Ews.ImService.Mailbox;

/// <summary>Paths of the contact properties that have a meaning to the mailbox. Learn: "FieldURI", "IndexedFieldURI".</summary>
public static class ContactPath
{
    /// <summary>The item's class, IPM.Contact for a contact.</summary>
    public const string ItemClass = "item:ItemClass";

    /// <summary>The item's subject; a contact's is its display name.</summary>
    public const string Subject = "item:Subject";

    /// <summary>The body: its text, then its type.</summary>
    public const string Body = "item:Body";

    /// <summary>The name to show.</summary>
    public const string DisplayName = "contacts:DisplayName";

    /// <summary>The name to sort by.</summary>
    public const string FileAs = "contacts:FileAs";

    /// <summary>How the name to sort by is made of others. Learn: "FileAsMapping".</summary>
    public const string FileAsMapping = "contacts:FileAsMapping";

    /// <summary>The first name.</summary>
    public const string GivenName = "contacts:GivenName";

    /// <summary>The middle name.</summary>
    public const string MiddleName = "contacts:MiddleName";

    /// <summary>The last name.</summary>
    public const string Surname = "contacts:Surname";

    /// <summary>The company.</summary>
    public const string CompanyName = "contacts:CompanyName";

    /// <summary>The department.</summary>
    public const string Department = "contacts:Department";

    /// <summary>The job title.</summary>
    public const string JobTitle = "contacts:JobTitle";

    /// <summary>The first e-mail address.</summary>
    public const string EmailAddress1 = EmailAddress + ":EmailAddress1";

    /// <summary>The first IM address.</summary>
    public const string ImAddress1 = ImAddress + ":ImAddress1";

    /// <summary>A telephone number that is no other.</summary>
    public const string OtherTelephone = "contacts:PhoneNumber:OtherTelephone";

    /// <summary>E-mail addresses by key.</summary>
    public const string EmailAddress = "contacts:EmailAddress";

    /// <summary>IM addresses by key.</summary>
    public const string ImAddress = "contacts:ImAddress";

    /// <summary>All paths of an address by which a person is known.</summary>
    public static readonly IReadOnlyList<string> Addresses =
        [EmailAddress1, EmailAddress + ":EmailAddress2", EmailAddress + ":EmailAddress3", ImAddress1, ImAddress + ":ImAddress2", ImAddress + ":ImAddress3"];
}
