namespace Ews.ImService.Settings;

/// <summary>Where settings come from: files, then the environment, then the command line. A key that nobody knows is refused.</summary>
internal static class SettingsSources
{
    private const string File = "appsettings.json";
    private const string Prefix = "EWSIM_";
    private const string CommandLineSource = "the command line";
    private const string ShortHttps = "--https";
    private const string DefaultHttpsUrl = "https://localhost:5443";

    private static readonly Dictionary<string, string> ShortNames = new()
    {
        ["--db"] = SettingsTable.StoragePath.Key,
        ["--seed"] = SettingsTable.SeedPath.Key,
        ["--url"] = SettingsTable.ClientUrl.Key,
        ["--token"] = SettingsTable.ClientToken.Key,
        ["--realm"] = SettingsTable.ClientRealm.Key,
        ["--mailbox"] = SettingsTable.ClientMailbox.Key,
        ["--operation"] = SettingsTable.ClientOperation.Key,
    };

    /// <summary>Arguments without a value.</summary>
    private static readonly Dictionary<string, string> Flags = new()
    {
        [ShortHttps] = SettingsTable.HttpsUrl.Key,
        ["--replace"] = SettingsTable.ClientReplace.Key,
        ["--export"] = SettingsTable.ClientExport.Key,
        ["--all-realms"] = SettingsTable.ClientAllRealms.Key,
        ["--follow"] = SettingsTable.ClientFollow.Key,
        ["--json"] = SettingsTable.ClientJson.Key,
    };

    /// <summary>Reads all sources.</summary>
    /// <exception cref="SettingsException">A file, an argument or a key cannot be understood.</exception>
    public static IConfiguration Load(string[] args)
    {
        args = args.SelectMany(Expand).ToArray();
        CheckArguments(args);
        var unknown = KeysOf(AddFiles).Where(IsOfOurSection).Select(key => (Name: key, Key: key, Source: File))
            .Concat(KeysOf(AddEnvironment).Select(key => (Name: Prefix + key.Replace(":", "__", StringComparison.Ordinal), Key: key, Source: "the environment")))
            .Concat(KeysOf(builder => AddArguments(builder, args)).Select(key => (Name: "--" + key, Key: key, Source: CommandLineSource)))
            .Where(given => !IsKnown(given.Key))
            .Select(given => Unknown(given.Name, given.Source, given.Key)).ToList();
        if (unknown.Count > 0)
            throw new SettingsException(unknown);

        // ASP.NET's own variables come first, for ASPNETCORE_URLS.
        var builder = new ConfigurationBuilder().AddEnvironmentVariables("ASPNETCORE_");
        AddFiles(builder);
        AddEnvironment(builder);
        AddArguments(builder, args);
        return builder.Build();
    }

    /// <summary>Takes what a program gives that runs the service itself; no file, and no environment.</summary>
    /// <exception cref="SettingsException">A key is not known.</exception>
    public static IConfiguration Of(IReadOnlyDictionary<string, string?> given)
    {
        var unknown = given.Keys.Where(key => !IsKnown(key)).Select(key => Unknown(key, "the given settings", key)).ToList();
        return unknown.Count > 0 ? throw new SettingsException(unknown) : new ConfigurationBuilder().AddInMemoryCollection(given).Build();
    }

    /// <summary>Tells of sections of the file that belong to no setting: another program's, or misspelled.</summary>
    public static IEnumerable<string> Warnings()
    {
        var sections = KeysOf(AddFiles).Where(key => !IsOfOurSection(key) && !IsKnown(key)).Select(key => key.Split(':')[0]).Distinct(StringComparer.OrdinalIgnoreCase).Order().ToList();
        return sections.Count == 0 ? [] : [$"appsettings.json has sections that are no settings of this service: {string.Join(", ", sections)}; --help lists those that are"];
    }

    private static void AddFiles(IConfigurationBuilder builder)
    {
        foreach (var directory in new[] { AppContext.BaseDirectory, Directory.GetCurrentDirectory() })
            builder.AddJsonFile(Path.Combine(directory, File), optional: true, reloadOnChange: false);
    }

    private static void AddEnvironment(IConfigurationBuilder builder) => builder.AddEnvironmentVariables(Prefix);

    private static void AddArguments(IConfigurationBuilder builder, string[] args) =>
        builder.AddCommandLine(args, ShortNames);

    /// <summary>Refuses what only other commands would read: whoever writes it expects it to do something.</summary>
    /// <exception cref="SettingsException">There is such an argument.</exception>
    public static void CheckForServe(string[] args)
    {
        if (args.FirstOrDefault(arg => KeyOf(arg).StartsWith(SettingsTable.ClientSection + ":", StringComparison.OrdinalIgnoreCase)) is { } ofClients)
            throw new SettingsException([$"{ofClients} is for commands that call a running service{(ofClients.StartsWith("--url", StringComparison.Ordinal) ? "; --urls says where to listen" : "")}."]);
    }

    /// <summary>Takes the first argument that is neither a setting nor the value of one.</summary>
    public static string? TakeWord(ref string[] args)
    {
        for (var i = 0; i < args.Length; i++)
        {
            if (!args[i].StartsWith("--", StringComparison.Ordinal))
            {
                var word = args[i];
                args = [.. args[..i], .. args[(i + 1)..]];
                return word;
            }

            if (!Flags.ContainsKey(args[i]) && !args[i].Contains('='))
                i++; // Its value.
        }

        return null;
    }

    private static string KeyOf(string argument)
    {
        var name = argument.Split('=')[0];
        return ShortNames.GetValueOrDefault(name) ?? Flags.GetValueOrDefault(name) ?? name.TrimStart('-');
    }

    private static string[] Expand(string argument) => Flags.TryGetValue(argument, out var key) ? ["--" + key, argument == ShortHttps ? DefaultHttpsUrl : "true"] : [argument];

    /// <summary>Arguments come in pairs; what does not would be dropped without a word.</summary>
    private static void CheckArguments(string[] args)
    {
        for (var i = 0; i < args.Length; i++)
        {
            if (i > 1 && args[i - 1] == DefaultHttpsUrl && args[i - 2] == "--" + SettingsTable.HttpsUrl.Key && !args[i].StartsWith("--", StringComparison.Ordinal))
                throw new SettingsException([$"{ShortHttps} takes no value; --{SettingsTable.HttpsUrl.Key} {args[i]} may be meant."]);
            if (!args[i].StartsWith("--", StringComparison.Ordinal))
                throw new SettingsException([$"The argument '{args[i]}' is not understood; settings are written --KEY VALUE."]);
            if (args[i].Contains('='))
                continue;
            if (i + 1 == args.Length || args[i + 1].StartsWith("--", StringComparison.Ordinal))
                throw new SettingsException([ShortNames.ContainsKey(args[i]) || IsKnown(args[i][2..]) ? $"{args[i]} has no value; settings are written --KEY VALUE." : Unknown(args[i], CommandLineSource, args[i][2..])]);
            i++;
        }
    }

    private static List<string> KeysOf(Action<IConfigurationBuilder> addSource)
    {
        var builder = new ConfigurationBuilder();
        addSource(builder);
        try
        {
            return builder.Build().AsEnumerable().Where(pair => pair.Value is not null).Select(pair => pair.Key).ToList();
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            throw new SettingsException([$"{e.Message} {e.GetBaseException().Message}"]);
        }
    }

    private static bool IsKnown(string key) => IsSerilogs(key) || SettingsTable.All.Any(setting => setting.Matches(key));

    private static bool IsSerilogs(string key) => key.StartsWith(SettingsTable.SerilogSection + ":", StringComparison.OrdinalIgnoreCase);

    /// <summary>A file may be shared with another program, whose sections are its own.</summary>
    private static bool IsOfOurSection(string key) =>
        SettingsTable.All.Any(setting => key.StartsWith(setting.Key.Split(':')[0] + ":", StringComparison.OrdinalIgnoreCase));

    private static string Unknown(string name, string source, string key) => $"{name} in {source} is not a setting{Suggest(key)}.";

    /// <summary>Somebody who names a list or a section may not know how its items are named.</summary>
    private static string Suggest(string key) =>
        SettingsTable.All.FirstOrDefault(setting => setting.Key.StartsWith(key + ":", StringComparison.OrdinalIgnoreCase)) is { } setting
            ? $"; {setting.Key.Replace(":N", ":0", StringComparison.Ordinal)} is"
            : string.Empty;
}
