using System.Collections.Immutable;
using System.Globalization;
using System.Xml.Linq;

namespace Ews.ImService.Reliability.Crash;

/// <summary>Chooses random EWS writes to one mailbox, which succeed because a single client writes the objects with its prefix.</summary>
/// <param name="random">The random choices.</param>
/// <param name="address">The mailbox.</param>
/// <param name="prefix">The prefix of all names.</param>
internal sealed class ImListWrites(Random random, string address, string prefix)
{
    private const int MaxObjects = 12;
    private const int MaxCompanyLength = 6_000;

    private int _last;

    /// <summary>Returns the next write.</summary>
    /// <param name="model">The mailbox.</param>
    public Write Next(MailboxModel model)
    {
        while (true)
        {
            if (Choose(model) is { } write)
                return write;
        }
    }

    /// <summary>Returns a mailbox with new groups and contacts.</summary>
    public MailboxModel NewMailbox()
    {
        var model = MailboxModel.Empty;
        var contacts = Enumerable.Range(0, random.Next(1, 2 * MaxObjects)).Select(_ => NewName("@contoso.com")).ToList();
        foreach (var contact in contacts)
            model = model with { ImContacts = model.ImContacts.Add(contact, NewContact()) };
        for (var count = random.Next(1, MaxObjects); count > 0; count--)
        {
            var members = contacts.Where(_ => random.Next(3) == 0).ToImmutableList();
            model = model with { Groups = model.Groups.Add(NewName(" group"), new GroupModel(null, false, members)) };
        }

        for (var count = random.Next(MaxObjects); count > 0; count--)
            model = model with { Contacts = model.Contacts.Add(NewName(" contact"), NewContact()) };
        return model;
    }

    private Write? Choose(MailboxModel model) => random.Next(16) switch
    {
        0 or 1 => AddGroup(model),
        2 => RenameGroup(model),
        3 => RemoveGroup(model),
        4 => AddDistributionGroup(model),
        5 or 6 => AddNewContact(model),
        7 => AddPhoneContact(model),
        8 or 9 => AddMember(model),
        10 => RemoveMember(model),
        11 => RemoveContact(model),
        12 => CreateItems(model),
        13 or 14 => UpdateItem(model),
        _ => DeleteItems(model),
    };

    private Write? AddGroup(MailboxModel model)
    {
        var name = NewName(" group");
        return model.Groups.Count >= MaxObjects ? null : Ews(
            "AddImGroup",
            Requests.AddImGroup(name),
            (it, response) => it with { Groups = it.Groups.Add(name, new(Id(response, "ExchangeStoreId"), false, [])) });
    }

    private Write? RenameGroup(MailboxModel model)
    {
        var newName = NewName(" renamed");
        return Pick(model.Groups, group => !group.IsDistributionGroup && group.Id is not null) is not var (name, group) ? null : Ews(
            "SetImGroup",
            Requests.SetImGroup(group.Id!, newName),
            (it, _) => it with { Groups = it.Groups.Remove(name).Add(newName, group) });
    }

    private Write? RemoveGroup(MailboxModel model) =>
        Pick(model.Groups, group => group.Id is not null) is not var (name, group) ? null : Ews(
            group.IsDistributionGroup ? "RemoveDistributionGroupFromImList" : "RemoveImGroup",
            group.IsDistributionGroup ? Requests.RemoveDistributionGroup(group.Id!) : Requests.RemoveImGroup(group.Id!),
            (it, _) => it with { Groups = it.Groups.Remove(name) });

    private Write? AddDistributionGroup(MailboxModel model)
    {
        var name = NewName(" list");
        return model.Groups.Count >= MaxObjects ? null : Ews(
            "AddDistributionGroupToImList",
            Requests.AddDistributionGroup(name.Replace(' ', '.') + "@contoso.com", name),
            (it, response) => it with { Groups = it.Groups.Add(name, new(Id(response, "ExchangeStoreId"), true, [])) });
    }

    private Write? AddNewContact(MailboxModel model)
    {
        var contact = NewName("@contoso.com");
        var (group, id) = PickGroupOrNone(model);
        return model.ImContacts.Count >= 2 * MaxObjects ? null : Ews(
            "AddNewImContactToGroup",
            Requests.AddNewImContact(contact, id),
            (it, response) => AddContact(it, contact, group, response));
    }

    private Write? AddPhoneContact(MailboxModel model)
    {
        var telUri = "tel:" + NewName("");
        var (group, id) = PickGroupOrNone(model);
        return model.ImContacts.Count >= 2 * MaxObjects ? null : Ews(
            "AddNewTelUriContactToGroup",
            Requests.AddNewTelUriContact(telUri, id),
            (it, response) => AddContact(it, telUri, group, response));
    }

    private Write? AddMember(MailboxModel model)
    {
        var contact = Pick(model.ImContacts, it => it.Id is not null);
        var group = Pick(model.Groups, it => it.Id is not null);
        return contact is not var (address, added) || group is not var (name, target) ? null : Ews(
            "AddImContactToGroup",
            Requests.AddImContactToGroup(added.Id!, target.Id!),
            (it, _) => it with { Groups = it.Groups.SetItem(name, WithMember(it.Groups[name], address)) });
    }

    private Write? RemoveMember(MailboxModel model)
    {
        if (Pick(model.Groups, it => it.Id is not null && !it.Members.IsEmpty) is not var (name, group))
            return null;
        var contact = group.Members[random.Next(group.Members.Count)];
        return model.ImContacts[contact].Id is not { } id ? null : Ews(
            "RemoveImContactFromGroup",
            Requests.RemoveImContactFromGroup(id, group.Id!),
            (it, _) => RemoveFromGroup(it, contact, name));
    }

    private Write? RemoveContact(MailboxModel model) =>
        Pick(model.ImContacts, it => it.Id is not null) is not var (address, contact) ? null : Ews(
            "RemoveContactFromImList",
            Requests.RemoveContactFromImList(contact.Id!),
            (it, _) => RemoveFromList(it, address));

    private Write? CreateItems(MailboxModel model)
    {
        var added = Enumerable.Range(0, random.Next(1, 4)).Select(_ => (Name: NewName(" contact"), Contact: NewContact())).ToList();
        return model.Contacts.Count >= 2 * MaxObjects ? null : Ews(
            "CreateItem",
            Requests.CreateItem(added.Select(item => $"<t:DisplayName>{item.Name}</t:DisplayName>{Company(item.Contact.Company!)}")),
            (it, response) => it with
            {
                Contacts = it.Contacts.AddRange(added.Select((item, index) => KeyValuePair.Create(item.Name, item.Contact with
                {
                    Id = Id(response, "ItemId", index),
                    ChangeKey = ChangeKey(response, "ItemId", index),
                }))),
            });
    }

    private Write? UpdateItem(MailboxModel model)
    {
        var isImContact = random.Next(2) == 0;
        var company = NewCompany();
        if (Pick(isImContact ? model.ImContacts : model.Contacts, it => it.Id is not null) is not var (key, contact))
            return null;
        var resolution = contact.ChangeKey is null ? "AlwaysOverwrite" : "NeverOverwrite";
        var request = Requests.UpdateItem(contact.Id!, contact.ChangeKey, resolution, "contacts:CompanyName", Company(company));
        return Ews("UpdateItem", request, (it, response) =>
        {
            var updated = contact with
            {
                Version = contact.Version + 1,
                Company = company,
                ChangeKey = ChangeKey(response, "ItemId"),
            };
            return isImContact
                ? it with { ImContacts = it.ImContacts.SetItem(key, updated) }
                : it with { Contacts = it.Contacts.SetItem(key, updated) };
        });
    }

    /// <summary>Deletes up to three objects of any kind in one request.</summary>
    private Write? DeleteItems(MailboxModel model)
    {
        var contact = Pick(model.Contacts, it => it.Id is not null);
        var imContact = Pick(model.ImContacts, it => it.Id is not null);
        var group = random.Next(3) > 0 ? null : Pick(model.Groups, it => it.Id is not null);
        string?[] ids = [contact?.Value.Id, imContact?.Value.Id, group?.Value.Id];
        return ids.All(id => id is null) ? null : Ews("DeleteItem", Requests.DeleteItem(ids.OfType<string>()), (it, _) =>
        {
            it = contact is var (name, _) ? it with { Contacts = it.Contacts.Remove(name) } : it;
            it = imContact is var (address, _) ? RemoveFromList(it, address) : it;
            return group is var (groupName, _) ? it with { Groups = it.Groups.Remove(groupName) } : it;
        });
    }

    private static MailboxModel AddContact(MailboxModel model, string key, string? group, XDocument? response)
    {
        var added = new ContactModel(Id(response, "SourceId"), 1, null, ChangeKey(response, "SourceId"));
        return model with
        {
            ImContacts = model.ImContacts.Add(key, added),
            Groups = group is null ? model.Groups : model.Groups.SetItem(group, WithMember(model.Groups[group], key)),
        };
    }

    /// <summary>Removes a member. A contact that is in no other group is removed from the list.</summary>
    private static MailboxModel RemoveFromGroup(MailboxModel model, string contact, string group)
    {
        var groups = model.Groups.SetItem(group, model.Groups[group] with { Members = model.Groups[group].Members.Remove(contact) });
        var remains = groups.Values.Any(it => it.Members.Contains(contact));
        return model with { Groups = groups, ImContacts = remains ? model.ImContacts : model.ImContacts.Remove(contact) };
    }

    private static MailboxModel RemoveFromList(MailboxModel model, string contact) => model with
    {
        ImContacts = model.ImContacts.Remove(contact),
        Groups = model.Groups.SetItems(model.Groups.Select(
            it => KeyValuePair.Create(it.Key, it.Value with { Members = it.Value.Members.Remove(contact) }))),
    };

    private static GroupModel WithMember(GroupModel group, string contact) =>
        group.Members.Contains(contact) ? group : group with { Members = group.Members.Add(contact) };

    private static string? Id(XDocument? response, string element, int index = 0) => Attribute(response, element, index, "Id");

    private static string? ChangeKey(XDocument? response, string element, int index = 0) =>
        Attribute(response, element, index, "ChangeKey");

    private static string? Attribute(XDocument? response, string element, int index, string attribute) => response?.Descendants()
        .Where(it => it.Name.LocalName == element).ElementAt(index).Attribute(attribute)!.Value;

    private static string Company(string company) => $"<t:CompanyName>{company}</t:CompanyName>";

    private Write Ews(string kind, string operation, Func<MailboxModel, XDocument?, MailboxModel> apply) => new(
        kind,
        HttpMethod.Post,
        Requests.EwsPath,
        Requests.Envelope(operation, address),
        (mailboxes, response) =>
            mailboxes.SetItem(address, apply(mailboxes.GetValueOrDefault(address, MailboxModel.Empty), response)));

    private (string Name, T Value)? Pick<T>(ImmutableSortedDictionary<string, T> from, Func<T, bool> isSuitable)
    {
        var suitable = from.Where(it => isSuitable(it.Value)).ToList();
        if (suitable.Count == 0)
            return null;
        var (name, value) = suitable[random.Next(suitable.Count)];
        return (name, value);
    }

    private (string? Name, string? Id) PickGroupOrNone(MailboxModel model) =>
        random.Next(4) > 0 && Pick(model.Groups, group => group.Id is not null) is var (name, group) ? (name, group.Id) : (null, null);

    private ContactModel NewContact() => new(null, 1, NewCompany());

    /// <summary>Returns a text whose length makes commits and checkpoints of different sizes.</summary>
    private string NewCompany() => new((char)('a' + random.Next(26)), random.Next(1, random.Next(8) == 0 ? MaxCompanyLength : 60));

    private string NewName(string suffix) => string.Create(CultureInfo.InvariantCulture, $"{prefix}{++_last}{suffix}");
}
