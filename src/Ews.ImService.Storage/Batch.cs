using System.Diagnostics;
using Ews.ImService.Mailbox;

namespace Ews.ImService.Storage;

/// <summary>The changes of several requests, which are committed in one transaction and visible to readers only after the commit.</summary>
/// <remarks>A method that throws leaves the batch unchanged, except that a missing mailbox may have been created.</remarks>
/// <param name="database">The database.</param>
/// <param name="committed">The mailboxes on which the batch is based.</param>
/// <param name="cache">The mailboxes in memory, to which the batch is published.</param>
/// <param name="limits">The limits of one mailbox.</param>
/// <param name="realms">The clocks and GUIDs of realms.</param>
internal sealed class Batch(
    IMailboxDatabase database, CommittedMailboxes committed, MailboxCache cache, MailboxLimits limits, IRealms realms)
{
    private readonly Dictionary<MailboxKey, StagedMailbox> _staged = [];
    private readonly List<MailboxRow> _deleted = [];
    private readonly List<RowChange> _rowChanges = [];
    private readonly List<ShortenedLog> _shortenedLogs = [];
    private readonly List<int> _hidden = [];
    private ReplacementLease? _lease;
    private Action? _onPublished;

    /// <summary>Gets the database, for requests that concern no mailbox.</summary>
    public IMailboxDatabase Database => database;

    /// <summary>Gets the row keys of the mailboxes that the batch hides, so that their rows can be deleted later.</summary>
    public IReadOnlyList<int> Hidden => _hidden;

    /// <summary>Returns a mailbox as of this point of the batch, or <c>null</c> if there is none.</summary>
    public MailboxState? Find(MailboxKey key) => FindStaged(key)?.State;

    /// <summary>Returns all mailboxes of a realm as of this point of the batch, ordered by address.</summary>
    public IReadOnlyList<MailboxState> FindAll(string realm) =>
        database.FindMailboxes(realm, addresses: null).Select(RowMapper.ToKey)
            .Concat(_staged.Keys.Where(key => key.Realm == realm))
            .Distinct()
            .Select(key => FindStaged(key)!.State)
            .OrderBy(state => state.SmtpAddress.Key, StringComparer.Ordinal)
            .ToList();

    /// <summary>Returns those of some mailboxes of a realm that exist as of this point of the batch.</summary>
    public IReadOnlyList<MailboxState> FindMany(string realm, IReadOnlyList<SmtpAddress> addresses) =>
        addresses.Select(address => FindStaged(new MailboxKey(realm, address))?.State).OfType<MailboxState>().ToList();

    /// <summary>Returns a mailbox, created if it does not exist, and entries of its change log as of this point of the batch.</summary>
    public LoggedMailbox ReadLog(MailboxKey key, long after, int maxEntries)
    {
        var mailbox = FindStaged(key) ?? Create(key);
        var stored = mailbox.Committed is null ? [] : database.LoadChanges(mailbox.Id, after, maxEntries);
        mailbox.HasReadLog = true;
        var entries = stored.Select(RowMapper.ToLogEntry)
            .Concat(mailbox.NewEntries.Where(entry => entry.Number > after))
            .Take(maxEntries)
            .ToList();
        return new LoggedMailbox(mailbox.State, entries);
    }

    /// <summary>Creates a mailbox if it does not exist.</summary>
    public Done EnsureCreated(MailboxKey key, string culture)
    {
        if (FindStaged(key) is null)
            Create(key, culture);
        return default;
    }

    /// <summary>Runs a rule on a mailbox, created if it does not exist. If the rule succeeds, its changes join the batch.</summary>
    public EwsResult<T> Change<T>(MailboxKey key, Func<MailboxEdit, EwsResult<T>> change)
    {
        var mailbox = FindStaged(key) ?? Create(key);
        var edit = Edit(key, mailbox.State);
        var result = change(edit);
        if (result.Succeeded && edit.State.LastCounter > Math.Max(mailbox.State.LastCounter, MailboxImporter.MaxOrdinal))
            return EwsError.QuotaExceeded; // A seed document of the mailbox could not be loaded.
        if (result.Succeeded)
            Stage(mailbox, edit);
        return result;
    }

    /// <summary>Writes rows of hidden mailboxes.</summary>
    public Done Write(IReadOnlyList<RowChange> slice)
    {
        _rowChanges.AddRange(slice);
        return default;
    }

    /// <summary>Replaces mailboxes of a realm. The batch contains no other request.</summary>
    /// <param name="replacement">The mailboxes to delete and to create.</param>
    /// <param name="content">The content of the mailboxes to create, or <c>null</c> if they exist as hidden mailboxes.</param>
    public Done Replace(Replacement replacement, IReadOnlyList<RowChange>? content)
    {
        var realm = replacement.Realm;
        var deleted = database.FindMailboxes(realm, replacement.Removed);
        var created = replacement.Created
            .Select(added => Stage(added.Id, new MailboxKey(realm, added.State.SmtpAddress), added.State))
            .ToDictionary(mailbox => mailbox.Key);

        _deleted.AddRange(deleted);
        _rowChanges.AddRange(content ?? []);
        foreach (var mailbox in created.Values)
            _staged.Add(mailbox.Key, mailbox);
        (_lease, _onPublished) = (replacement.Lease, replacement.OnPublished);
        return default;

        StagedMailbox Stage(int id, MailboxKey key, MailboxState state) =>
            new(id, key, Version: 0, Committed: null, state with { Log = ChangeLog.Create(realms, key) }, NewEntries: [])
            {
                IsHidden = content is null,
            };
    }

    /// <summary>Gets the duration of the transaction, or <c>null</c> if the batch changed nothing.</summary>
    public TimeSpan? CommitDuration { get; private set; }

    /// <summary>Commits the batch in one transaction, then publishes it to readers.</summary>
    /// <returns><c>true</c> if the batch was committed; <c>false</c> if nothing was changed, because another process changed mailboxes on
    /// which the batch is based.</returns>
    public bool TryCommit()
    {
        var used = database.Shared is null ? [] : _staged.Values.Where(MustConfirm).Select(mailbox => mailbox.ToKnown()).ToList();
        if (!committed.AreCurrent(used))
            return false;
        var (deletedIds, hiddenRows) = DivideDeleted();
        var mailboxRows = _staged.Values.Select(mailbox => mailbox.ToRowChange()).OfType<RowChange>();
        var changes = new RowChanges(deletedIds, [.. hiddenRows, .. mailboxRows, .. _rowChanges])
        {
            ShortenedLogs = _shortenedLogs,
            Lease = _lease,
        };
        if (!changes.IsEmpty)
        {
            var started = Stopwatch.GetTimestamp();
            if (!database.TryCommit(changes))
                return false;
            CommitDuration = Stopwatch.GetElapsedTime(started);
        }

        Publish();
        return true;
    }

    /// <summary>Determines whether the version of a mailbox must be confirmed at the end of the batch. The transaction confirms those of
    /// changed mailboxes. A log can be shortened between the confirmation of its mailbox and the reading of its entries.</summary>
    private bool MustConfirm(StagedMailbox mailbox) =>
        !mailbox.IsChanged && (mailbox.HasReadLog || committed.IsUnconfirmed(mailbox.Key));

    private void Publish()
    {
        var changed = _staged.Values.Where(mailbox => mailbox.IsChanged).ToList();
        var removed = _deleted.Where(row => !_staged.ContainsKey(RowMapper.ToKey(row))).ToList();
        foreach (var mailbox in changed)
            cache.Set(mailbox.ToCached());
        foreach (var row in removed)
            cache.Remove(RowMapper.ToKey(row));

        foreach (var mailbox in changed)
            cache.SignalChange(mailbox.Key);
        foreach (var row in removed)
            cache.SignalChange(RowMapper.ToKey(row));
        _onPublished?.Invoke();
        if (changed.Count + removed.Count > 0)
            database.Shared?.Announce([.. changed.Select(mailbox => mailbox.Key), .. removed.Select(RowMapper.ToKey)]);
    }

    /// <summary>Divides the mailboxes to delete into those whose rows are deleted at once, and those that are hidden first.</summary>
    /// <remarks>A mailbox that is not in memory is hidden, because the number of its rows is unknown.</remarks>
    private (IReadOnlyList<int> Deleted, IReadOnlyList<RowChange> Hidden) DivideDeleted()
    {
        var deleted = new List<int>();
        var rows = new List<RowChange>();
        var rest = RowSlices.MaxRows;
        foreach (var row in _deleted)
        {
            var cached = cache.Find(RowMapper.ToKey(row));
            if (cached?.Id == row.Id && RowMapper.CountRows(cached.State) is var count && count <= rest)
            {
                rest -= count;
                deleted.Add(row.Id);
            }
            else
            {
                _hidden.Add(row.Id);
                rows.Add(new RowChange.Update(RowMapper.ToHiddenRow(row)));
            }
        }

        return (deleted, rows);
    }

    private StagedMailbox? FindStaged(MailboxKey key)
    {
        if (_staged.TryGetValue(key, out var staged))
            return staged;
        return committed.Find(key) is { } mailbox
            ? _staged[key] = new StagedMailbox(mailbox.Id, key, mailbox.Version, Committed: mailbox.State, mailbox.State, NewEntries: [])
            : null;
    }

    /// <summary>Creates a mailbox with the system groups, which are not changes: no client knows the mailbox without them.</summary>
    private StagedMailbox Create(MailboxKey key, string? culture = null)
    {
        var edit = Edit(key, new MailboxState(NewMailboxGuid(key), key.SmtpAddress)
        {
            Log = ChangeLog.Create(realms, key),
            Folders = culture is null ? MailboxFolders.Default : MailboxFolders.Default.WithCulture(culture),
        });
        edit.AddSystemGroups();
        var mailbox = new StagedMailbox(database.ReserveIds(1), key, Version: 0, Committed: null, edit.State, NewEntries: []);
        AddRowChanges(mailbox.Id, edit);
        return _staged[key] = mailbox;
    }

    /// <summary>Returns the first GUID for a mailbox that no other mailbox of the realm has, such as one of a seed document.</summary>
    /// <remarks>
    /// The numbers of further GUIDs are negative, because personas have the positive ones. A source that repeats itself has no other
    /// GUID.
    /// </remarks>
    /// <exception cref="StorageException">The source repeats itself.</exception>
    private Guid NewMailboxGuid(MailboxKey key)
    {
        var taken = new HashSet<Guid>();
        var guid = realms.NewGuid(key, 0);
        while (IsTaken(guid))
        {
            if (!taken.Add(guid))
            {
                throw new StorageException(
                    $"The mailbox '{key.SmtpAddress}' cannot be created: the source of GUIDs returned {guid} again, "
                    + "which another mailbox of the realm has.");
            }

            guid = realms.NewGuid(key, -taken.Count);
        }

        return guid;

        bool IsTaken(Guid guid) => database.HasMailboxGuid(key.Realm, guid)
            || _staged.Values.Any(other => other.State.MailboxGuid == guid && other.Key.Realm == key.Realm);
    }

    private MailboxEdit Edit(MailboxKey key, MailboxState state) =>
        new(state, limits, realms.ClockOf(key.Realm), number => realms.NewGuid(key, number));

    private void Stage(StagedMailbox mailbox, MailboxEdit edit)
    {
        var entries = edit.ToLogEntries();
        AddRowChanges(mailbox.Id, edit);
        _rowChanges.AddRange(entries.Select(entry => new RowChange.Insert(RowMapper.ToRow(mailbox.Id, entry))));
        mailbox.NewEntries.AddRange(entries);
        _staged[mailbox.Key] = mailbox with
        {
            State = entries.Count == 0 ? edit.State : edit.State with { Log = Continue(mailbox, entries[^1].LastNumber) },
        };
    }

    /// <summary>Adds the changes of rows; none if one of them throws.</summary>
    private void AddRowChanges(int mailboxId, MailboxEdit edit)
    {
        var rowChanges = new List<RowChange>(edit.Changes.Count);
        foreach (var (before, change) in edit.Changes)
            rowChanges.AddRange(RowMapper.ToRowChanges(mailboxId, before, change));

        _rowChanges.AddRange(rowChanges);
    }

    /// <summary>Returns a log with a new end, which is shortened if it is longer than necessary by an eighth.</summary>
    /// <remarks>Deleting many entries from time to time costs less than deleting some with each change.</remarks>
    private ChangeLog Continue(StagedMailbox mailbox, long end)
    {
        var log = mailbox.State.Log with { End = end };
        if (end - log.Start <= limits.MaxChanges + (limits.MaxChanges / 8))
            return log;
        var start = end - limits.MaxChanges;
        _shortenedLogs.Add(new ShortenedLog(mailbox.Id, start - LogEntry.MaxFolderChanges)); // Changes of folders may follow the start.
        return log with { Start = start };
    }

    /// <summary>A mailbox that the batch has read or changed.</summary>
    /// <param name="Id">The key of its row.</param>
    /// <param name="Key">The realm and address.</param>
    /// <param name="Version">The version of its row in the database; 0 if the batch creates the mailbox.</param>
    /// <param name="Committed">The state in the database; <c>null</c> if the batch creates the mailbox.</param>
    /// <param name="State">The state as of this point of the batch.</param>
    /// <param name="NewEntries">The entries of the change log that are not in the database.</param>
    private sealed record StagedMailbox(
        int Id, MailboxKey Key, long Version, MailboxState? Committed, MailboxState State, List<LogEntry> NewEntries)
    {
        /// <summary>Gets a value that indicates whether the database contains the mailbox as a hidden one.</summary>
        public bool IsHidden { get; init; }

        /// <summary>Gets the version after the commit.</summary>
        public long NewVersion { get; } = RowVersion.After(Version);

        /// <summary>Gets or sets a value that indicates whether the batch has read the change log.</summary>
        public bool HasReadLog { get; set; }

        /// <summary>Gets a value that indicates whether the batch creates or changes the mailbox.</summary>
        public bool IsChanged => !ReferenceEquals(State, Committed);

        /// <summary>Returns the change of the mailbox's own row for the whole batch; <c>null</c> if there is none.</summary>
        public RowChange? ToRowChange()
        {
            if (!IsChanged)
                return null;
            var row = RowMapper.ToRow(Id, Key.Realm, State, NewVersion, Version);
            return Committed is null && !IsHidden ? new RowChange.Insert(row) : new RowChange.Update(row);
        }

        /// <summary>Returns the version of the mailbox on which the batch is based.</summary>
        public KnownMailbox ToKnown() => new(Key, Id, Version);

        /// <summary>Returns the mailbox as it is after the commit.</summary>
        public CachedMailbox ToCached() => new(Id, Key, NewVersion, State) { IsOwn = true };
    }
}
