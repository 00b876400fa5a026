using Ews.ImService.Settings;

namespace Ews.ImService.Commands;

/// <summary>Sets a running service back to its beginning.</summary>
internal static class ResetCommand
{
    /// <summary>Does so.</summary>
    /// <returns>What to print.</returns>
    /// <exception cref="SettingsException">It is asked for what does not go together.</exception>
    /// <exception cref="StartException">The service cannot be reached, or refuses.</exception>
    public static string Run(ClientSettings settings)
    {
        if (settings.AllRealms && (settings.Mailbox ?? settings.Realm) is not null)
            throw new SettingsException(["--all-realms goes with neither --mailbox nor --realm."]);
        using var service = new RunningService(settings);
        var what = settings.AllRealms ? "?realms=all" : "";
        if (settings.Mailbox is { } mailbox)
            what += (what.Length > 0 ? "&" : "?") + "mailbox=" + Uri.EscapeDataString(mailbox);
        service.Call(HttpMethod.Post, "reset" + what);
        return settings.AllRealms ? "All realms are as they were at their beginning."
            : $"{settings.Mailbox ?? (settings.Realm is { } realm ? $"The realm {realm}" : "The service")} is as it was at its beginning.";
    }
}
