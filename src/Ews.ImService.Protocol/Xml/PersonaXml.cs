using System.Globalization;
using Ews.ImService.Mailbox;

namespace Ews.ImService.Protocol.Xml;

/// <summary>Writes <c>t:PersonaType</c>. Learn: "Persona", and the answer on the page "AddNewImContactToGroup operation".</summary>
internal sealed class PersonaXml(PersonaProfile profile)
{
    private const string FileAsId = "None";

    /// <summary>The highest score there is; Exchange gives it to every IM contact.</summary>
    private const string RelevanceScore = "2147483647";

    /// <summary>The content of an element that holds a persona: the element itself is m in some answers and t in others.</summary>
    public void WriteContent(EwsXmlWriter xml, Persona persona, ExtendedProperties requested = default)
    {
        var isPhone = persona.TelephoneNumber is not null;
        ItemIdXml.Write(xml, "PersonaId", persona.Id.Value, changeKey: null);
        xml.Type("PersonaType", "Person");
        xml.Type("CreationTime", persona.CreationTime);
        xml.Type("DisplayName", isPhone ? string.Empty : persona.DisplayName);
        xml.Type("DisplayNameFirstLast", persona.DisplayName);
        xml.Type("DisplayNameLastFirst", persona.DisplayName);
        if (isPhone)
            xml.Type("FileAs", string.Empty);
        xml.Type("FileAsId", FileAsId);
        if (persona.EmailAddress is not null)
        {
            WriteEmailAddress(xml, "EmailAddress", persona);
            xml.StartType("EmailAddresses");
            WriteEmailAddress(xml, IsDocumentationForm(xml) ? "EmailAddress" : "Address", persona);
            xml.End();
        }

        if (persona.ImAddress is not null)
            xml.Type("ImAddress", persona.ImAddress);
        xml.Type("RelevanceScore", RelevanceScore);
        WriteAttributions(xml, persona);
        if (!isPhone)
            WriteAttributed(xml, persona, "DisplayNames", persona.DisplayName);
        WriteAttributed(xml, persona, "FileAsIds", FileAsId);
        if (isPhone)
            WriteAttributed(xml, persona, "OtherTelephones", "PhoneNumberAttributedValue", () => WriteTelephone(xml, persona));
        if (persona.EmailAddress is not null)
            WriteAttributed(xml, persona, "Emails1", "EmailAddressAttributedValue", () => WriteEmailAddress(xml, "Value", persona));
        if (persona.ImAddress is not null)
            WriteAttributed(xml, persona, "ImAddresses", persona.ImAddress);
        if (requested.DisplayName && !isPhone)
            WriteAttributed(xml, persona, "ExtendedProperties", "ExtendedPropertyAttributedValue", () => ExtendedProperties.WriteDisplayName(xml, "Value", persona.DisplayName));
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
            ItemIdXml.Write(xml, "SourceId", attribution.SourceId.Value, attribution.SourceChangeKey);
            xml.Type("DisplayName", attribution.FolderId is null ? "Lync Contacts" : "Outlook");
            xml.Type("IsWritable", attribution.FolderId is not null);
            xml.Type("IsQuickContact", true);
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
