using System.Text.Json;
using System.Text.Json.Serialization;

namespace Ews.ImService.Benchmarks.Compare;

/// <summary>The results of one or more runs.</summary>
internal sealed class Results
{
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true };

    /// <summary>Gets the ratios and exponents.</summary>
    [JsonInclude]
    public List<Measurement> Measurements { get; private init; } = [];

    /// <summary>Gets the absolute figures behind the ratios of the loads.</summary>
    [JsonInclude]
    public List<ServerFigures> Figures { get; private init; } = [];

    /// <summary>Adds a measurement. If an earlier run has it, its rounds are added to those of the earlier run.</summary>
    public void Add(Measurement measurement)
    {
        var index = Measurements.FindIndex(
            earlier => (earlier.Subject, earlier.Quantity) == (measurement.Subject, measurement.Quantity));
        if (index < 0)
            Measurements.Add(measurement);
        else
            Measurements[index] = measurement with { Rounds = [.. Measurements[index].Rounds, .. measurement.Rounds] };
    }

    /// <summary>Adds the figures of a server. If an earlier run has them, the rounds are added to those of the earlier run.</summary>
    public void Add(ServerFigures figures)
    {
        var index = Figures.FindIndex(earlier => (earlier.Load, earlier.Server) == (figures.Load, figures.Server));
        if (index < 0)
            Figures.Add(figures);
        else
            Figures[index] = figures with { Rounds = [.. Figures[index].Rounds, .. figures.Rounds] };
    }

    /// <summary>Reads the results of earlier runs, or none if the file does not exist.</summary>
    public static Results Read(string file) =>
        File.Exists(file) ? JsonSerializer.Deserialize<Results>(File.ReadAllBytes(file), Json)! : new Results();

    /// <summary>Writes the results to a file.</summary>
    public void Write(string file) => File.WriteAllBytes(file, JsonSerializer.SerializeToUtf8Bytes(this, Json));
}

/// <summary>The figures of a server under a load.</summary>
/// <param name="Load">The title of the load.</param>
/// <param name="Server">The server.</param>
/// <param name="Rounds">The figures of each round.</param>
internal sealed record ServerFigures(string Load, string Server, IReadOnlyList<LoadFigures> Rounds)
{
    /// <summary>Returns the median of a figure.</summary>
    public double Median(Func<LoadFigures, double> figure) => Statistics.Median(Rounds.Select(figure));
}
