namespace Ews.ImService.Benchmarks.Compare;

/// <summary>A load that is compared.</summary>
/// <param name="Name">The name, for <c>--only</c>.</param>
/// <param name="Title">The title in the table.</param>
/// <param name="Connections">The number of connections.</param>
/// <param name="Reads"><c>true</c> if the load reads lists.</param>
/// <param name="Writes"><c>true</c> if the load adds groups.</param>
/// <param name="RateBaseline">The baseline of the rate.</param>
/// <param name="Rate">The limits of the rate.</param>
/// <param name="Percentile99">The limits of the 99th percentile of the latency, as ratios to L1.</param>
internal sealed record LoadDefinition(
    string Name,
    string Title,
    int Connections,
    bool Reads,
    bool Writes,
    Baseline RateBaseline,
    Limits Rate,
    Limits Percentile99)
{
    /// <summary>The limits of the resident memory under each load, as ratios to L0.</summary>
    public static readonly Limits Memory = new(1.8, 1.5);

    /// <summary>Gets all loads.</summary>
    public static IReadOnlyList<LoadDefinition> All { get; } =
    [
        new("write16", "AddImGroup, 16 connections", 16, false, true, Baseline.L1, new(.9, 1.2), new(1, .9)),
        new("write64", "AddImGroup, 64 connections", 64, false, true, Baseline.L1, new(1.2, 1.8), new(.7, .4)),
        new("read", "GetImItemList of 200 contacts, 16 connections", 16, true, false, Baseline.L0, new(.8, .9), new(.6, .4)),
        new("mix", "70 % GetImItemList, 30 % AddImGroup, 16 connections", 16, true, true, Baseline.L1, new(1.2, 1.5), new(.9, .5)),
    ];
}

/// <summary>A baseline.</summary>
internal enum Baseline
{
    /// <summary>Kestrel that returns the same bytes.</summary>
    L0,

    /// <summary>Kestrel, an XML reader, and one prepared INSERT per request.</summary>
    L1,
}

/// <summary>The limits of a measurement.</summary>
/// <param name="Must">The limit that the service must meet.</param>
/// <param name="Want">The limit that the service should meet.</param>
internal sealed record Limits(double Must, double Want);
