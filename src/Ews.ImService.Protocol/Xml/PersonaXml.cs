using System.Globalization;
using Ews.ImService.Mailbox;

namespace Ews.ImService.Protocol.Xml;

/// <summary>Writes <c>t:PersonaType</c>. Learn: "Persona", and the answer on the page "AddNewImContactToGroup operation".</summary>
internal sealed class PersonaXml(PersonaProfile profile)
{
    private const string FileAsId = "None";

    /// <summary>The highest score there is; Exchange gives it to every IM contact.</summary>
    private const string RelevanceScore = "2147483647";

    /// <summary>All content of an element that holds a persona: the element itself is m in some answers and t in others.</summary>
    public void WriteContent(EwsXmlWriter xml, Persona persona, ExtendedProperties requested = default) =>
        WriteContent(xml, persona, PersonaShape.Everything, requested);

    /// <summary>As much of the content as is asked for, in the schema's order.</summary>
    public void WriteContent(EwsXmlWriter xml, Persona persona, PersonaShape shape, ExtendedProperties requested = default)
    {
        var isPhone = persona.TelephoneNumber is not null;
        ItemIdXml.Write(xml, "PersonaId", persona.Id.Value, changeKey: null);
        WriteText("PersonaType", "Person");
        WriteText("CreationTime", persona.CreationTime is { } time ? EwsXmlWriter.Format(time) : null);
        WriteText("DisplayName", isPhone ? string.Empty : persona.DisplayName);
        WriteText("DisplayNameFirstLast", persona.DisplayName);
        WriteText("DisplayNameLastFirst", persona.DisplayName);
        WriteText("FileAs", isPhone ? string.Empty : null);
        WriteText("FileAsId", FileAsId);
        WriteText("Title", persona.Title);
        WriteText("Department", persona.Department);
        WriteText("CompanyName", persona.CompanyName);
        if (persona.EmailAddress is not null && shape.Includes("EmailAddress"))
            WriteEmailAddress(xml, "EmailAddress", persona);
        if (persona.EmailAddress is not null && shape.Includes("EmailAddresses"))
        {
            xml.StartType("EmailAddresses");
            WriteEmailAddress(xml, IsDocumentationForm(xml) ? "EmailAddress" : "Address", persona);
            xml.End();
        }

        WriteText("ImAddress", persona.ImAddress);
        WriteText("RelevanceScore", RelevanceScore);
        if (shape.Includes("Attributions"))
            WriteAttributions(xml, persona);
        WriteValues("DisplayNames", isPhone ? null : persona.DisplayName);
        WriteValues("FileAsIds", FileAsId);
        if (isPhone && shape.Includes("OtherTelephones"))
            WriteAttributed(xml, persona, "OtherTelephones", "PhoneNumberAttributedValue", () => WriteTelephone(xml, persona));
        if (persona.EmailAddress is not null && shape.Includes("Emails1"))
            WriteAttributed(xml, persona, "Emails1", "EmailAddressAttributedValue", () => WriteEmailAddress(xml, "Value", persona));
        WriteValues("ImAddresses", persona.ImAddress);
        WriteValues("Titles", persona.Title);
        WriteValues("Departments", persona.Department);
        WriteValues("CompanyNames", persona.CompanyName);
        if (requested.DisplayName && !isPhone)
            WriteAttributed(xml, persona, "ExtendedProperties", "ExtendedPropertyAttributedValue", () => ExtendedProperties.WriteDisplayName(xml, "Value", persona.DisplayName));

        void WriteText(string element, string? text)
        {
            if (text is not null && shape.Includes(element))
                xml.Type(element, text);
        }

        void WriteValues(string element, string? value)
        {
            if (value is not null && shape.Includes(element))
                WriteAttributed(xml, persona, element, value);
        }
    }

    private static void WriteTelephone(EwsXmlWriter xml, Persona persona)
    {
        xml.StartType("Value");
        xml.Type("Number", persona.TelephoneNumber!);
        xml.Type("Type", "Other");
        xml.End();
    }

    private static void WriteAttributions(EwsXmlWriter xml, Persona persona)
    {
        xml.StartType("Attributions");
        for (var i = 0; i < persona.Attributions.Count; i++)
        {
            var attribution = persona.Attributions[i];
            xml.StartType("Attribution");
            xml.Type("Id", i.ToString(CultureInfo.InvariantCulture));
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

    private static void WriteAttributed(EwsXmlWriter xml, Persona persona, string element, string value) =>
        WriteAttributed(xml, persona, element, "StringAttributedValue", () => xml.Type("Value", value));

    /// <summary>A value, and the numbers of the attributions that it comes from: all of them.</summary>
    private static void WriteAttributed(EwsXmlWriter xml, Persona persona, string element, string item, Action writeValue)
    {
        xml.StartType(element);
        xml.StartType(item);
        writeValue();
        xml.StartType("Attributions");
        for (var i = 0; i < persona.Attributions.Count; i++)
            xml.Type("Attribution", i.ToString(CultureInfo.InvariantCulture));
        xml.End();
        xml.End();
        xml.End();
    }

    private void WriteEmailAddress(EwsXmlWriter xml, string element, Persona persona)
    {
        xml.StartType(element);
        xml.Type("Name", persona.DisplayName);
        xml.Type(IsDocumentationForm(xml) ? "Address" : "EmailAddress", persona.EmailAddress!);
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
