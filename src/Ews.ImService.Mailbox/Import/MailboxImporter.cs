using System.Collections.Immutable;

namespace Ews.ImService.Mailbox;

/// <summary>Creates a mailbox from a description, by the rules that operations follow.</summary>
public sealed class MailboxImporter
{
    /// <summary>The maximum ordinal. Ids contain 48 bits of an ordinal; the rest remains for objects that are created later.</summary>
    public const long MaxOrdinal = 1L << 46;

    /// <summary>The maximum version of a contact.</summary>
    public const long MaxVersion = int.MaxValue;

    /// <summary>The maximum number of violations; the import ends with the last of them.</summary>
    public const int MaxViolations = 1000;

    /// <summary>The number of folders, groups or contacts above the limit of a mailbox with which the import ends.</summary>
    public const int MaxExcess = 1000;

    private readonly List<ImportViolation> _violations = [];
    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);
    private readonly HashSet<long> _ordinals = [];
    private readonly MailboxDescription _description;
    private readonly MailboxLimits _limits;
    private readonly TimeProvider _clock;
    private readonly Func<long, Guid> _newGuid;
    private MailboxState _mailbox;
    private long _lastOrdinal;
    private long _lastReserved;

    private MailboxImporter(
        MailboxDescription description, MailboxLimits limits, TimeProvider clock, Func<SmtpAddress, long, Guid> newGuid)
    {
        var smtpAddress = ParseAddress("smtpAddress", description.SmtpAddress);
        _description = description;
        _limits = limits;
        _clock = clock;
        _newGuid = number => newGuid(smtpAddress, number);
        _mailbox = new MailboxState(description.MailboxGuid ?? _newGuid(0), smtpAddress)
        {
            Folders = MailboxFolders.Default.WithCulture(description.Culture),
        };
        _lastOrdinal = CheckRange("lastCounter", description.LastCounter, 0, MaxOrdinal) ?? 0;
    }

    /// <summary>Creates a mailbox from a description.</summary>
    /// <param name="description">The description.</param>
    /// <param name="limits">The limits of the mailbox.</param>
    /// <param name="clock">The clock for creation times that are not described.</param>
    /// <param name="newGuid">
    /// Creates GUIDs that are not described, given the address of the mailbox and an ordinal, which is 0 for the mailbox itself.
    /// </param>
    /// <returns>
    /// The mailbox, and all violations of rules in the description. The import ends with <see cref="MaxViolations"/> violations, or
    /// <see cref="MaxExcess"/> objects above a limit, so that the cost of a description that is not valid is bounded.
    /// </returns>
    public static ImportResult Import(
        MailboxDescription description, MailboxLimits limits, TimeProvider clock, Func<SmtpAddress, long, Guid> newGuid)
    {
        ArgumentNullException.ThrowIfNull(description);
        ArgumentNullException.ThrowIfNull(limits);
        return new MailboxImporter(description, limits, clock, newGuid).Import();
    }

    /// <summary>Gets a value that indicates whether the rest of the description need not be imported.</summary>
    private bool HasEnded => _violations.Count >= MaxViolations || IsEndOf(_mailbox.LimitedGroups, _limits.MaxGroups)
        || IsEndOf(_mailbox.ImContactCount, _limits.MaxContacts) || IsEndOf(_mailbox.Folders.CreatedCount, _limits.MaxFolders)
        || IsEndOf(_mailbox.OrdinaryContactCount, _limits.MaxItems);

    private IEnumerable<(int Index, T Item)> UntilEnd<T>(IReadOnlyList<T> descriptions) =>
        descriptions.Index().TakeWhile(_ => !HasEnded);

    private ImportResult Import()
    {
        var missing = MailboxState.SystemGroups.Where(system => _description.Groups.All(group => group.Type != system.Type));
        foreach (var (type, displayName) in missing)
            AddGroup(path: displayName, new GroupDescription { Type = type, DisplayName = displayName });

        foreach (var (index, folder) in UntilEnd(_description.Folders))
            AddFolder($"folders[{index}]", folder);
        var groups = new List<(string Path, GroupDescription Description, ImGroup? Added)>();
        foreach (var (index, group) in UntilEnd(_description.Groups))
            groups.Add(($"groups[{index}]", group, AddGroup($"groups[{index}]", group)));
        foreach (var (index, contact) in UntilEnd(_description.ImContacts))
            AddImContact($"imContacts[{index}]", contact);
        foreach (var (index, contact) in UntilEnd(_description.Contacts))
            AddOrdinaryContact($"contacts[{index}]", contact);
        foreach (var (path, description, added) in groups)
            AddMembers(path, description, added);

        CheckLimit("folders", _mailbox.Folders.CreatedCount, _limits.MaxFolders, "new folders");
        CheckLimit("groups", _mailbox.LimitedGroups, _limits.MaxGroups, "user and distribution groups");
        CheckLimit("imContacts", _mailbox.ImContactCount, _limits.MaxContacts, "IM contacts, including those that members create");
        CheckLimit("contacts", _mailbox.OrdinaryContactCount, _limits.MaxItems, "contacts");
        var mailbox = _mailbox with
        {
            LastCounter = Math.Max(_lastReserved, Math.Max(_lastOrdinal, _mailbox.LastCounter)),
            ImListMigrationCompleted = _description.ImListMigrationCompleted,
            Oof = _description.Oof is null ? null : NewOof(_description.Oof),
        };
        return new ImportResult(mailbox, _violations);
    }

    private void AddFolder(string path, FolderDescription description)
    {
        if (FolderPath.Find(_mailbox.Folders, description.Path) is { } present)
            ChangeFolder(path, description, present);
        else if (FolderPath.Split(description.Path) is not var (parent, displayName))
            Reject($"{path}.path", $"must begin with the name of a well-known folder, but is '{description.Path}'");
        else if (displayName.Length == 0)
            Reject($"{path}.path", $"must end with the display name of the folder, but is '{description.Path}'");
        else if (FolderPath.Find(_mailbox.Folders, parent) is not { } found)
            Reject($"{path}.path", $"must be in a folder that precedes it, but '{parent}' does not exist");
        else if (!found.CanContainFolders)
            Reject($"{path}.path", $"must be in a folder that can contain folders, but '{parent}' cannot");
        else if (_mailbox.Folders.DepthOf(found.Counter) >= MailboxFolders.MaxDepth)
            Reject($"{path}.path", $"must be at most {MailboxFolders.MaxDepth} levels below the root of the mailbox");
        else
            AddFolder(path, description, found.Counter, displayName);
    }

    private void AddFolder(string path, FolderDescription description, long parent, string displayName)
    {
        CheckAbsent($"{path}.displayName", description.DisplayName, "must not be specified: the path contains the name");
        if (description.FolderClass is { Length: 0 })
            Reject($"{path}.folderClass", "must not be empty");
        var created = description.CreationTime ?? Milliseconds.Now(_clock);
        var folder = new MailboxFolder(
            MailboxFolder.FirstCreated + NextOrdinal(path, description.Ordinal),
            parent,
            description.FolderClass ?? MailboxFolder.ContactClass,
            displayName)
        {
            Properties = SetExtendedProperties(path, description.Properties, ContactProperties.Empty),
            Version = CheckRange($"{path}.version", description.Version, 1, MaxVersion) ?? 1,
            CreationTime = created,
            LastModifiedTime = description.LastModifiedTime ?? created,
        };
        _mailbox = _mailbox.Apply(new MailboxChange.FolderAdded(folder));
    }

    private void ChangeFolder(string path, FolderDescription description, MailboxFolder folder)
    {
        if (_mailbox.Folders.IsStored(folder.Counter))
        {
            Reject($"{path}.path", $"must be unique, but another folder has the path '{description.Path}'");
            return;
        }

        CheckAbsent($"{path}.folderClass", description.FolderClass, "must not be specified for a well-known folder");
        if (description.DisplayName is { Length: 0 })
            Reject($"{path}.displayName", "must not be empty");
        _mailbox = _mailbox.Apply(new MailboxChange.FolderAdded(folder with
        {
            DisplayName = description.DisplayName ?? folder.DisplayName,
            Properties = SetExtendedProperties(path, description.Properties, folder.Properties),
            Version = CheckRange($"{path}.version", description.Version, 1, MaxVersion) ?? 1,
            LastModifiedTime = description.LastModifiedTime,
        }));
    }

    private ContactProperties SetExtendedProperties(
        string path, IReadOnlyDictionary<string, ImmutableArray<string>> described, ContactProperties properties)
    {
        foreach (var (property, values) in described.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            if (ContactPath.IsExtended(property) && ContactProperty.Find(property)?.Rule is { } rule)
                properties = SetProperty(PathOf(path, property), property, values, rule, properties);
            else
                Reject(PathOf(path, property), "is not an extended property");
        }

        return properties;
    }

    private ImGroup? AddGroup(string path, GroupDescription description)
    {
        var ordinal = NextOrdinal(path, description.Ordinal);
        var id = NextId(path, description.Id, MailboxFolder.ImContactList, ordinal);
        SmtpAddress? smtpAddress = description.Type == GroupType.DistributionGroup
            ? ParseAddress($"{path}.smtpAddress", description.SmtpAddress)
            : null;
        var group = new ImGroup(new ImGroupId(id), description.Type, description.DisplayName, ordinal) { SmtpAddress = smtpAddress };
        if (description.Type != GroupType.DistributionGroup)
            CheckAbsent($"{path}.smtpAddress", description.SmtpAddress, "must not be specified for this type of group");
        if (!CheckGroup(path, group))
            return null;
        _mailbox = _mailbox.Apply(new MailboxChange.GroupAdded(group));
        return group;
    }

    private bool CheckGroup(string path, ImGroup group)
    {
        var systemName = MailboxState.SystemGroups.FirstOrDefault(system => system.Type == group.Type).DisplayName;
        if (group.DisplayName.Length == 0)
            return Reject($"{path}.displayName", "is missing");
        if (systemName is not null && group.DisplayName != systemName)
            return Reject($"{path}.displayName", $"must be '{systemName}' for this system group, but is '{group.DisplayName}'");
        if (_mailbox.HasGroupNamed(group.DisplayName))
            return Reject($"{path}.displayName", $"must be unique, but another group has the name '{group.DisplayName}'");
        return group.SmtpAddress is not { } address || address == default
            || _mailbox.Groups.Values.All(other => other.SmtpAddress != address)
            || Reject($"{path}.smtpAddress", $"must be unique, but another group has the address '{address}'");
    }

    private void AddImContact(string path, ContactDescription description)
    {
        var telUri = description.TelUri;
        var imAddress = telUri is null ? description.ImAddress ?? string.Empty : string.Empty;
        var name = description.DisplayName is { Length: > 0 } given ? given : null;
        var derived = telUri is null
            ? ContactProperties.FromImAddress(imAddress, name ?? imAddress)
            : ContactProperties.FromTelUri(telUri).With(ContactPath.DisplayName, name ?? telUri.ImTelephoneNumber);
        var contact = NewContact(path, description, MailboxFolder.QuickContacts, derived) with { ImListEntry = new ImListEntry(telUri) };
        if (CheckImContact(path, description, contact))
            _mailbox = _mailbox.Apply(new MailboxChange.ContactAdded(contact));
    }

    private bool CheckImContact(string path, ContactDescription description, Contact contact)
    {
        if (description.DisplayName is { Length: 0 })
            return Reject($"{path}.displayName", "must not be empty");
        if (description.TelUri is not null)
            CheckAbsent($"{path}.imAddress", description.ImAddress, "must not be combined with telUri");
        if (description.TelUri is null && string.IsNullOrEmpty(description.ImAddress))
            return Reject($"{path}.imAddress", "is missing; an IM contact must have an IM address or a tel URI");
        if (string.IsNullOrEmpty(contact.DisplayName))
            return Reject(PathOf(path, ContactPath.DisplayName), "must not be deleted or empty for an IM contact");
        if (description.TelUri is null && contact.ImAddress != description.ImAddress)
        {
            var rule = $"must equal {ContactPath.ImAddress1}, which is '{contact.ImAddress}', but is '{description.ImAddress}'";
            return Reject($"{path}.imAddress", rule);
        }

        var present = description.TelUri is null
            ? _mailbox.FindImContact(contact.ImAddress!)
            : _mailbox.FindTelUriContact(description.TelUri.TelUriAddress);
        return present is null || Reject(path, "must have a unique address, but another IM contact has the same one");
    }

    private void AddOrdinaryContact(string path, ContactDescription description)
    {
        var derived = ContactProperties.Empty.With(ContactPath.DisplayName, description.DisplayName);
        var folder = description.Folder is { } folderPath ? FindFolder($"{path}.folder", folderPath) : MailboxFolder.Contacts;
        var contact = NewContact(path, description, folder, derived) with { Folder = folder.Counter };
        _mailbox = _mailbox.Apply(new MailboxChange.ContactAdded(contact));
    }

    /// <summary>Finds the folder of an ordinary contact. If it is not valid, the import continues with Contacts.</summary>
    private MailboxFolder FindFolder(string path, string folderPath)
    {
        if (FolderPath.Find(_mailbox.Folders, folderPath) is not { } folder)
            Reject(path, $"must be the path of a folder, but is '{folderPath}'");
        else if (!folder.CanContainContacts)
            Reject(path, $"must be a folder of contacts, deleteditems or recoverableitemsdeletions, but is '{folderPath}'");
        else
            return folder;
        return MailboxFolder.Contacts;
    }

    private Contact NewContact(string path, ContactDescription description, MailboxFolder folder, ContactProperties derived)
    {
        var ordinal = NextOrdinal(path, description.Ordinal);
        var created = description.CreationTime ?? Milliseconds.Now(_clock);
        return new Contact(
            new ContactId(NextId(path, description.Id, folder, ordinal)),
            NextPersonaId(path, description.PersonaId, ordinal),
            SetProperties(path, description.Properties, derived),
            created,
            CheckRange($"{path}.version", description.Version, 1, MaxVersion) ?? 1,
            ordinal)
        {
            LastModifiedTime = description.LastModifiedTime ?? created,
            Attachments = NewAttachments(path, description.Attachments),
        };
    }

    private ImmutableList<FileAttachment> NewAttachments(string contactPath, IReadOnlyList<AttachmentDescription> descriptions)
    {
        var files = ImmutableList<FileAttachment>.Empty;
        foreach (var (index, description) in UntilEnd(descriptions))
        {
            var path = $"{contactPath}.attachments[{index}]";
            var file = NewAttachment(path, description);
            if (file.IsContactPhoto && files.Exists(other => other.IsContactPhoto))
                Reject($"{path}.isContactPhoto", "must be true for one attachment only, but is true for another one");
            else if (files.Exists(other => other.Number == file.Number))
                Reject($"{path}.number", $"must be unique, but another attachment has the number {file.Number}");
            else
                files = files.Add(file);
        }

        return files;
    }

    private FileAttachment NewAttachment(string path, AttachmentDescription description)
    {
        if (description.Content.Length > _limits.MaxAttachmentBytes)
            Reject($"{path}.content", $"must have at most {_limits.MaxAttachmentBytes} bytes, but has {description.Content.Length}");
        var number = CheckRange($"{path}.number", description.Number, 0, MaxOrdinal);
        if (number is not null)
            _lastReserved = Math.Max(_lastReserved, number.Value);
        return new FileAttachment(
            number ?? NextOrdinal(path, described: null),
            description.Name,
            description.Content,
            description.LastModifiedTime ?? Milliseconds.Now(_clock))
        {
            ContentType = description.ContentType,
            ContentId = description.ContentId,
            ContentLocation = description.ContentLocation,
            IsInline = description.IsInline,
            IsContactPhoto = description.IsContactPhoto,
        };
    }

    private OofSettings NewOof(OofDescription description)
    {
        var unset = OofSettings.Default(_clock);
        var settings = new OofSettings(
            description.State,
            description.ExternalAudience,
            description.Start ?? unset.Start,
            description.End ?? unset.End,
            description.InternalReply,
            description.ExternalReply);
        if (settings.Check(now: DateTime.MinValue) is { } error) // The absence may be over.
        {
            Reject("oof", error == EwsError.InvalidScheduledOofDuration
                ? "must end after its start"
                : "must contain the replies for its audience unless the state is Disabled");
        }

        return settings;
    }

    private ContactProperties SetProperties(
        string path, IReadOnlyDictionary<string, ImmutableArray<string>> described, ContactProperties properties)
    {
        var ordered = described.OrderBy(pair => ContactPath.IsExtended(pair.Key)).ThenBy(pair => pair.Key, StringComparer.Ordinal);
        foreach (var (property, values) in ordered)
        {
            var mapped = MapiProperty.Find(property);
            var max = ContactLimits.MaxLengthOf(mapped?.Path ?? property);
            if (values.FirstOrDefault(value => value.Length > max) is { } tooLong)
                Reject(PathOf(path, property), $"must have at most {max} characters, but has {tooLong.Length}");
            else if (mapped is not null)
                properties = SetMapiProperty(PathOf(path, property), mapped, values, properties);
            else if (ContactProperty.Find(property)?.Rule is not { } rule)
                Reject(PathOf(path, property), "is not a property that can be set on contacts" + AskFor(property));
            else
                properties = SetProperty(PathOf(path, property), property, values, rule, properties);
        }

        return properties;
    }

    private static string AskFor(string property) =>
        ContactProperty.FindByName(property) is { } meant ? $"; did you mean '{meant.Path}'?" : "";

    private ContactProperties SetProperty(
        string path, string property, ImmutableArray<string> values, ContactValueRule rule, ContactProperties properties)
    {
        if ((values.IsEmpty ? values : rule.Normalize(values)) is { } normalized)
            return properties.With(property, normalized);
        Reject(path, $"must be {rule.Description}, but is '{string.Join("', '", values)}'");
        return properties;
    }

    private ContactProperties SetMapiProperty(
        string path, MapiProperty mapped, ImmutableArray<string> values, ContactProperties properties)
    {
        var rule = ContactValueRule.FromPropertyType(mapped.Form.PropertyType);
        var normalized = rule.Normalize(values);
        var change = values.IsEmpty ? mapped.Delete()
            : normalized is null ? EwsError.InvalidExtendedPropertyValue
            : mapped.Set(normalized.Value);
        if (change.Succeeded)
            return change.Value.ApplyTo(properties);
        Reject(path, change.Error == EwsError.InvalidExtendedPropertyValue
            ? $"must be {rule.Description} that is valid for {mapped.Path}, but is '{string.Join("', '", values)}'"
            : "is not a property that can be set on contacts");
        return properties;
    }



    private void AddMembers(string groupPath, GroupDescription description, ImGroup? group)
    {
        foreach (var (index, member) in UntilEnd(description.Members))
        {
            var path = $"{groupPath}.members[{index}]";
            if (string.IsNullOrEmpty(member.Contact) && string.IsNullOrEmpty(member.TelUri))
                Reject(path, "must specify the address or the tel URI of an IM contact");
            else if (description.Type == GroupType.OtherContacts)
                Reject(path, "must not be specified: the members of Other Contacts are the IM contacts in no other group");
            else if (group is not null)
                AddMember(path, member, group.Id);
        }
    }

    private void AddMember(string path, MemberDescription member, ImGroupId group)
    {
        var contact = member.TelUri is null ? FindOrAddContact(path, member.Contact!) : _mailbox.FindTelUriContact(member.TelUri);
        if (member.TelUri is not null)
            CheckAbsent($"{path}.contact", member.Contact, "must not be combined with telUri");
        if (contact is null)
            Reject($"{path}.telUri", $"must be the tel URI of an IM contact, but is '{member.TelUri}'");
        else if (_mailbox.Groups[group].Members.ContainsKey(contact.Id))
            Reject(path, "must be listed once, but is already a member of the group");
        else
            _mailbox = _mailbox.Apply(new MailboxChange.MemberAdded(group, contact.Id, NextOrdinal(path, member.Ordinal)));
    }

    private Contact FindOrAddContact(string path, string address)
    {
        if ((_mailbox.FindImContact(address) ?? _mailbox.FindTelUriContact(address)) is { } present)
            return present;
        var derived = ContactProperties.FromImAddress(address, address);
        var contact = NewContact(path, new ContactDescription(), MailboxFolder.QuickContacts, derived) with
        {
            ImListEntry = new ImListEntry(),
        };
        _mailbox = _mailbox.Apply(new MailboxChange.ContactAdded(contact));
        return contact;
    }

    private SmtpAddress ParseAddress(string path, string? text)
    {
        if (string.IsNullOrEmpty(text))
            Reject(path, "is missing");
        else if (!SmtpAddress.TryParse(text, out _))
            Reject(path, $"must be a valid SMTP address, but is '{text}'");
        return SmtpAddress.TryParse(text, out var address) ? address : default;
    }

    private long NextOrdinal(string path, long? described)
    {
        var ordinal = CheckRange($"{path}.ordinal", described, 0, MaxOrdinal) ?? Math.Max(_lastOrdinal, _mailbox.LastCounter) + 1;
        if (ordinal > MaxOrdinal)
            Reject($"{path}.ordinal", $"is missing, and the counter of the mailbox is at its maximum of {MaxOrdinal}");
        if (!_ordinals.Add(ordinal))
        {
            Reject($"{path}.ordinal", $"must be unique, but another object has the ordinal {ordinal}");
            return NextOrdinal(path, described: null); // Continues, so that all violations are found.
        }

        _lastOrdinal = Math.Max(_lastOrdinal, ordinal);
        return ordinal;
    }

    private string NextId(string path, string? described, MailboxFolder folder, long ordinal)
    {
        var id = described ?? StoreId.ForItem(_mailbox.MailboxGuid, folder, ordinal);
        if (described is not null && StoreId.FindCounter(described, _mailbox.MailboxGuid) is { } counter)
            ReserveCounter($"{path}.id", counter);
        if (_ids.Add(id))
            return id;
        Reject($"{path}.id", described is null
            ? $"is missing, and another object has the id that is derived from the ordinal {ordinal}"
            : $"must be unique, but another object has the id '{id}'");
        return $"{id} {ordinal}"; // Continues with a unique id, so that all violations are found.
    }

    /// <summary>Reserves the counter in a described id: an object that is created later must not get the same id.</summary>
    private void ReserveCounter(string path, long counter)
    {
        if (counter > MaxOrdinal)
            Reject(path, $"must contain a counter of at most {MaxOrdinal}, but contains {counter}");
        else
            _lastReserved = Math.Max(_lastReserved, counter);
    }

    private PersonaId NextPersonaId(string path, string? described, long ordinal)
    {
        var id = described ?? StoreId.ForPersona(_mailbox.MailboxGuid, _newGuid(ordinal));
        if (!_ids.Add(id))
            Reject($"{path}.personaId", $"must be unique, but another object has the id '{id}'");
        return new PersonaId(id);
    }

    private long? CheckRange(string path, long? number, long min, long max)
    {
        if (number is null || (number >= min && number <= max))
            return number;
        Reject(path, $"must be an integer from {min} to {max}, but is {number}");
        return null;
    }

    private void CheckAbsent(string path, string? text, string rule)
    {
        if (text is not null)
            Reject(path, $"{rule}, but is '{text}'");
    }

    private void CheckLimit(string path, int count, int max, string what)
    {
        if (count > max)
            Reject(path, $"must contain at most {max} {what}, but contains {(IsEndOf(count, max) ? "at least " : "")}{count}");
    }

    private static bool IsEndOf(int count, int max) => count - max >= MaxExcess;

    private static string PathOf(string path, string property) => $"{path}.properties['{property}']";

    private bool Reject(string path, string message)
    {
        _violations.Add(new ImportViolation(path, message));
        return false;
    }
}
