using Ews.ImService.Configuration;

namespace Ews.ImService.Settings;

/// <summary>Settings of metrics.</summary>
internal static class MetricsSettings
{
    /// <summary>The settings.</summary>
    public static readonly SettingGroup Group = new("Metrics");

    private static readonly Setting<bool> Enabled = Group.Add(Setting.Boolean(
        "Metrics:Enabled", true, "Enables the endpoint /metrics, from which Prometheus reads the metrics of the service."));

    /// <summary>Reads the setting that enables the endpoint.</summary>
    public static bool ReadEnabled(SettingValues values) => values.Get(Enabled);
}
