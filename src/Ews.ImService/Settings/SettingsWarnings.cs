using Ews.ImService.Configuration;
using Ews.ImService.Protocol.SignIn;

namespace Ews.ImService.Settings;

/// <summary>Finds settings that are valid but probably do not have the intended effect.</summary>
internal static class SettingsWarnings
{
    /// <summary>Returns one sentence for each finding.</summary>
    public static IEnumerable<string> Find(ServiceSettings settings, SettingValues values)
    {
        var signIn = settings.SignIn;
        var isUsers = signIn.Mode == SignInMode.Users;
        var hasToken = signIn.Tokens.Count > 0 || signIn.Jwt is not null;
        var hasBearer = signIn.Schemes.Contains(SignInScheme.Bearer);
        if (values.ForeignSections.Count > 0)
            yield return $"appsettings.json has unknown sections: {string.Join(", ", values.ForeignSections)}";
        if (!settings.Accounts.FindBySmtpAddress(settings.Ews.DefaultMailbox).Succeeded)
        {
            yield return $"Anonymous requests without impersonation fail, because {settings.Ews.DefaultMailbox} has no mailbox; "
                + "see Mailboxes:Default, Mailboxes:Declared, and Mailboxes:AutoCreate";
        }

        if (signIn.Mode == SignInMode.Anonymous && values.HasAny("SignIn:Schemes"))
            yield return "SignIn:Schemes has no effect while SignIn:Mode is Anonymous";
        if (isUsers && signIn.Schemes.Contains(SignInScheme.Basic) && !settings.Passwords.HasAny)
            yield return "No user can authenticate with Basic, because no account has a Password, PasswordHash, or NtHash";
        if (isUsers && signIn.Schemes.Contains(SignInScheme.Ntlm) && !settings.Passwords.HasNt)
            yield return "No user can authenticate with NTLM, because no account has a Password or NtHash";
        if (isUsers && hasBearer && !hasToken)
            yield return "No user can authenticate with Bearer, because neither SignIn:Tokens nor SignIn:Jwt:Key is set";
        if (signIn.Mode != SignInMode.Anonymous && hasToken && !hasBearer)
            yield return "SignIn:Tokens and SignIn:Jwt have no effect, because SignIn:Schemes does not contain Bearer";
        if (settings.Control is { IsEnabled: true, Token: null } && (isUsers || !settings.Urls.All(ListenSettings.IsLoopback)))
            yield return "The control API is open to every client; set Control:Token, or set Control:Enabled to false";
        if (settings.Ews.MaxBufferedBytes < Math.Max(settings.Ews.MaxRequestBytes, settings.Control.MaxBodyBytes))
            yield return "Limits:MaxRequestBytes or Control:MaxBodyBytes has no effect above Limits:MaxBufferedBytes";
        if (settings.Postgres is null && DatabaseSettings.FindUnused(values).ToList() is { Count: > 0 } unused)
            yield return $"{string.Join(", ", unused)}: no effect, because the database is not one of PostgreSQL";
        if (!settings.Certificate.IsOwn && !settings.HasHttps)
            yield return "Https:CertificatePath has no effect without an HTTPS URL; see --https";
        if (settings.Certificate.IsOwn && values.HasAny("Https") && values.Get(HttpsSettings.KeyPath) is not null)
            yield return "Https:CertificateKeyPath has no effect without Https:CertificatePath";
    }
}
