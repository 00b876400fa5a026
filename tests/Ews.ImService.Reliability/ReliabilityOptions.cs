using System.Globalization;
using Ews.ImService.Reliability.Instances;

namespace Ews.ImService.Reliability;

/// <summary>The options of the command line.</summary>
internal sealed record ReliabilityOptions
{
    /// <summary>Gets the extent of the runs.</summary>
    public RunMode Mode { get; init; } = RunMode.Normal;

    /// <summary>Gets the number from which all random choices derive.</summary>
    public int Seed { get; init; } = Random.Shared.Next();

    /// <summary>Gets the number of the only case to run, or <c>null</c> for all.</summary>
    public int? OnlyCase { get; init; }

    /// <summary>Gets the names of the runs; all if empty.</summary>
    public IReadOnlyList<string> Only { get; init; } = [];

    /// <summary>Gets the folder of the published service, or <c>null</c> to publish it.</summary>
    public string? Service { get; init; }

    /// <summary>Gets the folder that receives databases and logs and is kept, or <c>null</c> for a temporary folder.</summary>
    public string? KeepFolder { get; init; }

    /// <summary>Gets the name of the load balancer in front of several instances, or <c>null</c> for the first that is installed.</summary>
    public string? Balancer { get; init; }

    /// <summary>Gets a value that indicates whether the documentation is updated.</summary>
    public bool UpdateDocs { get; init; }

    /// <summary>Returns the text of <c>--help</c>.</summary>
    public static string Help(IEnumerable<IReliabilityRun> runs) => $"""
        Attacks the service and verifies what it promises (docs/reliability.md).

        Runs:
        {string.Join('\n', runs.Select(run => $"  {run.Name,-14} {run.Description}"))}

        Options:
          --only NAME      a single run, repeatable (default: all)
          --quick          less than about 30 seconds for each run, as CI does
          --long           the extent of the published figures, more than an hour
          --seed N         repeat the random choices of another run, whose seed is in its output
          --only-case N    with --seed, a single case of the run fuzz, with its request and response
          --service DIR    the published service (default: publishes src/Ews.ImService to a temporary folder)
          --keep DIR       keep databases and logs in this folder (default: a temporary folder, deleted at the end)
          --balancer NAME  the load balancer of instances and failover: haproxy, nginx or none (default: the first that is installed)
          --update-docs    also write the figures to docs/reliability.md
          --help           print this text

        The figures are written to standard output and the progress to standard error. A broken promise ends the program
        with exit code 1.
        """;

    /// <summary>Reads the arguments.</summary>
    /// <param name="arguments">The arguments.</param>
    /// <param name="names">The names of all runs.</param>
    /// <exception cref="RunException">An argument is invalid.</exception>
    public static ReliabilityOptions Parse(string[] arguments, IReadOnlyCollection<string> names)
    {
        var options = new ReliabilityOptions();
        var rest = new Queue<string>(arguments);
        while (rest.TryDequeue(out var argument))
        {
            options = argument switch
            {
                "--quick" => options with { Mode = RunMode.Quick },
                "--long" => options with { Mode = RunMode.Long },
                "--update-docs" => options with { UpdateDocs = true },
                "--seed" => options with { Seed = Number(argument, Value(argument, rest)) },
                "--only-case" => options with { OnlyCase = Number(argument, Value(argument, rest)) },
                "--service" => options with { Service = Path.GetFullPath(Value(argument, rest)) },
                "--keep" => options with { KeepFolder = Path.GetFullPath(Value(argument, rest)) },
                "--only" => options with { Only = [.. options.Only, Name(Value(argument, rest), names, "run")] },
                "--balancer" => options with { Balancer = Name(Value(argument, rest), LoadBalancer.Names, "load balancer") },
                _ => throw new RunException($"The argument '{argument}' is unknown. --help lists the options."),
            };
        }

        return options;
    }

    private static string Value(string option, Queue<string> rest) =>
        rest.TryDequeue(out var value) ? value : throw new RunException($"{option} requires a value.");

    private static string Name(string name, IReadOnlyCollection<string> names, string kind) => names.Contains(name)
        ? name
        : throw new RunException($"The {kind} '{name}' is unknown. There are {string.Join(", ", names)}.");

    private static int Number(string option, string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new RunException($"{option} requires a number from 0 to {int.MaxValue}, not '{text}'.");
}
