using Ews.ImService.Protocol.Observation;

namespace Ews.ImService.Control.Faults;

/// <summary>When something is to go wrong, and what.</summary>
public sealed class FaultRule
{
    /// <summary>Its name in the API.</summary>
    public required string Id { get; init; }

    /// <summary>The operation that it is for; null for all, and for requests that name none.</summary>
    public string? Operation { get; init; }

    /// <summary>The mailbox that it is for, in any letter case; null for all.</summary>
    public string? Mailbox { get; init; }

    /// <summary>It begins with the nth request that it is for, counted from 1.</summary>
    public int Nth { get; init; } = 1;

    /// <summary>How often it strikes; null for always.</summary>
    public int? Times { get; init; }

    /// <summary>How probable it is that it strikes, from 0 to 1.</summary>
    public double Probability { get; init; } = 1;

    /// <summary>What chance is made of, so that every run has the same luck.</summary>
    public int Seed { get; init; }

    /// <summary>What goes wrong.</summary>
    public required InjectedFault Fault { get; init; }

    /// <summary>For ErrorServerBusy, how long clients are told to stay away.</summary>
    public TimeSpan BackOff { get; init; }

    /// <summary>How many requests it was for so far.</summary>
    public int Matched { get; internal set; }

    /// <summary>How often it has struck.</summary>
    public int Struck { get; internal set; }

    /// <summary>The description that it was made of, as JSON.</summary>
    public required string Description { get; init; }

    internal Random? Chance { get; set; }

    internal bool IsFor(string? operation, string? mailbox) =>
        (Operation is null || Operation == operation) && (Mailbox is null || string.Equals(Mailbox, mailbox, StringComparison.OrdinalIgnoreCase));
}
