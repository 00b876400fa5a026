using System.Globalization;

namespace Ews.ImService.Benchmarks.Compare;

/// <summary>The options of the comparison.</summary>
internal sealed record ComparisonOptions
{
    private const int QuickRounds = 2;

    /// <summary>Gets the help.</summary>
    public const string Help = """
        Compares the service with two baselines on this machine: L0, Kestrel that returns the same bytes, and L1, Kestrel
        with an XmlReader and one prepared INSERT per request. docs/performance.md describes the measurements.

        dotnet run -c Release --project tests/Ews.ImService.Benchmarks -- [options]
        dotnet run -c Release --project tests/Ews.ImService.Benchmarks -- micro [options of BenchmarkDotNet]

          --only NAME      run only this measurement; may be repeated: write16, write64, read, mix, cold, further, growth
          --rounds N       rounds per measurement (default 7)
          --seconds S      duration of one load in one round (default 1.5)
          --warmup S       load before the first round (default 8)
          --quick          2 short rounds after a short warm-up, to find wrong responses and lost writes; the figures are rough
          --service DIR    the published service (default: publishes src/Ews.ImService to a temporary folder)
          --results FILE   add the rounds to those of earlier runs in this JSON file, and report all of them
          --svg FILE       also draw the ratios as SVG
          --update-docs    also write tables and picture to docs/performance.md and docs/images/performance.svg
          --help           print this text

        The table is written to standard output and the progress to standard error. A wrong response or a lost write ends
        the run with exit code 1.
        """;

    /// <summary>Gets the names of the measurements to run; all if empty.</summary>
    public IReadOnlyList<string> Only { get; init; } = [];

    /// <summary>Gets the number of rounds.</summary>
    public int Rounds { get; init; } = 7;

    /// <summary>Gets the duration of one load in one round.</summary>
    public TimeSpan Duration { get; init; } = TimeSpan.FromSeconds(1.5);

    /// <summary>Gets the duration of the load before the first round, in which the runtime compiles the code of a server.</summary>
    public TimeSpan Warmup { get; init; } = TimeSpan.FromSeconds(8);

    /// <summary>Gets a value that indicates whether the run only looks for wrong responses and lost writes.</summary>
    public bool IsQuick { get; init; }

    /// <summary>Gets the folder of the published service, or <c>null</c> to publish it.</summary>
    public string? Service { get; init; }

    /// <summary>Gets the file with the results of earlier runs, to which this run is added, or <c>null</c>.</summary>
    public string? ResultsFile { get; init; }

    /// <summary>Gets the SVG file to write, or <c>null</c>.</summary>
    public string? Svg { get; init; }

    /// <summary>Gets a value that indicates whether the documentation is updated.</summary>
    public bool UpdateDocs { get; init; }

    /// <summary>Reads the arguments.</summary>
    /// <exception cref="RunException">An argument is invalid.</exception>
    public static ComparisonOptions Parse(ReadOnlySpan<string> arguments)
    {
        var options = new ComparisonOptions();
        while (arguments.Length > 0)
        {
            var rest = arguments[1..];
            options = arguments[0] switch
            {
                "--quick" => options with
                {
                    IsQuick = true,
                    Rounds = QuickRounds,
                    Duration = TimeSpan.FromSeconds(.3),
                    Warmup = TimeSpan.FromSeconds(.3),
                },
                "--update-docs" => options with { UpdateDocs = true },
                "--rounds" => options with { Rounds = (int)Number(ref rest) },
                "--seconds" => options with { Duration = TimeSpan.FromSeconds(Number(ref rest)) },
                "--warmup" => options with { Warmup = TimeSpan.FromSeconds(Number(ref rest)) },
                "--service" => options with { Service = Path.GetFullPath(Text(ref rest)) },
                "--results" => options with { ResultsFile = Path.GetFullPath(Text(ref rest)) },
                "--svg" => options with { Svg = Path.GetFullPath(Text(ref rest)) },
                "--only" => options with { Only = [.. options.Only, Text(ref rest)] },
                var unknown => throw new RunException($"The argument '{unknown}' is unknown. --help lists the options."),
            };
            arguments = rest;
        }

        return options;
    }

    private static string Text(ref ReadOnlySpan<string> rest)
    {
        if (rest.Length == 0)
            throw new RunException("The last option requires a value.");
        var value = rest[0];
        rest = rest[1..];
        return value;
    }

    private static double Number(ref ReadOnlySpan<string> rest) =>
        double.TryParse(Text(ref rest), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number > 0
            ? number
            : throw new RunException("--rounds, --seconds and --warmup require a positive number.");
}
