using System.Collections.Immutable;
using System.Globalization;
using Ews.ImService.Mailbox;
using Ews.ImService.Protocol.Xml;

namespace Ews.ImService.Protocol.Operations.Personas;

/// <summary>Writes <c>t:PersonaType</c>. Learn: "Persona", and the answers on the pages of AddNewImContactToGroup and GetImItemList.</summary>
internal sealed class PersonaXml(PersonaProfile profile)
{
    private const string NoMapping = "None";
    private const string Telephone = "contacts:PhoneNumber:";

    /// <summary>The highest score there is; Exchange gives it to every IM contact.</summary>
    private const string RelevanceScore = "2147483647";

    /// <summary>Elements with the first source's value, in the schema's order, between FileAsId and EmailAddress.</summary>
    private static readonly (string Element, string Path)[] Texts =
    [
        ("GivenName", ContactPath.GivenName), ("MiddleName", ContactPath.MiddleName), ("Surname", ContactPath.Surname),
        ("Generation", "contacts:Generation"), ("Nickname", "contacts:Nickname"), ("Title", ContactPath.JobTitle),
        ("Department", ContactPath.Department), ("CompanyName", ContactPath.CompanyName), ("Location", "contacts:OfficeLocation"),
    ];

    /// <summary>Elements with every source's values, in the schema's order, between FileAsIds and the telephone numbers.</summary>
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

    private static readonly (string Element, string Path)[] Emails =
    [
        ("Emails1", ContactPath.EmailAddress1), ("Emails2", ContactPath.EmailAddress + ":EmailAddress2"), ("Emails3", ContactPath.EmailAddress + ":EmailAddress3"),
    ];

    /// <summary>Elements with every source's values, in the schema's order, after the e-mail addresses.</summary>
    private static readonly (string Element, string Path)[] Others =
    [
        ("BusinessHomePages", "contacts:BusinessHomePage"), ("OfficeLocations", "contacts:OfficeLocation"),
        ("ImAddresses", ContactPath.ImAddress1), ("ImAddresses2", ContactPath.ImAddress + ":ImAddress2"), ("ImAddresses3", ContactPath.ImAddress + ":ImAddress3"),
        ("Titles", ContactPath.JobTitle), ("Departments", ContactPath.Department), ("CompanyNames", ContactPath.CompanyName),
        ("Managers", "contacts:Manager"), ("AssistantNames", "contacts:AssistantName"), ("Professions", "contacts:Profession"),
        ("SpouseNames", "contacts:SpouseName"), ("WeddingAnniversaries", "contacts:WeddingAnniversary"), ("Birthdays", "contacts:Birthday"),
    ];

    /// <summary>Writes the <c>m:Persona</c> of a response message.</summary>
    public void WriteMessage(EwsXmlWriter xml, Persona persona)
    {
        xml.StartMessage("Persona");
        WriteContent(xml, persona);
        xml.End();
    }

    /// <summary>All content of an element that holds a persona: the element itself is m in some answers and t in others.</summary>
    public void WriteContent(EwsXmlWriter xml, Persona persona, ExtendedProperties requested = default) =>
        WriteContent(xml, persona, PersonaShape.Everything, requested);

    /// <summary>As much of the content as is asked for, in the schema's order.</summary>
    public void WriteContent(EwsXmlWriter xml, Persona persona, PersonaShape shape, ExtendedProperties requested = default)
    {
        ItemIdXml.Write(xml, "PersonaId", persona.Id.Value, changeKey: null);
        WriteText("PersonaType", "Person");
        WriteText("CreationTime", persona.CreationTime is { } time ? EwsXmlWriter.Format(time) : null);
        WriteText("DisplayName", persona.IsPhoneContact ? string.Empty : persona.DisplayName);
        WriteText("DisplayNameFirstLast", persona.DisplayName);
        WriteText("DisplayNameLastFirst", LastFirst(persona));
        WriteText("FileAs", persona.IsPhoneContact ? string.Empty : persona[ContactPath.FileAs]);
        WriteText("FileAsId", persona[ContactPath.FileAsMapping] ?? NoMapping);
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
            WriteAttributed(xml, "FileAsIds", "StringAttributedValue", persona.Values(source => source.Properties[ContactPath.FileAsMapping] ?? NoMapping), WriteValue);
        foreach (var (element, path) in Names)
            WriteValues(element, path);
        foreach (var (element, path, type) in Telephones)
        {
            if (IsThere(element, path))
                WriteAttributed(xml, element, "PhoneNumberAttributedValue", persona.Values(path), (to, number) => WriteTelephone(to, number, type));
        }

        foreach (var (element, path) in Emails)
        {
            if (IsThere(element, path))
                WriteAttributed(xml, element, "EmailAddressAttributedValue", persona.Values(path), (to, address) => WriteEmailAddress(to, "Value", NameOf(persona, path, address), address));
        }

        foreach (var (element, path) in Others)
            WriteValues(element, path);
        if (requested.DisplayName && !persona.IsPhoneContact)
        {
            WriteAttributed(
                xml, "ExtendedProperties", "ExtendedPropertyAttributedValue", persona.Values(ContactPath.DisplayName), (to, name) => ExtendedProperties.WriteDisplayName(to, "Value", name));
        }

        void WriteText(string element, string? text)
        {
            if (text is not null && shape.Includes(element))
                xml.Type(element, text);
        }

        bool IsThere(string element, string path) => persona[path] is not null && shape.Includes(element);

        void WriteValues(string element, string path)
        {
            if (IsThere(element, path))
                WriteAttributed(xml, element, "StringAttributedValue", persona.Values(path), WriteValue);
        }
    }

    private static void WriteValue(EwsXmlWriter xml, string value) => xml.Type("Value", value);

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

    /// <summary>Each value, and the numbers of the attributions that it comes from; nothing where there is no value.</summary>
    private static void WriteAttributed(EwsXmlWriter xml, string element, string item, IEnumerable<(string Value, ImmutableArray<int> Sources)> values, Action<EwsXmlWriter, string> writeValue)
    {
        var isOpen = false;
        foreach (var (value, sources) in values)
        {
            if (!isOpen)
                xml.StartType(element);
            isOpen = true;
            xml.StartType(item);
            writeValue(xml, value);
            xml.StartType("Attributions");
            foreach (var source in sources)
                xml.Type("Attribution", Number(source));
            xml.End();
            xml.End();
        }

        if (isOpen)
            xml.End();
    }

    /// <summary>What the first source that has the address calls it.</summary>
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
