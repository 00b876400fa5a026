using Ews.ImService.Mailbox;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using SQLitePCL;

namespace Ews.ImService.Storage;

/// <summary>Turns mailbox changes into row changes, and rows back into a mailbox.</summary>
/// <remarks>
/// Every row is tracked with its full old values, because EF Core orders deletes, updates and inserts by them where a unique
/// value moves from one row to another.
/// </remarks>
internal sealed class MailboxRows(MailboxDbContext context)
{
    private readonly Dictionary<object, object> _tracked = [];
    private readonly List<int> _removed = [];

    /// <summary>A mailbox read whole.</summary>
    public static MailboxState Load(MailboxDbContext context, int rowId)
    {
        var mailbox = context.Mailboxes.AsNoTracking().Single(row => row.Id == rowId);
        var groups = context.ImGroups.AsNoTracking().Where(row => row.MailboxId == rowId).OrderBy(row => row.Ordinal).ToDictionary(row => row.Ordinal, GroupOf);
        var quickContacts = context.QuickContacts.AsNoTracking().Where(row => row.MailboxId == rowId).OrderBy(row => row.Ordinal).ToDictionary(row => row.Ordinal, QuickContactOf);
        var contacts = context.Contacts.AsNoTracking().Where(row => row.MailboxId == rowId).OrderBy(row => row.Ordinal).AsEnumerable().Select(ContactOf).ToList();
        var memberships = context.Memberships.AsNoTracking().Where(row => row.MailboxId == rowId).ToList();

        IEnumerable<MailboxChange> changes =
        [
            .. groups.Values.Select(group => new MailboxChange.GroupAdded(group)),
            .. quickContacts.Values.Select(contact => new MailboxChange.QuickContactAdded(contact)),
            .. memberships.Select(row => new MailboxChange.MemberAdded(groups[row.GroupOrdinal].Id, quickContacts[row.ContactOrdinal].Id, row.Ordinal)),
            .. contacts.Select(contact => new MailboxChange.ContactAdded(contact)),
        ];
        return changes.Aggregate(new MailboxState(mailbox.MailboxGuid, mailbox.SmtpAddress), (state, change) => state.Apply(change))
            with
        { LastCounter = mailbox.LastCounter, ImListMigrationCompleted = mailbox.ImListMigrationCompleted };
    }

    /// <summary>Adds a mailbox without content.</summary>
    public void AddMailbox(int rowId, string realm, MailboxState mailbox) => Add(MailboxRowOf(rowId, realm, mailbox), rowId);

    /// <summary>Removes a mailbox with all that it holds, before anything else is stored.</summary>
    public void RemoveMailbox(int rowId) => _removed.Add(rowId);

    /// <summary>Notes the last number given.</summary>
    public void SetLastCounter(int rowId, string realm, MailboxState before, long lastCounter)
    {
        if (lastCounter != before.LastCounter)
            Update(Mailbox(rowId, realm, before), row => row.LastCounter = lastCounter);
    }

    /// <summary>Adds, updates or removes the rows that one change means.</summary>
    public void Apply(int rowId, string realm, MailboxState before, MailboxChange change)
    {
        switch (change)
        {
            case MailboxChange.GroupAdded(var group):
                Add(RowOf(rowId, group), (rowId, group.Ordinal));
                break;
            case MailboxChange.GroupRenamed(var id, var name):
                Update(Group(rowId, before.Groups[id]), row => (row.DisplayName, row.DisplayNameKey) = (name, NameKey(name)));
                break;
            case MailboxChange.GroupRemoved(var id):
                Remove(Group(rowId, before.Groups[id]), (rowId, before.Groups[id].Ordinal));
                break;
            case MailboxChange.QuickContactAdded(var contact):
                Add(RowOf(rowId, contact), (rowId, contact.Ordinal));
                break;
            case MailboxChange.QuickContactRemoved(var id):
                Remove(QuickContact(rowId, before.QuickContacts[id]), (rowId, before.QuickContacts[id].Ordinal));
                break;
            case MailboxChange.QuickContactUpdated(var contact):
                Update(QuickContact(rowId, before.QuickContacts[contact.Id]), RowOf(rowId, contact));
                break;
            case MailboxChange.ContactAdded(var contact):
                Add(RowOf(rowId, contact), (rowId, contact.Ordinal));
                break;
            case MailboxChange.ContactUpdated(var contact):
                Update(Contact(rowId, before.Contacts[contact.Id]), RowOf(rowId, contact));
                break;
            case MailboxChange.ContactRemoved(var id):
                Remove(Contact(rowId, before.Contacts[id]), (rowId, before.Contacts[id].Ordinal));
                break;
            case MailboxChange.MemberAdded(var groupId, var contactId, var ordinal):
                Add(RowOf(rowId, before.Groups[groupId], before.QuickContacts[contactId], ordinal), MembershipKey(rowId, before, groupId, contactId));
                break;
            case MailboxChange.MemberRemoved(var groupId, var contactId):
                var group1 = before.Groups[groupId];
                var key = MembershipKey(rowId, before, groupId, contactId);
                Remove(Track(key, () => RowOf(rowId, group1, before.QuickContacts[contactId], group1.Members[contactId])), key);
                break;
            case MailboxChange.ImListMigrationSet(var completed):
                Update(Mailbox(rowId, realm, before), row => row.ImListMigrationCompleted = completed);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(change), change, "An unknown change.");
        }
    }

    /// <summary>Stores all of it in one transaction.</summary>
    /// <remarks>
    /// The transaction is SQLite's own, not the provider's: on a full disk SQLite rolls back by itself, which the provider takes
    /// for an error of its own, and then it refuses every later transaction.
    /// </remarks>
    public void Save()
    {
        if (_tracked.Count == 0 && _removed.Count == 0)
            return;

        context.Database.ExecuteSqlRaw("BEGIN IMMEDIATE");
        try
        {
            foreach (var table in _removed.Count == 0 ? [] : MailboxDbContext.TablesOfMailboxes)
                context.Database.ExecuteSqlRaw($"DELETE FROM {table} WHERE {(table == MailboxDbContext.MailboxTable ? "Id" : "MailboxId")} IN ({string.Join(',', _removed)})");
            context.SaveChanges();
            context.Database.ExecuteSqlRaw("COMMIT");
        }
        finally
        {
            var connection = (SqliteConnection)context.Database.GetDbConnection();
            if (raw.sqlite3_get_autocommit(connection.Handle) == 0)
                context.Database.ExecuteSqlRaw("ROLLBACK");
        }
    }

    private static object MembershipKey(int rowId, MailboxState mailbox, ImGroupId group, ImContactId contact) =>
        (rowId, mailbox.Groups[group].Ordinal, mailbox.QuickContacts[contact].Ordinal);

    private static string NameKey(string displayName) => displayName.ToUpperInvariant();

    private static MailboxRow MailboxRowOf(int rowId, string realm, MailboxState mailbox) => new()
    {
        Id = rowId,
        Realm = realm,
        SmtpAddress = mailbox.SmtpAddress,
        SmtpAddressKey = mailbox.SmtpAddress.ToUpperInvariant(),
        MailboxGuid = mailbox.MailboxGuid,
        LastCounter = mailbox.LastCounter,
        ImListMigrationCompleted = mailbox.ImListMigrationCompleted,
    };

    private static ImGroupRow RowOf(int rowId, ImGroup group) => new()
    {
        MailboxId = rowId,
        Ordinal = group.Ordinal,
        EwsId = group.Id.Value,
        GroupType = group.Type,
        DisplayName = group.DisplayName,
        DisplayNameKey = NameKey(group.DisplayName),
        SmtpAddress = group.SmtpAddress,
    };

    private static ImGroup GroupOf(ImGroupRow row) => new(new ImGroupId(row.EwsId), row.GroupType, row.DisplayName, row.Ordinal) { SmtpAddress = row.SmtpAddress };

    private static QuickContactRow RowOf(int rowId, QuickContact contact) => new()
    {
        MailboxId = rowId,
        Ordinal = contact.Ordinal,
        EwsId = contact.Id.Value,
        PersonaId = contact.PersonaId.Value,
        ImAddress = contact.ImAddress ?? string.Empty,
        ImAddressKey = contact.AddressKey,
        TelUriAddress = contact.TelUri?.TelUriAddress,
        ImContactSipUriAddress = contact.TelUri?.ImContactSipUriAddress,
        ImTelephoneNumber = contact.TelUri?.ImTelephoneNumber,
        DisplayName = contact.DisplayName,
        CreationTime = contact.CreationTime.Ticks,
        LastModifiedTime = contact.LastModifiedTime.Ticks,
        Version = contact.Version,
        Properties = PropertiesJson.Write(contact.Properties),
    };

    private static QuickContact QuickContactOf(QuickContactRow row)
    {
        var telUri = row.TelUriAddress is null ? null : new TelUriContact(row.TelUriAddress, row.ImContactSipUriAddress!, row.ImTelephoneNumber!);
        return new QuickContact(new ImContactId(row.EwsId), new PersonaId(row.PersonaId), PropertiesJson.Read(row.Properties), Time(row.CreationTime), row.Version, row.Ordinal)
        {
            LastModifiedTime = Time(row.LastModifiedTime),
            TelUri = telUri,
        };
    }

    private static ContactRow RowOf(int rowId, Contact contact) => new()
    {
        MailboxId = rowId,
        Ordinal = contact.Ordinal,
        EwsId = contact.Id.Value,
        PersonaId = contact.PersonaId.Value,
        Properties = PropertiesJson.Write(contact.Properties),
        CreationTime = contact.CreationTime.Ticks,
        LastModifiedTime = contact.LastModifiedTime.Ticks,
        Version = contact.Version,
    };

    private static Contact ContactOf(ContactRow row) => new(
        new ContactId(row.EwsId),
        new PersonaId(row.PersonaId),
        PropertiesJson.Read(row.Properties),
        Time(row.CreationTime),
        Time(row.LastModifiedTime),
        row.Version,
        row.Ordinal);

    private static DateTime Time(long ticks) => new(ticks, DateTimeKind.Utc);

    private static MembershipRow RowOf(int rowId, ImGroup group, QuickContact contact, long ordinal) => new()
    {
        MailboxId = rowId,
        GroupOrdinal = group.Ordinal,
        ContactOrdinal = contact.Ordinal,
        Ordinal = ordinal,
    };

    private MailboxRow Mailbox(int rowId, string realm, MailboxState mailbox) => Track(rowId, () => MailboxRowOf(rowId, realm, mailbox));

    private ImGroupRow Group(int rowId, ImGroup group) => Track((rowId, group.Ordinal), () => RowOf(rowId, group));

    private QuickContactRow QuickContact(int rowId, QuickContact contact) => Track((rowId, contact.Ordinal), () => RowOf(rowId, contact));

    private ContactRow Contact(int rowId, Contact contact) => Track((rowId, contact.Ordinal), () => RowOf(rowId, contact));

    private void Add<TRow>(TRow row, object key)
        where TRow : class
    {
        // A membership that ended and began again in one batch: the deleted row becomes a changed one.
        if (_tracked.TryGetValue(key, out var old))
        {
            context.Entry(old).State = EntityState.Unchanged;
            context.Entry(old).CurrentValues.SetValues(row);
            context.Entry(old).DetectChanges();
        }
        else
        {
            context.Add(row);
            _tracked[key] = row;
        }
    }

    private TRow Track<TRow>(object key, Func<TRow> row)
        where TRow : class
    {
        if (_tracked.TryGetValue(key, out var tracked))
            return (TRow)tracked;
        var attached = row();
        context.Attach(attached);
        _tracked[key] = attached;
        return attached;
    }

    private void Update<TRow>(TRow row, Action<TRow> set)
        where TRow : class
    {
        set(row);
        context.Entry(row).DetectChanges();
    }

    private void Update<TRow>(TRow row, TRow values)
        where TRow : class
    {
        context.Entry(row).CurrentValues.SetValues(values);
        context.Entry(row).DetectChanges();
    }

    private void Remove<TRow>(TRow row, object key)
        where TRow : class
    {
        var wasAdded = context.Entry(row).State == EntityState.Added;
        context.Remove(row);
        if (wasAdded)
            _tracked.Remove(key);
    }
}
