namespace Ews.ImService.Postgres.Journal;

/// <summary>The times that transactions of the journal may take.</summary>
internal sealed record JournalTimeLimits
{
    /// <summary>Gets the time for which a response waits for a transaction, at most; the default is 1 second.</summary>
    public TimeSpan Wait { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Gets the time after which a transaction fails, in whole seconds; the default is 2 seconds.</summary>
    public TimeSpan Transaction { get; init; } = TimeSpan.FromSeconds(2);
}
