using Ews.ImService.Control;
using Ews.ImService.Control.Journal;
using Ews.ImService.Postgres.Connections;
using Microsoft.Extensions.Logging;

namespace Ews.ImService.Postgres.Journal;

/// <summary>The journals of all realms, in the tables of a PostgreSQL database.</summary>
internal sealed class PostgresJournals : IAsyncDisposable
{
    private const long MaxCopiedBytes = 64 * 1024 * 1024;

    private readonly OpenRequests _requests;
    private readonly JournalCopies _copies = new(MaxCopiedBytes);
    private readonly JournalReader _reader;
    private readonly JournalWriter _writer;

    /// <summary>Prepares the journals. The database is used when the first request is stored or read.</summary>
    /// <param name="connections">The connections.</param>
    /// <param name="options">The limits of a journal.</param>
    /// <param name="log">The log.</param>
    /// <param name="limits">The times that transactions may take.</param>
    public PostgresJournals(
        PostgresConnections connections, ControlOptions options, ILogger<PostgresJournals> log, JournalTimeLimits? limits = null)
    {
        limits ??= new JournalTimeLimits();
        _reader = new JournalReader(connections);
        _writer = new JournalWriter(new JournalTransaction(connections, options, limits.Transaction), connections, log, limits.Wait);
        _requests = new OpenRequests(_writer);
    }

    /// <summary>Returns the journal of a realm. It has no connection to earlier objects for the same realm.</summary>
    public IRequestJournal Create(string realm) => new PostgresJournal(realm, _writer, _requests, _reader, _copies);

    /// <summary>Stores the entries that are left, unless the database cannot be used.</summary>
    public ValueTask DisposeAsync()
    {
        _requests.Dispose();
        return _writer.DisposeAsync();
    }
}
