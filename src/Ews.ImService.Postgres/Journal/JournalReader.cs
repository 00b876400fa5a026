using System.Buffers;
using System.Diagnostics;
using Ews.ImService.Control.Journal;
using Ews.ImService.Postgres.Connections;
using Ews.ImService.Storage;
using Npgsql;
using static Ews.ImService.Postgres.Connections.PostgresParameters;

namespace Ews.ImService.Postgres.Journal;

/// <summary>Reads journals from their tables.</summary>
internal sealed class JournalReader
{
    private const int MaxLookups = 500;

    private readonly PostgresConnections _connections;
    private readonly Coalescer<string, StoredPosition?> _positions;

    /// <summary>Creates a reader.</summary>
    /// <param name="connections">The connections.</param>
    public JournalReader(PostgresConnections connections)
    {
        _connections = connections;
        _positions = new Coalescer<string, StoredPosition?>(
            realms => connections.QueryAsync(connection => FindPositionsAsync(connection, realms), CancellationToken.None),
            concurrency: 2,
            MaxLookups);
    }

    /// <summary>Returns the present position of a journal, or <c>null</c> if it has none.</summary>
    /// <exception cref="StorageException">The database cannot be used.</exception>
    public Task<StoredPosition?> FindPositionAsync(string realm, CancellationToken cancellationToken) =>
        _positions.GetAsync(realm, cancellationToken);

    /// <summary>Reads the changes of a journal after a position.</summary>
    /// <exception cref="StorageException">The database cannot be used.</exception>
    public Task<JournalReading> ReadAsync(string realm, StoredPosition known, CancellationToken cancellationToken) =>
        _connections.QueryAsync(
            async connection => await ReadAsync(connection, realm, known, cancellationToken)
                ?? await CreateAsync(connection, realm, known, cancellationToken),
            cancellationToken);

    private static async Task<JournalReading> CreateAsync(
        NpgsqlConnection connection, string realm, StoredPosition known, CancellationToken cancellationToken)
    {
        await using (var command = new NpgsqlCommand(JournalStatements.Create, connection).With(Value<string[]>([realm])))
            await command.ExecuteNonQueryAsync(cancellationToken);

        return await ReadAsync(connection, realm, known, cancellationToken)
            ?? throw new StorageException("The journal was deleted while it was read.");
    }

    private static async Task<JournalReading?> ReadAsync(
        NpgsqlConnection connection, string realm, StoredPosition known, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        await using var command = new NpgsqlCommand(JournalStatements.Read, connection)
            .With(Value(realm), Value(known.Epoch), Value(known.Version));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        JournalHead? head = null;
        var entries = new List<RecordedRequest>();
        var bodies = new Dictionary<Guid, ReadOnlySequence<byte>>();
        while (await reader.ReadAsync(cancellationToken))
        {
            head ??= new JournalHead(
                new StoredPosition(reader.GetGuid(0), reader.GetInt64(1)),
                FirstId: reader.GetInt64(2),
                LastId: reader.GetInt64(3),
                EvictedThroughId: reader.GetInt64(4),
                Bytes: reader.GetInt64(5),
                IsDeleted: reader.GetBoolean(6),
                EmptiedAt: started - (long)(reader.GetDouble(7) * Stopwatch.Frequency));
            if (!reader.IsDBNull(reader.GetOrdinal(nameof(JournalEntryRow.Id))))
                entries.Add(StoredEntry.Read(reader, bodies));
        }

        return head is null ? null : new JournalReading(head, entries);
    }

    private static async Task<IReadOnlyList<StoredPosition?>> FindPositionsAsync(
        NpgsqlConnection connection, IReadOnlyList<string> realms)
    {
        await using var command = new NpgsqlCommand(JournalStatements.FindPositions, connection).With(Value(realms.ToArray()));
        await using var reader = await command.ExecuteReaderAsync();
        var found = new Dictionary<string, StoredPosition>(StringComparer.Ordinal);
        while (await reader.ReadAsync())
            found[reader.GetString(0)] = new StoredPosition(reader.GetGuid(1), reader.GetInt64(2));
        return [.. realms.Select(realm => found.GetValueOrDefault(realm))];
    }
}
