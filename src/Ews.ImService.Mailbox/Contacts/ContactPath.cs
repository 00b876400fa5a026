using System.Globalization;

namespace Ews.ImService.Mailbox;

/// <summary>The paths of contact properties that rules refer to.</summary>
/// <remarks>Learn: "FieldURI", "IndexedFieldURI".</remarks>
public static class ContactPath
{
    /// <summary>The prefix of the paths of extended properties, followed by the property and its type.</summary>
    public const string ExtendedPrefix = "extended:";

    /// <summary>The title before the name, such as Dr., which has no path in EWS.</summary>
    public const string Title = ExtendedPrefix + "0x3a45:String";

    /// <summary>Determines whether a path is that of an extended property.</summary>
    /// <param name="path">The path.</param>
    public static bool IsExtended(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return path.StartsWith(ExtendedPrefix, StringComparison.Ordinal);
    }

    /// <summary>The item class, IPM.Contact by default.</summary>
    public const string ItemClass = "item:ItemClass";

    /// <summary>The subject, by default the display name.</summary>
    public const string Subject = "item:Subject";

    /// <summary>The body: the text, followed by its type.</summary>
    public const string Body = "item:Body";

    /// <summary>The categories.</summary>
    public const string Categories = "item:Categories";

    /// <summary>The flag. See <see cref="ItemFlag"/>.</summary>
    public const string Flag = "item:Flag";

    /// <summary>The members of a distribution list, see <see cref="ListMember.ToValues"/>.</summary>
    public const string Members = "distributionlist:Members";

    /// <summary>The display name.</summary>
    public const string DisplayName = "contacts:DisplayName";

    /// <summary>The name by which the contact is filed.</summary>
    public const string FileAs = "contacts:FileAs";

    /// <summary>The rule that derives <see cref="FileAs"/> from other names.</summary>
    /// <remarks>Learn: "FileAsMapping".</remarks>
    public const string FileAsMapping = "contacts:FileAsMapping";

    /// <summary>The given name.</summary>
    public const string GivenName = "contacts:GivenName";

    /// <summary>The middle name.</summary>
    public const string MiddleName = "contacts:MiddleName";

    /// <summary>The surname.</summary>
    public const string Surname = "contacts:Surname";

    /// <summary>The suffix of the name, such as Jr.</summary>
    public const string Generation = "contacts:Generation";

    /// <summary>The company.</summary>
    public const string CompanyName = "contacts:CompanyName";

    /// <summary>The department.</summary>
    public const string Department = "contacts:Department";

    /// <summary>The job title.</summary>
    public const string JobTitle = "contacts:JobTitle";

    /// <summary>The key of the mailing address.</summary>
    public const string PostalAddressIndex = "contacts:PostalAddressIndex";

    /// <summary>The prefix of email addresses, followed by a key.</summary>
    public const string EmailAddress = "contacts:EmailAddress";

    /// <summary>The first email address.</summary>
    public const string EmailAddress1 = EmailAddress + ":EmailAddress1";

    /// <summary>The prefix of IM addresses, followed by a key.</summary>
    public const string ImAddress = "contacts:ImAddress";

    /// <summary>The first IM address.</summary>
    public const string ImAddress1 = ImAddress + ":ImAddress1";

    /// <summary>The prefix of telephone numbers, followed by a key.</summary>
    public const string PhoneNumber = "contacts:PhoneNumber";

    /// <summary>The other telephone number.</summary>
    public const string OtherTelephone = PhoneNumber + ":OtherTelephone";

    /// <summary>The paths of all addresses that identify a person: email addresses, then IM addresses.</summary>
    public static readonly IReadOnlyList<string> Addresses =
    [
        EmailAddress1, EmailAddress + ":EmailAddress2", EmailAddress + ":EmailAddress3",
        ImAddress1, ImAddress + ":ImAddress2", ImAddress + ":ImAddress3",
    ];

    /// <summary>The keys of postal addresses, in the order of the schema.</summary>
    public static readonly IReadOnlyList<string> PhysicalAddressKeys = ["Home", "Business", "Other"];

    /// <summary>The parts of a postal address, in the order of the schema.</summary>
    public static readonly IReadOnlyList<string> PhysicalAddressParts = ["Street", "City", "State", "CountryOrRegion", "PostalCode"];

    /// <summary>Returns the path of a part of a postal address.</summary>
    /// <param name="part">The part, such as Street.</param>
    /// <param name="key">The key of the address: Home, Business or Other.</param>
    public static string PhysicalAddress(string part, string key) => $"contacts:PhysicalAddress:{part}:{key}";

    /// <summary>Returns the path of an extended property with a tag. Equal properties have equal paths.</summary>
    /// <param name="tag">The tag, without the type.</param>
    /// <param name="type">The MAPI property type.</param>
    public static string Extended(int tag, string type) =>
        string.Create(CultureInfo.InvariantCulture, $"{ExtendedPrefix}0x{tag:x4}:{type}");

    /// <summary>Returns the path of an extended property with an id in a property set.</summary>
    /// <param name="set">The GUID of the property set, in any case.</param>
    /// <param name="id">The id.</param>
    /// <param name="type">The MAPI property type.</param>
    public static string Extended(string set, int id, string type) =>
        string.Create(CultureInfo.InvariantCulture, $"{ExtendedPrefix}{set.ToUpperInvariant()}:id:{id}:{type}");

    /// <summary>Returns the path of an extended property with a name in a property set.</summary>
    /// <param name="set">The GUID of the property set, in any case.</param>
    /// <param name="name">The name.</param>
    /// <param name="type">The MAPI property type.</param>
    public static string Extended(string set, string name, string type) => $"{ExtendedPrefix}{set.ToUpperInvariant()}:name:{name}:{type}";
}
