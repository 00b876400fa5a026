namespace Ews.ImService.Reliability;

/// <summary>A repeatable attempt to make the service lose, leak or block something.</summary>
internal interface IReliabilityRun
{
    /// <summary>Gets the name on the command line.</summary>
    string Name { get; }

    /// <summary>Gets the attempt in one line, for the help and the documentation.</summary>
    string Description { get; }

    /// <summary>Runs the attempt, and adds its figures to the context.</summary>
    /// <exception cref="RunException">The service broke a promise. The message tells how to repeat it.</exception>
    Task RunAsync(RunContext context);
}
