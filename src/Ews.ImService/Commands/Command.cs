using Ews.ImService.Configuration;

namespace Ews.ImService.Commands;

/// <summary>A command of the program: its name, its argument and options, and its help.</summary>
internal abstract class Command
{
    /// <summary>Gets the name on the command line.</summary>
    public abstract string Name { get; }

    /// <summary>Gets one sentence that describes the command.</summary>
    public abstract string Summary { get; }

    /// <summary>Gets further sentences for the help of the command; null if there are none.</summary>
    public virtual string? Remarks => null;

    /// <summary>Gets the argument that is not an option; null if the command has none.</summary>
    public virtual CommandArgument? Argument => null;

    /// <summary>Gets the settings that may be given on the command line, under the headings of the help.</summary>
    public virtual IReadOnlyList<SettingGroup> Options => [];

    /// <summary>Runs the command.</summary>
    /// <param name="values">The settings from all sources.</param>
    /// <param name="argument">The argument; null if it is not given.</param>
    /// <exception cref="SettingsException">A setting or the argument is not valid.</exception>
    /// <exception cref="StartException">The command failed.</exception>
    /// <exception cref="Storage.StorageException">The database cannot be used.</exception>
    public abstract Task RunAsync(SettingValues values, string? argument);
}

/// <summary>A command that reads and validates its options before it runs.</summary>
/// <typeparam name="TOptions">The options.</typeparam>
internal abstract class Command<TOptions> : Command
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
internal sealed record CommandArgument(string Name, string Help);
