using Ews.ImService.Commands;
using Ews.ImService.Configuration;
using Ews.ImService.Settings;

namespace Ews.ImService.Tests.Settings;

/// <summary>Reads settings as the command <c>serve</c> does.</summary>
internal static class SettingsOf
{
    public static ServiceSettings Arguments(string arguments) => Arguments(arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    public static ServiceSettings Arguments(params string[] arguments)
    {
        var (_, settings) = ArgumentParser.Parse(CommandTable.Default, arguments);
        return ServiceSettings.Read(new SettingValues(GivenSettings.Load(CommandTable.Catalog, settings)));
    }
}
