using Ews.ImService.Configuration;

namespace Ews.ImService.Commands;

/// <summary>A command of the program: its name, its argument and options, and its help.</summary>
/// <param name="name">The name on the command line.</param>
/// <param name="summary">One sentence that describes the command.</param>
internal abstract class Command(string name, string summary)
{
    /// <summary>Gets the name on the command line.</summary>
    public string Name { get; } = name;

    /// <summary>Gets one sentence that describes the command.</summary>
    public string Summary { get; } = summary;

    /// <summary>Gets further sentences for the help of the command; <c>null</c> if there are none.</summary>
    public string? Remarks { get; init; }

    /// <summary>Gets the argument that is not an option; <c>null</c> if the command has none.</summary>
    public CommandArgument? Argument { get; init; }

    /// <summary>Gets examples for the help and the documentation.</summary>
    public IReadOnlyList<CommandExample> Examples { get; init; } = [];

    /// <summary>Gets the settings that are allowed on the command line, by the headings of the help.</summary>
    public virtual IEnumerable<SettingGroup> Options => [];

    /// <summary>Runs the command.</summary>
    /// <param name="values">The settings from all sources.</param>
    /// <param name="argument">The argument; <c>null</c> if it is not given.</param>
    /// <exception cref="SettingsException">A setting or the argument is not valid.</exception>
    /// <exception cref="StartException">The command failed.</exception>
    /// <exception cref="Storage.StorageException">The database cannot be used.</exception>
    public abstract Task RunAsync(SettingValues values, string? argument);
}

/// <summary>A command that reads and validates its options before it runs.</summary>
/// <typeparam name="TOptions">The options.</typeparam>
/// <param name="name">The name on the command line.</param>
/// <param name="summary">One sentence that describes the command.</param>
internal abstract class Command<TOptions>(string name, string summary) : Command(name, summary)
{
    /// <inheritdoc/>
    public sealed override Task RunAsync(SettingValues values, string? argument)
    {
        var options = Read(values, argument);
        values.ThrowIfInvalid();
        return RunAsync(options);
    }

    /// <summary>Reads the options, and reports violations to <paramref name="values"/>.</summary>
    protected abstract TOptions Read(SettingValues values, string? argument);

    /// <summary>Runs the command with valid options.</summary>
    protected abstract Task RunAsync(TOptions options);
}

/// <summary>The argument of a command that is not an option.</summary>
/// <param name="Name">The placeholder in the help.</param>
/// <param name="Help">One or more sentences for the help.</param>
internal sealed record CommandArgument(string Name, string Help)
{
    /// <summary>Gets a value that indicates whether the argument must be given.</summary>
    public bool IsRequired { get; init; }

    /// <summary>Gets the values that are valid, in any case; empty if there are others.</summary>
    public IReadOnlyList<string> Values { get; init; } = [];

    /// <summary>Gets a value that indicates whether the argument is the path of a file or folder.</summary>
    public bool IsPath { get; init; }

    /// <summary>Gets the form of the argument in the usage of its command.</summary>
    public string Usage => IsRequired ? Name : $"[{Name}]";
}

/// <summary>An example of a command. Tests execute it.</summary>
/// <param name="Line">The command line.</param>
/// <param name="Help">A sentence that states the effect.</param>
internal sealed record CommandExample(string Line, string Help);
