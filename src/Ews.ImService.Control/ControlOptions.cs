namespace Ews.ImService.Control;

/// <summary>The options of realms and of the control API.</summary>
public sealed record ControlOptions
{
    /// <summary>Gets a value that indicates whether the control API, the journal and fault rules are enabled; the default is
    /// <c>true</c>.</summary>
    public bool IsEnabled { get; init; } = true;

    /// <summary>Gets a value that indicates whether the inspector is enabled, which requires the control API; the default is
    /// <c>true</c>.</summary>
    public bool HasInspector { get; init; } = true;

    /// <summary>Gets the bearer token that clients of the control API must send, or <c>null</c> if none is required.</summary>
    public string? Token { get; init; }

    /// <summary>Gets the maximum size of the body of a control call in bytes; the default is 64 MiB.</summary>
    public int MaxBodyBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>Gets the maximum number of JSON values in the body of a control call; the default is 1,000,000.</summary>
    public int MaxBodyValues { get; init; } = 1_000_000;

    /// <summary>Gets the maximum number of entries in the journal of a realm, after which the oldest are evicted; the default is
    /// 1000.</summary>
    public int JournalEntries { get; init; } = 1000;

    /// <summary>Gets the maximum size of the journal of a realm in bytes, after which the oldest entries are evicted; the default is
    /// 16 MiB.</summary>
    public int JournalBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>Gets the maximum number of realms, including those that an earlier run stored; the default is 10,000.</summary>
    public int MaxRealms { get; init; } = 10_000;

    /// <summary>Gets the maximum number of fault rules of a realm; the default is 1000.</summary>
    public int MaxFaultRules { get; init; } = 1000;

    /// <summary>Gets the maximum number of snapshots of a realm; the default is 100.</summary>
    public int MaxSnapshots { get; init; } = 100;

    /// <summary>Gets the maximum number of calls that wait for the journal of a realm, or stream its events, at the same time; the default
    /// is 100.</summary>
    public int MaxJournalWaits { get; init; } = 100;

    /// <summary>
    /// Gets the seed from which GUIDs are generated, so that they are the same in every run, or <c>null</c> for random GUIDs.
    /// </summary>
    public int? IdSeed { get; init; }

    /// <summary>Gets the time at which the clock of every realm is frozen initially, or <c>null</c> for a running clock.</summary>
    public DateTimeOffset? ClockAt { get; init; }

    /// <summary>Gets the clock that the clocks of realms follow.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
