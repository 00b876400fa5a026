using System.Collections.Immutable;
using Ews.ImService.Control.Contract;
using Ews.ImService.Mailbox;

namespace Ews.ImService.Control.Seeds;

/// <summary>Removes from a seed document what the service generates: ids, ordinals, times, and values that it derives.</summary>
internal static class SeedShortener
{
    /// <summary>Returns a document for people, which creates mailboxes with the same content and other ids and times.</summary>
    public static SeedDocument Shorten(SeedDocument document) =>
        document with { Mailboxes = [.. document.Mailboxes.Select(Shorten)] };

    private static SeedMailbox Shorten(SeedMailbox mailbox)
    {
        var groups = (mailbox.Groups ?? []).Where(IsWritten).Select(Shorten).ToList();
        var members = groups.SelectMany(group => group.Members ?? []).Select(member => member.Contact)
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        return new SeedMailbox
        {
            SmtpAddress = mailbox.SmtpAddress,
            ImListMigrationCompleted = mailbox.ImListMigrationCompleted == true ? true : null,
            Culture = mailbox.Culture,
            Folders = NullIfEmpty((mailbox.Folders ?? []).Select(Shorten)),
            Groups = NullIfEmpty(groups),
            ImContacts = NullIfEmpty((mailbox.ImContacts ?? []).Select(Shorten).Where(contact => !IsOnlyMember(contact, members))),
            Contacts = NullIfEmpty((mailbox.Contacts ?? []).Select(Shorten)),
            Oof = mailbox.Oof,
        };
    }

    /// <summary>Determines whether a group must be written: a system group is created by itself, and Other Contacts has the IM contacts
    /// that are in no other group.</summary>
    private static bool IsWritten(SeedGroup group) => group.Type switch
    {
        SeedGroupType.OtherContacts => false,
        SeedGroupType.Tagged or SeedGroupType.Favorites => group.Members is { Count: > 0 },
        _ => true,
    };

    private static SeedFolder Shorten(SeedFolder folder) => folder with
    {
        Ordinal = null,
        Version = null,
        CreationTime = null,
        LastModifiedTime = null,
        Properties = folder.Properties is { Count: > 0 } ? folder.Properties : null,
    };

    private static SeedGroup Shorten(SeedGroup group) => group with
    {
        Type = group.Type == SeedGroupType.UserGroup ? null : group.Type,
        Id = null,
        Ordinal = null,
        Members = NullIfEmpty((group.Members ?? []).Select(member => member with { Ordinal = null })),
    };

    private static SeedImContact Shorten(SeedImContact contact)
    {
        var address = contact.ImAddress ?? contact.TelUri!.ImTelephoneNumber;
        var derived = contact.TelUri is { } telUri
            ? ContactProperties.FromTelUri(new TelUriContact(telUri.TelUriAddress, telUri.ImContactSipUriAddress, telUri.ImTelephoneNumber))
                .With(ContactPath.DisplayName, contact.DisplayName)
            : ContactProperties.FromImAddress(address, contact.DisplayName ?? address);
        return WithoutGenerated(contact, derived) with { DisplayName = contact.DisplayName == address ? null : contact.DisplayName };
    }

    private static SeedContact Shorten(SeedContact contact)
    {
        var displayName = contact.Properties!.GetValueOrDefault(ContactPath.DisplayName)?[0];
        var derived = ContactNames.Complete(ContactProperties.Empty.With(ContactPath.DisplayName, displayName));
        return WithoutGenerated(contact, derived) with { DisplayName = displayName };
    }

    private static T WithoutGenerated<T>(T item, ContactProperties derived)
        where T : SeedItem => item with
        {
            Id = null,
            PersonaId = null,
            Ordinal = null,
            Version = null,
            CreationTime = null,
            LastModifiedTime = null,
            Properties = WithoutDerived(item.Properties!, derived),
            Attachments = NullIfEmpty(
                (item.Attachments ?? []).Select(attachment => attachment with { Number = null, LastModifiedTime = null })),
        };

    private static Dictionary<string, IReadOnlyList<string>?>? WithoutDerived(
        IReadOnlyDictionary<string, IReadOnlyList<string>?> properties, ContactProperties derived)
    {
        var all = ContactNames.Complete(derived);
        var written = properties.Where(property => !all.Values(property.Key).SequenceEqual(property.Value ?? []));
        var kept = written.ToDictionary(property => property.Key, property => property.Value);
        return kept.Count > 0 ? kept : null;
    }

    private static bool IsOnlyMember(SeedImContact contact, HashSet<string?> members) =>
        contact is { DisplayName: null, TelUri: null, Properties: null, Attachments: null } && members.Contains(contact.ImAddress);

    private static List<T>? NullIfEmpty<T>(IEnumerable<T> items) => items.ToList() is { Count: > 0 } list ? list : null;
}
