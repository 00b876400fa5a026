using System.Text.Json;
using Ews.ImService.Mailbox;

namespace Ews.ImService.Control.Seeds;

/// <summary>Writes mailboxes as a seed document that makes the very same mailboxes: ids, order and times included.</summary>
public static class SeedWriter
{
    /// <summary>Where the document's schema is.</summary>
    public const string SchemaPath = "/_control/v1/seed.schema.json";

    /// <summary>Writes the document.</summary>
    public static void Write(Utf8JsonWriter json, IEnumerable<MailboxState> mailboxes)
    {
        ArgumentNullException.ThrowIfNull(json);
        json.WriteStartObject();
        json.WriteStartArray("mailboxes");
        foreach (var mailbox in mailboxes)
            Write(json, mailbox);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>Writes one mailbox.</summary>
    public static void Write(Utf8JsonWriter json, MailboxState mailbox)
    {
        json.WriteStartObject();
        json.WriteString("smtpAddress", mailbox.SmtpAddress.Value);
        json.WriteString("mailboxGuid", mailbox.MailboxGuid);
        json.WriteNumber("lastCounter", mailbox.LastCounter);
        json.WriteBoolean("imListMigrationCompleted", mailbox.ImListMigrationCompleted);
        json.WriteStartArray("groups");
        foreach (var group in mailbox.OrderedGroups)
            Write(json, mailbox, group);
        json.WriteEndArray();
        json.WriteStartArray("imContacts");
        foreach (var contact in mailbox.ImContacts)
            Write(json, contact);
        json.WriteEndArray();
        json.WriteStartArray("contacts");
        foreach (var contact in mailbox.OrdinaryContacts)
        {
            json.WriteStartObject();
            WriteItem(json, contact.Id.Value, contact.PersonaId, contact.Ordinal, contact.Version, contact.CreationTime, contact.LastModifiedTime, contact.Properties, ContactProperties.Empty);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, MailboxState mailbox, ImGroup group)
    {
        json.WriteStartObject();
        json.WriteString("displayName", group.DisplayName);
        json.WriteString("type", SeedReader.NameOf(group.Type));
        if (group.SmtpAddress is { } address)
            json.WriteString("smtpAddress", address.Value);
        json.WriteString("id", group.Id.Value);
        json.WriteNumber("ordinal", group.Ordinal);
        json.WriteStartArray("members");
        foreach (var (contact, ordinal) in group.Members.OrderBy(member => member.Value))
        {
            json.WriteStartObject();
            var member = mailbox.Contacts[contact];
            json.WriteString(member.TelUri is null ? "contact" : "telUri", member.TelUri?.TelUriAddress ?? member.ImAddress);
            json.WriteNumber("ordinal", ordinal);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, Contact contact)
    {
        json.WriteStartObject();
        if (contact.TelUri is { } telUri)
        {
            json.WriteStartObject("telUri");
            json.WriteString("telUriAddress", telUri.TelUriAddress);
            json.WriteString("imContactSipUriAddress", telUri.ImContactSipUriAddress);
            json.WriteString("imTelephoneNumber", telUri.ImTelephoneNumber);
            json.WriteEndObject();
        }
        else
        {
            json.WriteString("imAddress", contact.ImAddress);
        }

        json.WriteString("displayName", contact.DisplayName);
        var derived = contact.TelUri is null ? ContactProperties.FromImAddress(contact.ImAddress!, contact.DisplayName!) : ContactProperties.FromTelUri(contact.TelUri);
        WriteItem(json, contact.Id.Value, contact.PersonaId, contact.Ordinal, contact.Version, contact.CreationTime, contact.LastModifiedTime, contact.Properties, derived);
        json.WriteEndObject();
    }

    private static void WriteItem(Utf8JsonWriter json, string id, PersonaId personaId, long ordinal, long version, DateTime created, DateTime modified, ContactProperties properties, ContactProperties derived)
    {
        json.WriteString("id", id);
        json.WriteString("personaId", personaId.Value);
        json.WriteNumber("ordinal", ordinal);
        json.WriteNumber("version", version);
        json.WriteString("creationTime", created);
        json.WriteString("lastModifiedTime", modified);
        json.WriteStartObject("properties");
        foreach (var path in derived.All.Select(pair => pair.Key).Where(path => properties[path] is null).Order(StringComparer.Ordinal))
            json.WriteNull(path);
        foreach (var (path, values) in properties.All.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            if (values.Length == 1)
            {
                json.WriteString(path, values[0]);
                continue;
            }

            json.WriteStartArray(path);
            foreach (var value in values)
                json.WriteStringValue(value);
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }
}
