using Ews.ImService.Storage;
using Npgsql;

namespace Ews.ImService.Postgres.Mailboxes;

/// <summary>The rows of some mailboxes in all tables, as of one point in time.</summary>
internal sealed class MailboxContent
{
    private ILookup<int, FolderRow> _folders = null!;
    private ILookup<int, ImGroupRow> _groups = null!;
    private ILookup<int, QuickContactRow> _quickContacts = null!;
    private ILookup<int, ContactRow> _contacts = null!;
    private ILookup<int, MembershipRow> _memberships = null!;
    private ILookup<int, AttachmentRow> _attachments = null!;
    private ILookup<int, OofRow> _oof = null!;

    private MailboxContent()
    {
    }

    /// <summary>Gets the statements that select the content, in the order in which <see cref="ReadAsync"/> reads it.</summary>
    public static IReadOnlyList<string> Selects { get; } =
    [
        MailboxTables.Folders.SelectOfMailboxes,
        ContactTables.ImGroups.SelectOfMailboxes,
        ContactTables.QuickContacts.SelectOfMailboxes,
        ContactTables.Contacts.SelectOfMailboxes,
        ContactTables.Memberships.SelectOfMailboxes,
        ContactTables.Attachments.SelectOfMailboxes,
        MailboxTables.OofSettings.SelectOfMailboxes,
    ];

    /// <summary>Gets the rows of the mailboxes.</summary>
    public List<MailboxRow> Mailboxes { get; private set; } = [];

    /// <summary>Reads the results of a batch: the rows of mailboxes, and those of <see cref="Selects"/>.</summary>
    public static async Task<MailboxContent> ReadAsync(NpgsqlDataReader reader, CancellationToken cancellationToken) => new()
    {
        Mailboxes = await MailboxReads.ReadRowsAsync(reader, MailboxTables.Mailboxes, cancellationToken),
        _folders = await ReadNextAsync(reader, MailboxTables.Folders, row => row.MailboxId, cancellationToken),
        _groups = await ReadNextAsync(reader, ContactTables.ImGroups, row => row.MailboxId, cancellationToken),
        _quickContacts = await ReadNextAsync(reader, ContactTables.QuickContacts, row => row.MailboxId, cancellationToken),
        _contacts = await ReadNextAsync(reader, ContactTables.Contacts, row => row.MailboxId, cancellationToken),
        _memberships = await ReadNextAsync(reader, ContactTables.Memberships, row => row.MailboxId, cancellationToken),
        _attachments = await ReadNextAsync(reader, ContactTables.Attachments, row => row.MailboxId, cancellationToken),
        _oof = await ReadNextAsync(reader, MailboxTables.OofSettings, row => row.MailboxId, cancellationToken),
    };

    /// <summary>Returns all rows of a mailbox.</summary>
    public MailboxRows ToRows(MailboxRow mailbox) => new(
        mailbox,
        [.. _folders[mailbox.Id]],
        [.. _groups[mailbox.Id]],
        [.. _quickContacts[mailbox.Id]],
        [.. _contacts[mailbox.Id]],
        [.. _memberships[mailbox.Id]],
        [.. _attachments[mailbox.Id]],
        [.. _oof[mailbox.Id]]);

    private static async Task<ILookup<int, TRow>> ReadNextAsync<TRow>(
        NpgsqlDataReader reader, PostgresTable<TRow> table, Func<TRow, int> getMailbox, CancellationToken cancellationToken)
        where TRow : Row
    {
        await reader.NextResultAsync(cancellationToken);
        return (await MailboxReads.ReadRowsAsync(reader, table, cancellationToken)).ToLookup(getMailbox);
    }
}
