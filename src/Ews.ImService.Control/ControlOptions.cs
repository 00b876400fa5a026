namespace Ews.ImService.Control;

/// <summary>What tests may do, and how much of it is kept.</summary>
public sealed record ControlOptions
{
    /// <summary>Whether there is a control API, with its journal and faults.</summary>
    public bool IsEnabled { get; init; } = true;

    /// <summary>What callers of the control API have to send as a bearer token; null for nothing.</summary>
    public string? Token { get; init; }

    /// <summary>Entries that a realm's journal keeps; the oldest go first.</summary>
    public int JournalEntries { get; init; } = 1000;

    /// <summary>Bytes of bodies that a realm's journal keeps; the oldest entries go first.</summary>
    public int JournalBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>What GUIDs are made of, so that every run makes the same; null for random ones.</summary>
    public int? IdSeed { get; init; }

    /// <summary>Where the clock of every realm stands at first; null for a clock that runs.</summary>
    public DateTimeOffset? ClockAt { get; init; }

    /// <summary>The clock that realms follow.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
