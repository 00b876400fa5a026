using System.Collections.Immutable;
using System.Globalization;
using Ews.ImService.Mailbox;
using Ews.ImService.Protocol.Xml;

namespace Ews.ImService.Protocol.Operations.Personas;

/// <summary>Writes <c>t:PersonaType</c>.</summary>
/// <remarks>Learn: "Persona", "AddNewImContactToGroup operation" and "GetImItemList operation".</remarks>
internal sealed class PersonaXml(PersonaProfile profile)
{
    /// <summary>The type of a persona of a person.</summary>
    public const string PersonaType = "Person";

    /// <summary>The maximum score, which Exchange returns for every IM contact.</summary>
    public const string RelevanceScore = "2147483647";

    private const string Telephone = "contacts:PhoneNumber:";

    /// <summary>The elements with an email address of all sources.</summary>
    public static readonly (string Element, string Path)[] Emails =
    [
        ("Emails1", ContactPath.EmailAddress1),
        ("Emails2", ContactPath.EmailAddress + ":EmailAddress2"),
        ("Emails3", ContactPath.EmailAddress + ":EmailAddress3"),
    ];

    /// <summary>The elements with the value of the first source, in the order of the schema, between FileAsId and EmailAddress.</summary>
    private static readonly (string Element, string Path)[] Texts =
    [
        ("GivenName", ContactPath.GivenName), ("MiddleName", ContactPath.MiddleName), ("Surname", ContactPath.Surname),
        ("Generation", "contacts:Generation"), ("Nickname", "contacts:Nickname"), ("Title", ContactPath.JobTitle),
        ("Department", ContactPath.Department), ("CompanyName", ContactPath.CompanyName), ("Location", "contacts:OfficeLocation"),
    ];

    /// <summary>
    /// The elements with the values of all sources, in the order of the schema, between FileAsIds and the telephone
    /// numbers.
    /// </summary>
    private static readonly (string Element, string Path)[] Names =
    [
        ("GivenNames", ContactPath.GivenName), ("MiddleNames", ContactPath.MiddleName), ("Surnames", ContactPath.Surname),
        ("Generations", "contacts:Generation"), ("Nicknames", "contacts:Nickname"), ("Initials", "contacts:Initials"),
    ];

    private static readonly (string Element, string Path, string Type)[] Telephones =
    [
        ("BusinessPhoneNumbers", Telephone + "BusinessPhone", "Business"),
        ("BusinessPhoneNumbers2", Telephone + "BusinessPhone2", "Business"),
        ("HomePhones", Telephone + "HomePhone", "Home"),
        ("HomePhones2", Telephone + "HomePhone2", "Home"),
        ("MobilePhones", Telephone + "MobilePhone", "Mobile"),
        ("AssistantPhoneNumbers", Telephone + "AssistantPhone", "Assistant"),
        ("CallbackPhones", Telephone + "Callback", "Callback"),
        ("CarPhones", Telephone + "CarPhone", "Car"),
        ("HomeFaxes", Telephone + "HomeFax", "HomeFax"),
        ("OrganizationMainPhones", Telephone + "CompanyMainPhone", "OrganizationMain"),
        ("OtherFaxes", Telephone + "OtherFax", "OtherFax"),
        ("OtherTelephones", Telephone + "OtherTelephone", "Other"),
        ("Pagers", Telephone + "Pager", "Pager"),
        ("RadioPhones", Telephone + "RadioPhone", "Radio"),
        ("TelexNumbers", Telephone + "Telex", "Telex"),
        ("TTYTDDPhoneNumbers", Telephone + "TtyTddPhone", "TTYTDD"),
        ("WorkFaxes", Telephone + "BusinessFax", "WorkFax"),
    ];

    /// <summary>The elements with the values of all sources, in the order of the schema, after the email addresses.</summary>
    private static readonly (string Element, string Path)[] Others =
    [
        ("BusinessHomePages", "contacts:BusinessHomePage"), ("OfficeLocations", "contacts:OfficeLocation"),
        ("ImAddresses", ContactPath.ImAddress1), ("ImAddresses2", ContactPath.ImAddress + ":ImAddress2"),
        ("ImAddresses3", ContactPath.ImAddress + ":ImAddress3"),
        ("Titles", ContactPath.JobTitle), ("Departments", ContactPath.Department), ("CompanyNames", ContactPath.CompanyName),
        ("Managers", "contacts:Manager"), ("AssistantNames", "contacts:AssistantName"), ("Professions", "contacts:Profession"),
        ("SpouseNames", "contacts:SpouseName"), ("WeddingAnniversaries", "contacts:WeddingAnniversary"), ("Birthdays", "contacts:Birthday"),
    ];

    /// <summary>Gets the elements with the value of the first source, and their paths of contacts.</summary>
    public static IEnumerable<(string Element, string Path)> SingleValues => Texts;

    /// <summary>Gets the elements with the values of all sources, and their paths of contacts.</summary>
    public static IEnumerable<(string Element, string Path)> Collections =>
        [.. Names, .. Telephones.Select(telephone => (telephone.Element, telephone.Path)), .. Emails, .. Others];

    /// <summary>Writes the <c>m:Persona</c> of a response message.</summary>
    public void WriteMessage(EwsXmlWriter xml, Persona persona)
    {
        xml.StartMessage("Persona");
        WriteContent(xml, persona);
        xml.End();
    }

    /// <summary>
    /// Writes the content of a persona element, which is in the messages namespace in some responses and in the types
    /// namespace in others.
    /// </summary>
    public void WriteContent(EwsXmlWriter xml, Persona persona, ExtendedProperties requested = default) =>
        WriteContent(xml, persona, PersonaShape.Everything, requested);

    /// <summary>Writes the requested content of a persona element, in the order of the schema.</summary>
    public void WriteContent(EwsXmlWriter xml, Persona persona, PersonaShape shape, ExtendedProperties requested = default)
    {
        ItemIdXml.Write(xml, "PersonaId", persona.Id.Value, changeKey: null);
        WriteText("PersonaType", PersonaType);
        WriteText("CreationTime", persona.CreationTime is { } time ? xml.FormatTime(time) : null);
        WriteText("DisplayName", persona.IsPhoneContact ? string.Empty : persona.DisplayName);
        WriteText("DisplayNameFirstLast", persona.DisplayName);
        WriteText("DisplayNameLastFirst", LastFirst(persona));
        WriteText("FileAs", persona.IsPhoneContact ? string.Empty : persona[ContactPath.FileAs]);
        WriteText("FileAsId", persona[ContactPath.FileAsMapping] ?? ContactNames.NoMapping);
        foreach (var (element, path) in Texts)
            WriteText(element, persona[path]);
        WriteEmailAddresses(xml, persona, shape);
        WriteText("ImAddress", persona[ContactPath.ImAddress1]);
        WriteText("RelevanceScore", RelevanceScore);
        if (shape.Includes("Attributions"))
            WriteAttributions(xml, persona);
        if (!persona.IsPhoneContact)
            WriteValues("DisplayNames", ContactPath.DisplayName);
        WriteValues("FileAses", ContactPath.FileAs);
        if (shape.Includes("FileAsIds"))
            WriteTexts("FileAsIds", persona.Values(source => source.Properties[ContactPath.FileAsMapping] ?? ContactNames.NoMapping));
        foreach (var (element, path) in Names)
            WriteValues(element, path);
        foreach (var (element, path, type) in Telephones)
        {
            if (!Includes(element, path))
                continue;
            WriteAttributed(
                xml, element, "PhoneNumberAttributedValue", persona.Values(path), number => WriteTelephone(xml, number, type));
        }

        foreach (var (element, path) in Emails)
        {
            if (!Includes(element, path))
                continue;
            WriteAttributed(
                xml,
                element,
                "EmailAddressAttributedValue",
                persona.Values(path),
                address => WriteEmailAddress(xml, "Value", NameOf(persona, path, address), address));
        }

        foreach (var (element, path) in Others)
            WriteValues(element, path);
        if (requested.DisplayName && !persona.IsPhoneContact)
        {
            WriteAttributed(
                xml,
                "ExtendedProperties",
                "ExtendedPropertyAttributedValue",
                persona.Values(ContactPath.DisplayName),
                name => ExtendedProperties.WriteDisplayName(xml, "Value", name));
        }

        void WriteText(string element, string? text)
        {
            if (text is not null && shape.Includes(element))
                xml.Type(element, text);
        }

        bool Includes(string element, string path) => persona[path] is not null && shape.Includes(element);

        void WriteValues(string element, string path)
        {
            if (Includes(element, path))
                WriteTexts(element, persona.Values(path));
        }

        void WriteTexts(string element, IEnumerable<(string Value, ImmutableArray<int> Sources)> values) =>
            WriteAttributed(xml, element, "StringAttributedValue", values, value => xml.Type("Value", value));
    }

    private static string LastFirst(Persona persona) =>
        persona[ContactPath.GivenName] is { } given && persona[ContactPath.Surname] is { } last ? $"{last} {given}" : persona.DisplayName;

    private static void WriteTelephone(EwsXmlWriter xml, string number, string type)
    {
        xml.StartType("Value");
        xml.Type("Number", number);
        xml.Type("Type", type);
        xml.End();
    }

    private static void WriteAttributions(EwsXmlWriter xml, Persona persona)
    {
        xml.StartType("Attributions");
        for (var i = 0; i < persona.Sources.Count; i++)
        {
            var attribution = persona.Sources[i].Attribution;
            xml.StartType("Attribution");
            xml.Type("Id", Number(i));
            ItemIdXml.Write(xml, "SourceId", attribution.SourceId, attribution.SourceChangeKey);
            xml.Type("DisplayName", attribution.DisplayName);
            xml.Type("IsWritable", attribution.IsWritable);
            xml.Type("IsQuickContact", attribution.IsQuickContact);
            xml.Type("IsHidden", false);
            if (attribution.FolderId is not null)
                ItemIdXml.Write(xml, "FolderId", attribution.FolderId, ChangeKey.Folder);
            xml.End();
        }

        xml.End();
    }

    /// <summary>Writes values with the indexes of the attributions from which they come; nothing if there are no values.</summary>
    private static void WriteAttributed(
        EwsXmlWriter xml,
        string element,
        string item,
        IEnumerable<(string Value, ImmutableArray<int> Sources)> values,
        Action<string> writeValue)
    {
        var isOpen = false;
        foreach (var (value, sources) in values)
        {
            if (!isOpen)
                xml.StartType(element);
            isOpen = true;
            xml.StartType(item);
            writeValue(value);
            xml.StartType("Attributions");
            foreach (var source in sources)
                xml.Type("Attribution", Number(source));
            xml.End();
            xml.End();
        }

        if (isOpen)
            xml.End();
    }

    /// <summary>Returns the name of an address in the first source that contains it.</summary>
    private static string NameOf(Persona persona, string path, string address)
    {
        var source = persona.Sources.First(source => string.Equals(source.Properties[path], address, StringComparison.OrdinalIgnoreCase));
        return source.Properties.Values(path) is [_, { Length: > 0 } name, ..] ? name : source.AddressName ?? address;
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private void WriteEmailAddresses(EwsXmlWriter xml, Persona persona, PersonaShape shape)
    {
        var addresses = new List<(string Value, string Name)>();
        foreach (var (_, path) in Emails)
        {
            foreach (var (address, _) in persona.Values(path))
            {
                if (!addresses.Exists(other => other.Value.Equals(address, StringComparison.OrdinalIgnoreCase)))
                    addresses.Add((address, NameOf(persona, path, address)));
            }
        }

        if (addresses.Count == 0)
            return;
        if (shape.Includes("EmailAddress"))
            WriteEmailAddress(xml, "EmailAddress", addresses[0].Name, addresses[0].Value);
        if (!shape.Includes("EmailAddresses"))
            return;

        xml.StartType("EmailAddresses");
        foreach (var (address, name) in addresses)
            WriteEmailAddress(xml, IsDocumentationForm(xml) ? "EmailAddress" : "Address", name, address);
        xml.End();
    }

    private void WriteEmailAddress(EwsXmlWriter xml, string element, string name, string address)
    {
        xml.StartType(element);
        xml.Type("Name", name);
        xml.Type(IsDocumentationForm(xml) ? "Address" : "EmailAddress", address);
        xml.Type("RoutingType", "SMTP");
        xml.End();
    }

    private bool IsDocumentationForm(EwsXmlWriter xml) => profile switch
    {
        PersonaProfile.Schema => false,
        PersonaProfile.Documentation => true,
        _ => xml.Namespaces == EwsNamespaces.Https,
    };
}
