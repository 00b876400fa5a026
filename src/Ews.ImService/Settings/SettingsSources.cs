namespace Ews.ImService.Settings;

/// <summary>Where settings come from: files, then the environment, then the command line. A key that nobody knows is refused.</summary>
internal static class SettingsSources
{
    private const string File = "appsettings.json";
    private const string Prefix = "EWSIM_";
    private const string ShortDatabase = "--db";

    /// <summary>Reads all sources.</summary>
    /// <exception cref="SettingsException">A file, an argument or a key cannot be understood.</exception>
    public static IConfiguration Load(string[] args)
    {
        CheckArguments(args);
        var files = LoadFiles();
        var explicitly = new ConfigurationBuilder()
            .AddEnvironmentVariables(Prefix)
            .AddCommandLine(args, new Dictionary<string, string> { [ShortDatabase] = SettingsTable.StoragePath.Key })
            .Build();

        var unknown = KeysOf(explicitly).Where(key => !IsKnown(key))
            .Concat(KeysOf(files).Where(key => IsOfOurSection(key) && !IsKnown(key)))
            .Select(key => $"{key} is not a setting.").ToList();
        if (unknown.Count > 0)
            throw new SettingsException(unknown);

        // ASP.NET's own variables come first, for ASPNETCORE_URLS.
        return new ConfigurationBuilder().AddEnvironmentVariables("ASPNETCORE_").AddConfiguration(files).AddConfiguration(explicitly).Build();
    }

    private static IConfigurationRoot LoadFiles()
    {
        var builder = new ConfigurationBuilder();
        foreach (var directory in new[] { AppContext.BaseDirectory, Directory.GetCurrentDirectory() })
            builder.AddJsonFile(Path.Combine(directory, File), optional: true, reloadOnChange: false);
        try
        {
            return builder.Build();
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            throw new SettingsException([$"{e.Message} {e.GetBaseException().Message}"]);
        }
    }

    /// <summary>Arguments come in pairs; what does not would be dropped without a word.</summary>
    private static void CheckArguments(string[] args)
    {
        for (var i = 0; i < args.Length; i++)
        {
            if (!args[i].StartsWith("--", StringComparison.Ordinal))
                throw new SettingsException([$"The argument '{args[i]}' is not understood; settings are written --KEY VALUE."]);
            if (args[i].Contains('='))
                continue;
            if (i + 1 == args.Length || args[i + 1].StartsWith("--", StringComparison.Ordinal))
                throw new SettingsException([$"{args[i][2..]} has no value; settings are written --KEY VALUE."]);
            i++;
        }
    }

    private static IEnumerable<string> KeysOf(IConfiguration configuration) =>
        configuration.AsEnumerable().Where(pair => pair.Value is not null).Select(pair => pair.Key);

    private static bool IsKnown(string key) => IsSerilogs(key) || SettingsTable.All.Any(setting => setting.Matches(key));

    private static bool IsSerilogs(string key) => key.StartsWith(SettingsTable.SerilogSection + ":", StringComparison.OrdinalIgnoreCase);

    /// <summary>A file may be shared with another program, whose sections are its own.</summary>
    private static bool IsOfOurSection(string key) =>
        SettingsTable.All.Any(setting => key.StartsWith(setting.Key.Split(':')[0] + ":", StringComparison.OrdinalIgnoreCase));
}
