namespace Ews.ImService.Benchmarks.Compare;

/// <summary>The results of a run.</summary>
internal sealed class Results
{
    /// <summary>Gets the ratios and exponents.</summary>
    public List<Measurement> Measurements { get; } = [];

    /// <summary>Gets the absolute figures behind the ratios of the loads: medians of the rounds, for the service, L1 and L0.</summary>
    public List<(LoadDefinition Load, LoadFigures Service, LoadFigures Plain, LoadFigures Empty)> Figures { get; } = [];
}
