using Ews.ImService.Configuration;
using Ews.ImService.Protocol.Http;
using Ews.ImService.Settings;

namespace Ews.ImService.Commands;

/// <summary>Options of commands that call a running service.</summary>
/// <param name="Url">The root of the service.</param>
/// <param name="Token">The token of its control API; <c>null</c> if none is sent.</param>
/// <param name="Realm">The realm; <c>null</c> for the default realm.</param>
/// <param name="AsJson"><c>true</c> to print JSON instead of text.</param>
internal sealed record ClientOptions(Uri Url, string? Token, string? Realm, bool AsJson)
{
    /// <summary>The mailbox to which a command applies.</summary>
    public static readonly Setting<string?> Mailbox = Setting.OptionalText(
        "Client:Mailbox",
        "The mailbox to which the command applies. Without it, the command applies to all mailboxes.",
        "address") with
    {
        ShortName = "--mailbox",
    };

    /// <summary>The URL of the running service.</summary>
    public static readonly Setting<ServiceUrl?> UrlOption = Setting.Optional(
        "Client:Url", "The URL of the running service, or of one of its realms.", ServiceUrl.Parse, "url") with
    {
        ShortName = "--url",
        DefaultText = "the first of 'urls'",
    };

    /// <summary>The form of the output.</summary>
    public static readonly Setting<bool> Json = Setting.Flag("Client:Json", "--json", "Prints JSON instead of text.");

    private static readonly Setting<string?> TokenOption = Setting.Optional<string>(
        "Client:Token",
        "The bearer token of the control API. Other users of the machine can read it in the list of processes; prefer "
            + "EWSIM_Client__Token in the environment.",
        ParseToken,
        "token") with
    {
        ShortName = "--token",
        DefaultText = "Control:Token",
        IsSecret = true,
    };

    private static readonly Setting<string?> RealmOption = Setting.Optional<string>(
        "Client:Realm", "The realm to which the command applies.", ParseRealm, "name") with
    {
        ShortName = "--realm",
        DefaultText = "that of --url, or the default realm",
    };

    /// <summary>The options of all commands that call the control API for one realm.</summary>
    public static readonly SettingGroup Group = new("Connection", UrlOption, TokenOption, RealmOption);

    /// <summary>The options of all commands that call the control API for the whole service.</summary>
    public static readonly SettingGroup GroupWithoutRealm = new("Connection", UrlOption, TokenOption);

    /// <summary>Gets the realm for messages.</summary>
    public string RealmText => Realm is null ? "the default realm" : $"the realm '{Realm}'";

    /// <summary>Reads the options.</summary>
    public static ClientOptions Read(SettingValues values)
    {
        var url = values.Get(UrlOption) ?? ReadServiceUrl(values);
        var realm = values.Get(RealmOption);
        if (realm is not null && url.Realm is not null && realm != url.Realm)
            values.Reject($"--realm names the realm '{realm}', but --url names '{url.Realm}'.");
        return new ClientOptions(url.Root, values.Get(TokenOption) ?? ReadServiceToken(values), realm ?? url.Realm, values.Get(Json));
    }

    /// <summary>Derives the URL of a service on this machine from the URLs that it listens on.</summary>
    private static ServiceUrl ReadServiceUrl(SettingValues values)
    {
        var url = new Uri(ReachableUrl.From(values.Get(ListenSettings.Urls)[0]));
        if (url.Port == 0)
            values.Reject($"--url is required if the first of 'urls' has port 0. It must be {ServiceUrl.Rule}.");
        return new ServiceUrl(url, Realm: null);
    }

    /// <summary>Reads the token of the service, which a client can send only if it is ASCII.</summary>
    private static string? ReadServiceToken(SettingValues values)
    {
        if (values.Get(ControlSettings.Token) is not { } token)
            return null;
        if (ParseToken(token).Violation is { } violation)
            values.Reject(ControlSettings.Token, violation);
        return token;
    }

    private static Parsed<string?> ParseToken(string text) =>
        text.All(c => c is >= ' ' and <= '~') ? text : new Violation("printable ASCII");

    private static Parsed<string?> ParseRealm(string text) =>
        RequestRealm.IsValidName(text) ? text : new Violation(RequestRealm.NameRule);
}
