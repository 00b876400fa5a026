using Ews.ImService.Configuration;
using Ews.ImService.Control.Contract;

namespace Ews.ImService.Settings;

/// <summary>Lists the settings that are given, and the defaults of the others.</summary>
internal static class SettingsInForce
{
    /// <summary>Returns the settings in the order of their declarations.</summary>
    /// <param name="declared">The declarations.</param>
    /// <param name="given">The texts of the settings that are given, by key, without secrets.</param>
    public static IEnumerable<ServerSetting> List(IEnumerable<Setting> declared, IReadOnlyDictionary<string, string> given)
    {
        foreach (var setting in declared)
        {
            var keys = given.Keys.Where(setting.Matches).ToList();
            foreach (var key in keys)
                yield return Create(setting, setting.Normalize(key), given[key], isDefault: false);
            if (keys.Count == 0 && (!setting.IsRepeated || setting.HasDefaultItem))
                yield return Create(setting, setting.Normalize(setting.Key), setting.DefaultText, isDefault: true);
        }
    }

    private static ServerSetting Create(Setting setting, string key, string value, bool isDefault) =>
        new() { Key = key, Value = value, IsDefault = isDefault, IsSecret = setting.IsSecret || value == GivenSettings.Hidden };
}
