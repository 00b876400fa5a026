using Ews.ImService.Mailbox;
using Ews.ImService.Postgres.Connections;
using Ews.ImService.Postgres.Realms;
using Ews.ImService.Storage;
using Npgsql;
using static Ews.ImService.Postgres.Connections.PostgresParameters;

namespace Ews.ImService.Postgres.Mailboxes;

/// <summary>Mailboxes in a PostgreSQL database, which several instances of the service change.</summary>
/// <remarks>EF Core owns the schema; rows use statements that Npgsql prepares.</remarks>
/// <param name="connections">The connections, which the caller disposes.</param>
internal sealed class PostgresMailboxDatabase(PostgresConnections connections) : IMailboxDatabase, ISharedMailboxes
{
    /// <summary>The number of row keys that are reserved at once.</summary>
    private const int ReservedIds = 64;

    private const string ReserveNumbers =
        $"""UPDATE "Counters" SET "Value" = "Value" + $1 WHERE "Name" = '{CounterRow.MailboxId}' RETURNING "Value" """;

    /// <summary>Each realm is found by one search in the index. The names of hidden mailboxes are below '+'.</summary>
    private const string SelectRealms = """
        WITH RECURSIVE found (realm) AS (
            (SELECT "Realm" FROM "Mailboxes" WHERE "Realm" >= '+' ORDER BY "Realm" LIMIT 1)
            UNION ALL
            SELECT (SELECT "Realm" FROM "Mailboxes" WHERE "Realm" > found.realm ORDER BY "Realm" LIMIT 1)
            FROM found WHERE found.realm IS NOT NULL
        )
        SELECT realm FROM found WHERE realm IS NOT NULL
        UNION ALL
        SELECT '' WHERE EXISTS (SELECT FROM "Mailboxes" WHERE "Realm" = '')
        """;

    private const string SelectGuid = """SELECT EXISTS (SELECT FROM "Mailboxes" WHERE "Realm" = $1 AND "MailboxGuid" = $2)""";

    private static readonly string SelectHidden = $"""{MailboxTables.Mailboxes.Select}WHERE "Realm" >= '*' AND "Realm" < '+'""";

    private static readonly string SelectByAddress = $"""{MailboxReads.SelectByRealm} AND "SmtpAddressKey" = ANY ($2)""";

    private static readonly string SelectChanges =
        $"""{MailboxTables.Changes.Select}WHERE "MailboxId" = $1 AND "Number" > $2 ORDER BY "Number" LIMIT $3""";

    private readonly MailboxReads _reads = new(connections);
    private readonly MailboxCommits _commits = new(connections);
    private readonly MailboxNotifications _notifications = new(connections);
    private readonly SemaphoreSlim _reservation = new(1, 1);
    private int _nextId;
    private int _endOfReserved;

    /// <inheritdoc/>
    public event Action<MailboxKey?>? Changed
    {
        add => _notifications.Changed += value;
        remove => _notifications.Changed -= value;
    }

    /// <inheritdoc/>
    public ISharedMailboxes? Shared => this;

    /// <inheritdoc/>
    public ReplacementLease? CurrentLease => RealmLease.Current;

    /// <summary>Gets a task that completes when notifications of other instances arrive.</summary>
    public Task WhenListening => _notifications.WhenListening;

    /// <inheritdoc/>
    public void Open()
    {
        new PostgresSchema(connections).Verify();
        _notifications.Start();
    }

    /// <inheritdoc/>
    public int ReserveIds(int count) => ReserveIdsAsync(count).AsTask().GetAwaiter().GetResult(); // Not on a thread of the pool.

    /// <inheritdoc/>
    public async ValueTask<int> ReserveIdsAsync(int count)
    {
        await _reservation.WaitAsync();
        try
        {
            if (count > _endOfReserved - _nextId)
            {
                var reserved = Math.Max(count, ReservedIds);
                var last = await connections.QueryAsync(
                    async connection =>
                    {
                        await using var command = new NpgsqlCommand(ReserveNumbers, connection).With(Value((long)reserved));
                        return (long)(await command.ExecuteScalarAsync())!;
                    },
                    CancellationToken.None);
                (_nextId, _endOfReserved) = (checked((int)(last - reserved + 1)), checked((int)(last + 1)));
            }

            var first = _nextId;
            _nextId += count;
            return first;
        }
        finally
        {
            _reservation.Release();
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> FindRealms() => Query(SelectRealms, reader => reader.GetString(0));

    /// <inheritdoc/>
    public IReadOnlyList<MailboxRow> FindMailboxes(string realm, IReadOnlyCollection<SmtpAddress>? addresses) => addresses is null
        ? Query(MailboxReads.SelectByRealm, MailboxTables.Mailboxes.Read, Value(realm))
        : Query(
            SelectByAddress,
            MailboxTables.Mailboxes.Read,
            Value(realm),
            Value(addresses.Select(address => address.Key).ToArray()));

    /// <inheritdoc/>
    public IReadOnlyList<MailboxRow> FindHidden() => Query(SelectHidden, MailboxTables.Mailboxes.Read);

    /// <inheritdoc/>
    public bool HasMailboxGuid(string realm, Guid mailboxGuid) =>
        Query(SelectGuid, reader => reader.GetBoolean(0), Value(realm), Value(mailboxGuid)).Single();

    /// <inheritdoc/>
    public IReadOnlyList<MailboxReading> Read(IReadOnlyList<KnownMailbox> mailboxes) =>
        _reads.ReadAsync(mailboxes, CancellationToken.None).GetAwaiter().GetResult(); // Not on a thread of the pool.

    /// <inheritdoc/>
    public Task<IReadOnlyList<MailboxReading>> ReadAsync(IReadOnlyList<KnownMailbox> mailboxes, CancellationToken cancellationToken) =>
        _reads.ReadAsync(mailboxes, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<(MailboxKey Key, MailboxReading Reading)>> ReadRealmAsync(
        string realm, Func<MailboxKey, KnownMailbox> known, CancellationToken cancellationToken) =>
        _reads.ReadRealmAsync(realm, known, cancellationToken);

    /// <inheritdoc/>
    public IReadOnlyList<ChangeRow> LoadChanges(int mailboxId, long after, int maxRows) => Query(
        SelectChanges, MailboxTables.Changes.Read, Value(mailboxId), Value(after), Value(maxRows));

    /// <inheritdoc/>
    public bool TryCommit(RowChanges changes) => _commits.TryCommit(changes);

    /// <inheritdoc/>
    public bool DeleteSlice(int mailboxId, int maxRows) => HiddenRows.Delete(connections, mailboxId, maxRows);

    /// <inheritdoc/>
    public void Announce(IReadOnlyCollection<MailboxKey> mailboxes) => _notifications.Announce(mailboxes);

    /// <summary>Ends the notifications.</summary>
    public void Dispose()
    {
        _notifications.Dispose();
        _reservation.Dispose();
    }

    private List<T> Query<T>(string text, Func<NpgsqlDataReader, T> read, params NpgsqlParameter[] parameters) =>
        connections.Query(connection =>
        {
            using var command = new NpgsqlCommand(text, connection).With([.. parameters.Select(parameter => parameter.Clone())]);
            using var reader = command.ExecuteReader();
            var rows = new List<T>();
            while (reader.Read())
                rows.Add(read(reader));
            return rows;
        });
}
