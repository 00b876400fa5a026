using Ews.ImService.Mailbox;
using Ews.ImService.Protocol.Operations.Personas;
using Ews.ImService.Protocol.Xml;

namespace Ews.ImService.Protocol.Operations.ImList;

/// <summary>The groups and contacts of a mailbox in a response.</summary>
/// <param name="Mailbox">The mailbox.</param>
/// <param name="Groups">The groups, in order.</param>
/// <param name="Contacts">The contacts, in order.</param>
/// <param name="Requested">The requested extended properties.</param>
internal sealed record ImItemList(
    MailboxState Mailbox, IEnumerable<ImGroup> Groups, IEnumerable<Contact> Contacts, ExtendedProperties Requested);

/// <summary>Writes <c>t:ImItemListType</c>.</summary>
/// <remarks>Learn: "ImItemList".</remarks>
internal static class ImItemListXml
{
    /// <summary>Writes the <c>m:ImItemList</c> of a response message. Empty lists are written, because clients expect them.</summary>
    /// <param name="xml">The writer of the response.</param>
    /// <param name="list">The list.</param>
    /// <param name="personas">Writes the personas.</param>
    /// <param name="parts">Writes the parts of the list, if parts of an earlier one can be reused.</param>
    public static void Write(EwsXmlWriter xml, ImItemList list, PersonaXml personas, EncodedParts? parts = null)
    {
        parts ??= new EncodedParts(xml.Namespaces, earlier: null);
        xml.StartMessage("ImItemList");
        xml.StartType("Groups");
        foreach (var group in list.Groups)
        {
            if (group.Type == GroupType.OtherContacts) // Its members depend on all other groups.
                ImGroupXml.WriteListed(xml, group, list.Mailbox, list.Requested);
            else
                parts.Write(xml, group, [], part => ImGroupXml.WriteListed(part, group, list.Mailbox, list.Requested));
        }

        xml.End();
        xml.StartType("Personas");
        foreach (var contact in list.Contacts)
        {
            parts.Write(xml, contact, list.Mailbox.OrdinaryContactsOf(contact), part =>
            {
                part.StartType("Persona");
                personas.WriteContent(part, Persona.From(list.Mailbox, contact), list.Requested);
                part.End();
            });
        }

        xml.End();
        xml.End();
    }
}
