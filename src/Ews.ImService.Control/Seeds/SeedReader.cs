using System.Collections.Immutable;
using System.Text.Json;
using Ews.ImService.Mailbox;

namespace Ews.ImService.Control.Seeds;

/// <summary>Makes mailboxes of a seed document, by the rules that operations keep: unique names and addresses, limits.</summary>
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

    private static readonly JsonDocumentOptions JsonOptions = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    /// <summary>The short name of a group type.</summary>
    internal static string NameOf(string groupType) => Types.Single(type => type.Value == groupType).Key;

    /// <summary>Reads a document.</summary>
    /// <param name="json">UTF-8.</param>
    /// <param name="clock">Tells the times that the document leaves out.</param>
    /// <param name="newGuid">Makes the GUIDs that the document leaves out, for a mailbox's address.</param>
    /// <exception cref="SeedException">Something is wrong with it; everything that is, is told.</exception>
    public IReadOnlyList<MailboxState> Read(ReadOnlyMemory<byte> json, TimeProvider clock, Func<string, Guid> newGuid)
    {
        ArgumentNullException.ThrowIfNull(clock);
        var problems = new List<string>();
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(SkipMark(json), JsonOptions);
        }
        catch (JsonException e)
        {
            throw new SeedException([$"It is no JSON: {e.Message}"]);
        }

        using (document)
        {
            var root = new SeedNode(document.RootElement, "$", problems);
            root.OptionalText("$schema");
            var mailboxes = root.Objects("mailboxes").Select(node => new MailboxSeed(node, limits, clock, newGuid, problems).Read()).ToList();
            root.End();
            var twice = mailboxes.GroupBy(mailbox => mailbox.SmtpAddress, SmtpAddress.Comparer).Where(group => group.Count() > 1);
            problems.AddRange(twice.Select(group => $"$.mailboxes has '{group.Key}' twice."));
            return problems.Count == 0 ? mailboxes : throw new SeedException(problems);
        }
    }

    private static ReadOnlyMemory<byte> SkipMark(ReadOnlyMemory<byte> json) => json.Span.StartsWith("\uFEFF"u8) ? json[3..] : json;

    /// <summary>One mailbox of the document.</summary>
    private sealed class MailboxSeed
    {
        private readonly SeedNode _node;
        private readonly MailboxLimits _limits;
        private readonly TimeProvider _clock;
        private readonly Func<Guid> _newGuid;
        private readonly List<string> _problems;
        private readonly HashSet<string> _ids = new(StringComparer.Ordinal);
        private readonly HashSet<long> _ordinals = [];
        private readonly long? _lastCounter;
        private MailboxState _state;
        private long _counter;

        public MailboxSeed(SeedNode node, MailboxLimits limits, TimeProvider clock, Func<string, Guid> newGuid, List<string> problems)
        {
            (_node, _limits, _clock, _problems) = (node, limits, clock, problems);
            var address = node.Text("smtpAddress");
            if (address.Length > 0 && !SmtpAddress.IsValid(address))
                node.ProblemOf("smtpAddress", $"is '{address}', which is no SMTP address");
            _newGuid = () => newGuid(address);
            _state = new MailboxState(node.Guid("mailboxGuid") ?? _newGuid(), address);
            _lastCounter = node.Number("lastCounter");
        }

        public MailboxState Read()
        {
            var groups = _node.Objects("groups").Select(group => (Node: group, Type: ReadType(group), Name: group.Text("displayName"), Ordinal: group.Number("ordinal"))).ToList();

            // System groups come first, as they do in every mailbox; a document may leave them out, or rename none of them.
            foreach (var (type, name) in MailboxState.SystemGroups)
            {
                if (groups.All(group => group.Type != type))
                    AddGroup(null, type, name, null);
            }

            foreach (var group in groups)
                AddGroup(group.Node, group.Type, group.Name, group.Ordinal);
            foreach (var contact in _node.Objects("imContacts").ToList())
                AddQuickContact(contact);
            foreach (var contact in _node.Objects("contacts").ToList())
                AddContact(contact);
            foreach (var group in groups)
                AddMembers(group.Node, group.Name);
            var isMigrated = _node.Boolean("imListMigrationCompleted");
            _node.End();
            if (_state.LimitedGroups > _limits.MaxGroups)
                _node.Problem($"has {_state.LimitedGroups} groups; the limit is {_limits.MaxGroups}");
            if (_state.QuickContacts.Count > _limits.MaxContacts)
                _node.Problem($"has {_state.QuickContacts.Count} IM contacts; the limit is {_limits.MaxContacts}");
            return _state with { LastCounter = Math.Max(_lastCounter ?? 0, Math.Max(_counter, _state.LastCounter)), ImListMigrationCompleted = isMigrated };
        }

        private static string ReadType(SeedNode group)
        {
            var name = group.OptionalText("type") ?? "UserGroup";
            if (Types.TryGetValue(name, out var type))
                return type;
            group.ProblemOf("type", $"is '{name}'; it has to be {string.Join(", ", Types.Keys)}");
            return GroupType.UserGroup;
        }

        private void AddGroup(SeedNode? node, string type, string displayName, long? givenOrdinal)
        {
            var ordinal = Ordinal(node?.Path, givenOrdinal);
            var id = Id(node, MailboxFolder.ImContactList, ordinal);
            var smtpAddress = type == GroupType.DistributionGroup ? node?.Text("smtpAddress") : null;
            if (_state.HasGroupNamed(displayName))
                node?.ProblemOf("displayName", $"is '{displayName}', which another group has");
            else if (type is GroupType.OtherContacts or GroupType.Tagged or GroupType.Favorites && _state.Groups.Values.Any(group => group.Type == type))
                node?.ProblemOf("type", "is a system group's that is there already");
            else
                _state = _state.Apply(new MailboxChange.GroupAdded(new ImGroup(new ImGroupId(id), type, displayName, ordinal) { SmtpAddress = smtpAddress }));
        }

        private void AddQuickContact(SeedNode node)
        {
            var telUri = ReadTelUri(node);
            var imAddress = telUri is null ? node.Text("imAddress") : string.Empty;
            var name = node.OptionalText("displayName");
            var properties = telUri is null ? QuickContact.PropertiesOf(imAddress, name ?? imAddress) : QuickContact.PropertiesOf(telUri);
            if (name is not null)
                properties = properties.With(ContactPath.DisplayName, name);
            var contact = NewQuickContact(node, ReadProperties(node, properties), telUri);
            node.End();
            if (_state.QuickContacts.ContainsKey(contact.Id))
                return;
            if (contact.Properties[ContactPath.DisplayName] is null || (telUri is null && contact.ImAddress is null))
                node.Problem("has no display name or no IM address");
            else if (contact.TelUri is null ? _state.FindQuickContact(contact.ImAddress!) is not null : _state.FindTelUriContact(contact.TelUri.TelUriAddress) is not null)
                node.Problem("has the address of another IM contact");
            else
                _state = _state.Apply(new MailboxChange.QuickContactAdded(contact));
        }

        private QuickContact NewQuickContact(SeedNode? node, ContactProperties properties, TelUriContact? telUri)
        {
            var ordinal = Ordinal(node?.Path, node?.Number("ordinal"));
            var id = Id(node, MailboxFolder.QuickContacts, ordinal);
            var created = node?.Time("creationTime") ?? Now();
            return new QuickContact(new ImContactId(id), Persona(node), properties, created, node?.Number("version") ?? 1, ordinal)
            {
                LastModifiedTime = node?.Time("lastModifiedTime") ?? created,
                TelUri = telUri,
            };
        }

        private void AddContact(SeedNode node)
        {
            var ordinal = Ordinal(node.Path, node.Number("ordinal"));
            var id = Id(node, MailboxFolder.Contacts, ordinal);
            var created = node.Time("creationTime") ?? Now();
            var properties = ReadProperties(node, ContactProperties.Empty.With(ContactPath.DisplayName, node.OptionalText("displayName")));
            var contact = new Contact(new ContactId(id), Persona(node), properties, created, node.Time("lastModifiedTime") ?? created, node.Number("version") ?? 1, ordinal);
            node.End();
            if (!_state.Contacts.ContainsKey(contact.Id))
                _state = _state.Apply(new MailboxChange.ContactAdded(contact));
        }

        private void AddMembers(SeedNode node, string groupName)
        {
            var group = _state.Groups.Values.FirstOrDefault(group => MailboxState.NameComparer.Equals(group.DisplayName, groupName));
            foreach (var (item, path) in node.Items("members").ToList())
            {
                var member = item.ValueKind == JsonValueKind.Object ? new SeedNode(item, path, _problems) : null;
                var address = member is null ? (item.ValueKind == JsonValueKind.String ? item.GetString()! : "") : member.Text("contact");
                var ordinal = member?.Number("ordinal");
                member?.End();
                if (address.Length == 0)
                    _problems.Add($"{path} has to be the address of an IM contact.");
                else if (group is { Type: GroupType.OtherContacts })
                    _problems.Add($"{path}: in Other Contacts is who is in no group.");
                else if (group is not null)
                    Join(group.Id, address, ordinal, path);
            }

            node.End();
        }

        /// <summary>A member that is no IM contact yet becomes one.</summary>
        private void Join(ImGroupId group, string address, long? ordinal, string path)
        {
            var contact = _state.FindQuickContact(address) ?? _state.FindTelUriContact(address);
            if (contact is null)
            {
                contact = NewQuickContact(null, QuickContact.PropertiesOf(address, address), null);
                _state = _state.Apply(new MailboxChange.QuickContactAdded(contact));
            }

            if (_state.Groups[group].Members.ContainsKey(contact.Id))
                _problems.Add($"{path} is a member already.");
            else
                _state = _state.Apply(new MailboxChange.MemberAdded(group, contact.Id, Ordinal(path, ordinal)));
        }

        private static TelUriContact? ReadTelUri(SeedNode node)
        {
            if (node.Object("telUri") is not { } telUri)
                return null;
            var read = new TelUriContact(telUri.Text("telUriAddress"), telUri.Text("imContactSipUriAddress"), telUri.Text("imTelephoneNumber"));
            telUri.End();
            return read;
        }

        /// <summary>What the document says, over what follows from the address; null takes a property away.</summary>
        private static ContactProperties ReadProperties(SeedNode node, ContactProperties properties) =>
            node.Object("properties") is { } given ? given.Texts().Aggregate(properties, (all, property) => all.With(property.Name, property.Values.ToImmutableArray())) : properties;

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

        private string Id(SeedNode? node, MailboxFolder folder, long ordinal)
        {
            var given = node?.OptionalText("id");
            var id = given ?? StoreId.ForItem(_state.MailboxGuid, folder, ordinal);
            if (_ids.Add(id))
                return id;
            node?.ProblemOf("id", $"{(given is null ? "of its ordinal " : "")}is another object's");
            return $"{id} {ordinal}";
        }

        private PersonaId Persona(SeedNode? node) => new(node?.OptionalText("personaId") ?? StoreId.ForPersona(_state.MailboxGuid, _newGuid()));

        private DateTime Now()
        {
            var now = _clock.GetUtcNow().UtcDateTime;
            return new DateTime(now.Ticks - now.Ticks % TimeSpan.TicksPerSecond, DateTimeKind.Utc);
        }
    }
}

/// <summary>A seed document cannot be used.</summary>
/// <param name="problems">Everything that is wrong with it, a sentence each.</param>
public sealed class SeedException(IReadOnlyList<string> problems) : Exception(string.Join(' ', problems))
{
    /// <summary>Everything that is wrong with it, a sentence each.</summary>
    public IReadOnlyList<string> Problems => problems;
}
