using Ews.ImService.Configuration;
using Ews.ImService.Protocol;

namespace Ews.ImService.Settings;

/// <summary>Settings of the EWS endpoint.</summary>
internal static class EwsSettings
{
    /// <summary>The settings.</summary>
    public static readonly SettingGroup Group = new("Exchange Web Services");

    private static readonly ServerVersion DefaultVersion = new();

    private static readonly Setting<Version> Build = Group.Add(new Setting<Version>(
        "ServerVersion:Build",
        new Version(
            DefaultVersion.MajorVersion, DefaultVersion.MinorVersion, DefaultVersion.MajorBuildNumber, DefaultVersion.MinorBuildNumber),
        "The Exchange build in ServerVersionInfo.",
        ParseBuild)
    {
        ValueName = "build",
    });

    private static readonly Setting<string> Schema = Group.Add(
        Setting.Text("ServerVersion:Version", DefaultVersion.Version, "The schema version in ServerVersionInfo.", ParseSchema, "name"));

    private static readonly Setting<bool> AllowMissingVersion = Group.Add(Setting.Boolean(
        "Ews:AllowMissingVersion", false, "Accepts requests without RequestServerVersion."));

    private static readonly Setting<PersonaProfile> Profile = Group.Add(Setting.Choice(
        "Ews:PersonaProfile",
        PersonaProfile.BySpelling,
        "The form of email addresses in personas: Schema, Documentation, or BySpelling, by the namespaces of the request."));

    private static readonly Setting<string> PushHosts = Group.Add(Setting.Text(
        "Ews:PushHosts:N",
        "",
        "A host to which push notifications are sent, in addition to localhost, or * for all hosts; Subscribe with another host gets "
        + "ErrorInvalidPushSubscriptionUrl.",
        ParseHost,
        "host|*"));

    /// <summary>Reads the settings.</summary>
    public static EwsOptions Read(SettingValues values)
    {
        var build = values.Get(Build);
        return LimitSettings.ReadEws(values) with
        {
            ServerVersion = new ServerVersion(build.Major, build.Minor, build.Build, build.Revision, values.Get(Schema)),
            AllowMissingVersion = values.Get(AllowMissingVersion),
            PersonaProfile = values.Get(Profile),
            DefaultMailbox = MailboxSettings.ReadDefault(values),
            PushHosts = values.GetList(PushHosts),
            SlowRequest = LogSettings.ReadSlowRequest(values),
        };
    }

    private static Parsed<Version> ParseBuild(string text) =>
        Version.TryParse(text, out var build) && build.Revision >= 0 ? build : new Violation("four numbers such as 15.0.349.0");

    private static Parsed<string> ParseHost(string text) => text == "*" || Uri.CheckHostName(text) != UriHostNameType.Unknown
        ? text
        : new Violation("a host name or address such as notifications.contoso.com, or *");

    private static Parsed<string> ParseSchema(string text) => text.Length > 0 && text.All(c => char.IsAsciiLetterOrDigit(c) || c == '_')
        ? text
        : new Violation("letters, digits, and underscores such as Exchange2013_SP1");
}
