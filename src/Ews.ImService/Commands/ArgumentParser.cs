using System.Globalization;
using Ews.ImService.Configuration;

namespace Ews.ImService.Commands;

/// <summary>Parses the arguments that follow the name of a command.</summary>
internal static class ArgumentParser
{
    /// <summary>The argument that ends the options, so that the next one may begin with a hyphen.</summary>
    public const string EndOfOptions = "--";

    private const int MaxNamedCommands = 3;

    /// <summary>Finds the argument and the settings.</summary>
    /// <exception cref="SettingsException">An argument is not valid.</exception>
    public static (string? Argument, IReadOnlyDictionary<string, string> Settings) Parse(Command command, IReadOnlyList<string> args)
    {
        string? argument = null;
        string? flag = null;
        var settings = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var unknown = new List<string>();
        var isEndOfOptions = false;
        for (var i = 0; i < args.Count; i++)
        {
            if (args[i] == EndOfOptions && !isEndOfOptions)
            {
                isEndOfOptions = true;
                continue;
            }

            if (isEndOfOptions || !IsOption(args[i]))
            {
                if (command.Argument is null || argument is not null)
                    throw new SettingsException($"Unexpected argument '{args[i]}'.{flag}");
                argument = Check(command.Argument, args[i]);
                continue;
            }

            var parts = args[i].Split('=', 2);
            var (name, value) = (parts[0], parts.ElementAtOrDefault(1));
            if (Find(command, name) is not var (setting, key))
            {
                unknown.Add(DescribeUnknown(command, name));
                if (value is null && i + 1 < args.Count && !IsOption(args[i + 1]))
                    i++; // Probably the value of the option.
                continue;
            }

            if (setting.ShortValue is { } shortValue && IsShort(setting, name))
            {
                flag = $" {name} takes no value; '--{key}' does.";
                if (value is not null)
                    throw new SettingsException($"Unexpected value '{value}'.{flag}");
                settings[key] = shortValue;
                continue;
            }

            flag = null;
            if (value is null && (i + 1 == args.Count || args[i + 1].StartsWith("--", StringComparison.Ordinal)))
                throw new SettingsException($"{name} requires a value.");
            value ??= args[++i];
            if (value.Length == 0 && setting.IsOfCommand)
                throw new SettingsException($"{name} must not be empty.");
            settings[NextKey(settings, key)] = value;
        }

        if (unknown.Count > 0)
            throw new SettingsException(unknown);
        return command.Argument is { IsRequired: true } required && argument is null
            ? throw new SettingsException($"{required.Name} is required. {required.Help}")
            : (argument, settings);
    }

    /// <summary>Determines whether an argument is an option. A negative number, a negative duration and <c>-</c> are not.</summary>
    private static bool IsOption(string arg) =>
        arg is ['-', not (>= '0' and <= '9'), ..] and not ['-', 'P' or 'p', 'T' or 't' or (>= '0' and <= '9'), ..];

    private static string Check(CommandArgument argument, string value)
    {
        if (value.Length == 0)
            throw new SettingsException($"{argument.Name} must not be empty.");
        if (!argument.IsPath && value is "." or "..") // They cannot be a segment of a URL.
            throw new SettingsException($"{argument.Name} must not be '{value}'.");
        if (argument.Values.Count == 0)
            return value;
        return argument.Values.FirstOrDefault(valid => valid.Equals(value, StringComparison.OrdinalIgnoreCase))
            ?? throw new SettingsException(
                $"{argument.Name} must be {Violation.OneOf(argument.Values).Rule}, but is '{value}'."
                + Suggestion.Ask(Suggestion.Closest(value, argument.Values)));
    }

    /// <summary>Returns the key of an option; the short name of a list can be repeated, and is that of the next item.</summary>
    private static string NextKey(Dictionary<string, string> settings, string key)
    {
        if (!key.EndsWith(":" + Setting.Index, StringComparison.Ordinal))
            return key;
        var next = settings.Keys.Count(given => Setting.WithoutIndexes(given) == key);
        return string.Create(CultureInfo.InvariantCulture, $"{key[..^1]}{next}");
    }

    private static (Setting Setting, string Key)? Find(Command command, string name)
    {
        var key = name.StartsWith("--", StringComparison.Ordinal) ? name[2..] : "";
        foreach (var option in OptionsOf(command))
        {
            if (IsShort(option, name))
                return (option, option.Key);
            if (option.Matches(key))
                return (option, key);
        }

        return null;
    }

    private static string DescribeUnknown(Command command, string name)
    {
        var key = name.TrimStart('-');
        var options = OptionsOf(command).ToList();
        var others = CommandTable.All
            .Where(other => other != command && OptionsOf(other).Any(option => IsShort(option, name) || option.Matches(key)))
            .Select(other => $"'{other.Name}'").ToList();
        var meant = Suggestion.Closest(name, options.Select(option => option.ShortName).OfType<string>())
            ?? (new SettingCatalog(options).Suggest(key) is { } suggested ? "--" + suggested : null);
        var hint = others.Count switch
        {
            0 => "",
            1 => $" It is an option of {others[0]}.",
            <= MaxNamedCommands => $" It is an option of {string.Join(", ", others.SkipLast(1))} and {others[^1]}.",
            _ => $" It is an option of {string.Join(", ", others.Take(MaxNamedCommands - 1))}, and other commands.",
        };
        return $"Unknown option '{name}' of '{command.Name}'.{hint}{Suggestion.Ask(meant)}";
    }

    private static IEnumerable<Setting> OptionsOf(Command command) => command.Options.SelectMany(group => group.Settings);

    private static bool IsShort(Setting setting, string name) => string.Equals(setting.ShortName, name, StringComparison.OrdinalIgnoreCase);
}
