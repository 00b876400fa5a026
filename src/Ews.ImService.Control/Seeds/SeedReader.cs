using System.Collections.Immutable;
using System.Text.Json;
using Ews.ImService.Control.Contract;
using Ews.ImService.Control.Documents;
using Ews.ImService.Mailbox;

namespace Ews.ImService.Control.Seeds;

/// <summary>Makes mailboxes of a seed document, by the rules that operations keep: unique names and addresses, limits, known properties.</summary>
/// <param name="limits">How much a mailbox holds.</param>
public sealed class SeedReader(MailboxLimits limits)
{
    private static readonly IReadOnlyDictionary<string, string> Types = new Dictionary<string, string>
    {
        ["UserGroup"] = GroupType.UserGroup,
        ["DistributionGroup"] = GroupType.DistributionGroup,
        ["OtherContacts"] = GroupType.OtherContacts,
        ["Tagged"] = GroupType.Tagged,
        ["Favorites"] = GroupType.Favorites,
    };

    /// <summary>Returns the type of a group in a seed document.</summary>
    internal static SeedGroupType TypeOf(string groupType) => Enum.Parse<SeedGroupType>(Types.Single(type => type.Value == groupType).Key);

    /// <summary>Reads a document.</summary>
    internal IReadOnlyList<MailboxState> Read(ReadOnlyMemory<byte> json, TimeProvider clock, Func<SmtpAddress, long, Guid> newGuid, DocumentProblems all)
    {
        var problems = new List<string>();
        using var document = JsonDocument.Parse(json);
        var root = new DocumentNode(document.RootElement, "$", problems);
        var mailboxes = root.Objects("mailboxes").Select(node => new MailboxSeed(node, limits, clock, newGuid, problems).Read()).ToList();
        var twice = mailboxes.GroupBy(mailbox => mailbox.SmtpAddress).Where(group => group.Key != default && group.Count() > 1);
        problems.AddRange(twice.Select(group => $"$.mailboxes has '{group.Key}' twice."));
        foreach (var problem in problems)
            all.Add(problem.Split(' ')[0], problem[(problem.IndexOf(' ', StringComparison.Ordinal) + 1)..].TrimEnd('.'));
        return mailboxes;
    }

    /// <summary>One mailbox of the document.</summary>
    private sealed class MailboxSeed
    {
        /// <summary>Ids have six bytes for a number; this leaves as many again to objects that come later.</summary>
        private const long MostOrdinal = 1L << 46;
        private const long MostVersion = int.MaxValue;

        private readonly DocumentNode _node;
        private readonly MailboxLimits _limits;
        private readonly TimeProvider _clock;
        private readonly Func<long, Guid> _newGuid;
        private readonly List<string> _problems;
        private readonly HashSet<string> _ids = new(StringComparer.Ordinal);
        private readonly HashSet<long> _ordinals = [];
        private MailboxState _state;
        private long _counter;

        public MailboxSeed(DocumentNode node, MailboxLimits limits, TimeProvider clock, Func<SmtpAddress, long, Guid> newGuid, List<string> problems)
        {
            (_node, _limits, _clock, _problems) = (node, limits, clock, problems);
            var address = ReadAddress(node);
            _newGuid = number => newGuid(address, number);
            _state = new MailboxState(node.Guid("mailboxGuid") ?? _newGuid(0), address);
            _counter = node.Number("lastCounter", 0, MostOrdinal) ?? 0;
        }

        public MailboxState Read()
        {
            var groups = _node.Objects("groups").Select(group => (Node: group, Type: ReadType(group), Name: group.Text("displayName"))).ToList();

            // System groups come first, as they do in every mailbox; a document may leave them out.
            foreach (var (type, name) in MailboxState.SystemGroups.Where(system => groups.All(group => group.Type != system.Type)))
                AddGroup(null, type, name);
            foreach (var group in groups)
                AddGroup(group.Node, group.Type, group.Name);
            foreach (var contact in _node.Objects("imContacts").ToList())
                AddImContact(contact);
            foreach (var contact in _node.Objects("contacts").ToList())
                AddContact(contact);
            foreach (var group in groups)
                AddMembers(group.Node, group.Name);
            var isMigrated = _node.Boolean("imListMigrationCompleted");
            _node.End();
            if (_state.LimitedGroups > _limits.MaxGroups)
                _node.Problem($"has {_state.LimitedGroups} groups; the limit is {_limits.MaxGroups}");
            if (_state.ImContactCount > _limits.MaxContacts)
                _node.Problem($"has {_state.ImContactCount} IM contacts; the limit is {_limits.MaxContacts}");
            return _state with { LastCounter = Math.Max(_counter, _state.LastCounter), ImListMigrationCompleted = isMigrated };
        }

        private static SmtpAddress ReadAddress(DocumentNode node)
        {
            var text = node.Text("smtpAddress");
            if (!SmtpAddress.TryParse(text, out var address) && text.Length > 0)
                node.ProblemOf("smtpAddress", $"is '{text}', which is no SMTP address");
            return address;
        }

        private static string ReadType(DocumentNode group)
        {
            var name = group.OptionalText("type") ?? "UserGroup";
            if (Types.TryGetValue(name, out var type))
                return type;
            group.ProblemOf("type", $"is '{name}'; it has to be {string.Join(", ", Types.Keys)}");
            return GroupType.UserGroup;
        }

        private void AddGroup(DocumentNode? node, string type, string displayName)
        {
            var ordinal = Ordinal(node);
            var id = Id(node, MailboxFolder.ImContactList, ordinal);
            SmtpAddress? smtpAddress = type == GroupType.DistributionGroup && node is not null ? ReadAddress(node) : null;
            var system = MailboxState.SystemGroups.FirstOrDefault(system => system.Type == type).DisplayName;
            if (system is not null && system != displayName)
                node?.ProblemOf("displayName", $"is '{displayName}'; that system group is called '{system}'");
            else if (_state.HasGroupNamed(displayName))
                node?.ProblemOf("displayName", $"is '{displayName}', which another group has");
            else if (smtpAddress is not null && _state.Groups.Values.Any(group => group.SmtpAddress == smtpAddress))
                node?.ProblemOf("smtpAddress", $"is '{smtpAddress}', which another group has");
            else
                _state = _state.Apply(new MailboxChange.GroupAdded(new ImGroup(new ImGroupId(id), type, displayName, ordinal) { SmtpAddress = smtpAddress }));
        }

        private void AddImContact(DocumentNode node)
        {
            var telUri = ReadTelUri(node);
            var imAddress = telUri is null ? node.Text("imAddress") : string.Empty;
            var name = node.Has("displayName") ? node.Text("displayName") : null;
            var properties = telUri is null ? ContactProperties.FromImAddress(imAddress, string.IsNullOrEmpty(name) ? imAddress : name) : ContactProperties.FromTelUri(telUri);
            if (name is { Length: > 0 })
                properties = properties.With(ContactPath.DisplayName, name);
            var contact = NewImContact(node, ReadProperties(node, properties), telUri);
            node.End();
            if (string.IsNullOrEmpty(contact.Properties[ContactPath.DisplayName]) || (telUri is null && contact.ImAddress is null))
                node.Problem("has no display name or no IM address");
            else if (telUri is null && contact.ImAddress != imAddress)
                node.ProblemOf("imAddress", $"is '{imAddress}', but {ContactPath.ImAddress1} is '{contact.ImAddress}'");
            else if (contact.TelUri is null ? _state.FindImContact(imAddress) is not null : _state.FindTelUriContact(contact.TelUri.TelUriAddress) is not null)
                node.Problem("has the address of another IM contact");
            else
                _state = _state.Apply(new MailboxChange.ContactAdded(contact));
        }

        private Contact NewImContact(DocumentNode? node, ContactProperties properties, TelUriContact? telUri)
        {
            var ordinal = Ordinal(node);
            var created = node?.Time("creationTime") ?? WholeSeconds.Now(_clock);
            return new Contact(new ContactId(Id(node, MailboxFolder.QuickContacts, ordinal)), Persona(node, ordinal), properties, created, Version(node), ordinal)
            {
                LastModifiedTime = node?.Time("lastModifiedTime") ?? created,
                ImListEntry = new ImListEntry(telUri),
            };
        }

        private void AddContact(DocumentNode node)
        {
            var ordinal = Ordinal(node);
            var created = node.Time("creationTime") ?? WholeSeconds.Now(_clock);
            var properties = ReadProperties(node, ContactProperties.Empty.With(ContactPath.DisplayName, node.OptionalText("displayName")));
            var id = new ContactId(Id(node, MailboxFolder.Contacts, ordinal));
            var contact = new Contact(id, Persona(node, ordinal), properties, created, Version(node), ordinal) { LastModifiedTime = node.Time("lastModifiedTime") ?? created };
            node.End();
            _state = _state.Apply(new MailboxChange.ContactAdded(contact));
        }

        private void AddMembers(DocumentNode node, string groupName)
        {
            var group = _state.Groups.Values.FirstOrDefault(group => MailboxState.NameComparer.Equals(group.DisplayName, groupName));
            foreach (var (item, path) in node.Items("members").ToList())
            {
                var member = item.ValueKind == JsonValueKind.Object ? new DocumentNode(item, path, _problems) : null;
                var telUri = member?.OptionalText("telUri");
                var address = telUri ?? (member is null ? node.TextOf(item, path) ?? string.Empty : member.Text("contact"));
                var ordinal = member?.Number("ordinal", 0, MostOrdinal);
                member?.End();
                if (address.Length == 0)
                    _problems.Add($"{path} is not the address of an IM contact.");
                else if (group is { Type: GroupType.OtherContacts })
                    _problems.Add($"{path}: in Other Contacts is who is in no group.");
                else if (group is not null && (telUri is null ? FindOrAdd(address) : _state.FindTelUriContact(telUri)) is { } contact)
                    Join(group.Id, contact, ordinal, path);
                else if (group is not null)
                    _problems.Add($"{path}.telUri is '{telUri}', which no IM contact has.");
            }

            node.End();
        }

        /// <summary>A member that is no IM contact yet becomes one.</summary>
        private Contact FindOrAdd(string address)
        {
            if ((_state.FindImContact(address) ?? _state.FindTelUriContact(address)) is { } contact)
                return contact;
            contact = NewImContact(null, ContactProperties.FromImAddress(address, address), null);
            _state = _state.Apply(new MailboxChange.ContactAdded(contact));
            return contact;
        }

        private void Join(ImGroupId group, Contact contact, long? ordinal, string path)
        {
            if (_state.Groups[group].Members.ContainsKey(contact.Id))
                _problems.Add($"{path} is a member already.");
            else
                _state = _state.Apply(new MailboxChange.MemberAdded(group, contact.Id, Ordinal(path, ordinal)));
        }

        private static TelUriContact? ReadTelUri(DocumentNode node)
        {
            if (node.Object("telUri") is not { } telUri)
                return null;
            var read = new TelUriContact(telUri.Text("telUriAddress"), telUri.Text("imContactSipUriAddress"), telUri.Text("imTelephoneNumber"));
            telUri.End();
            return read;
        }

        /// <summary>What the document says, over what follows from the address; null takes a property away.</summary>
        private static ContactProperties ReadProperties(DocumentNode node, ContactProperties properties)
        {
            if (node.Object("properties") is not { } given)
                return properties;
            foreach (var (path, values) in given.Texts())
            {
                var property = ContactProperty.Find(path);
                var stored = values.Count == 0 ? [] : property?.Rule.Normalize(values.ToImmutableArray());
                if (property is null)
                    given.ProblemOfEntry(path, "is not a property that can be set on contacts");
                else if (stored is null)
                    given.ProblemOfEntry(path, $"must be {property.Rule.Description}, but is '{string.Join("', '", values)}'");
                properties = properties.With(path, stored ?? []);
            }

            return properties;
        }

        private long Ordinal(DocumentNode? node) => Ordinal(node?.Path, node?.Number("ordinal", 0, MostOrdinal));

        /// <summary>The document's number, or the next one.</summary>
        private long Ordinal(string? path, long? given)
        {
            var ordinal = given ?? Math.Max(_counter, _state.LastCounter) + 1;
            if (!_ordinals.Add(ordinal))
            {
                _problems.Add($"{path}.ordinal is {ordinal}, which another object has.");
                return Ordinal(path, null); // So that what else is wrong is told too.
            }

            _counter = Math.Max(_counter, ordinal);
            return ordinal;
        }

        private string Id(DocumentNode? node, MailboxFolder folder, long ordinal)
        {
            var given = node?.Has("id") == true ? node.Text("id") : null;
            var id = given ?? StoreId.ForItem(_state.MailboxGuid, folder, ordinal);
            if (_ids.Add(id))
                return id;
            node?.ProblemOf("id", $"{(given is null ? "of its ordinal " : "")}is another object's");
            return $"{id} {ordinal}";
        }

        private PersonaId Persona(DocumentNode? node, long ordinal)
        {
            var id = node?.Has("personaId") == true ? node.Text("personaId") : StoreId.ForPersona(_state.MailboxGuid, _newGuid(ordinal));
            if (!_ids.Add(id))
                node?.ProblemOf("personaId", "is another object's");
            return new PersonaId(id);
        }

        private static long Version(DocumentNode? node) => node?.Number("version", 1, MostVersion) ?? 1;
    }
}
