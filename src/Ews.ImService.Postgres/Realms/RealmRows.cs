namespace Ews.ImService.Postgres.Realms;

/// <summary>The row that counts the realms of the database.</summary>
internal sealed class RealmListRow
{
    /// <summary>Gets or sets the key, which is 1.</summary>
    public int Id { get; set; }

    /// <summary>Gets or sets a number that increases when a realm is created or deleted.</summary>
    public long Version { get; set; }

    /// <summary>Gets or sets the number of realms.</summary>
    public int Count { get; set; }
}

/// <summary>A realm.</summary>
internal sealed class RealmRow
{
    public required string Name { get; set; }

    /// <summary>Gets or sets a number that identifies the realm among all that have or had its name.</summary>
    public long Incarnation { get; set; }

    /// <summary>Gets or sets the version of the state.</summary>
    public long Version { get; set; }

    /// <summary>Gets or sets the clock, the fault rules, and the list of the snapshots.</summary>
    public required string State { get; set; }

    /// <summary>Gets or sets the id of the operation on all mailboxes that is running.</summary>
    public Guid? LeaseId { get; set; }

    /// <summary>Gets or sets the time at which the operation is regarded as ended unless it prolongs the lease.</summary>
    public DateTime? LeaseUntil { get; set; }
}

/// <summary>The number of objects of a kind that a mailbox had.</summary>
internal sealed class RealmCounterRow
{
    public required string Realm { get; set; }

    public required string Kind { get; set; }

    public required string Mailbox { get; set; }

    public int Count { get; set; }
}

/// <summary>A mailbox of a snapshot.</summary>
internal sealed class SnapshotMailboxRow
{
    public Guid SnapshotId { get; set; }

    public int Ordinal { get; set; }

    public required string Realm { get; set; }

    /// <summary>Gets or sets the mailbox as a seed document.</summary>
    public required string Document { get; set; }
}
