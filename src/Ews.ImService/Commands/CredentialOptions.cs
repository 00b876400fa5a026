using System.Net;
using Ews.ImService.Configuration;

namespace Ews.ImService.Commands;

/// <summary>Options of commands that sign in to a server.</summary>
internal static class CredentialOptions
{
    /// <summary>The options.</summary>
    public static readonly SettingGroup Group = new("Sign-in");

    private static readonly Setting<string?> User = Group.Add(
        Setting.OptionalText("Client:User", "The user that signs in to the server for all requests, such as CONTOSO\\anna.", "name") with
        {
            ShortName = "--user",
        });

    private static readonly Setting<string?> PasswordFile = Group.Add(
        Setting.OptionalPath("Client:PasswordFile", "The file whose first line is the password of the user.") with
        {
            ShortName = "--password-file",
        });

    private static readonly Setting<string?> Password = Group.Add(
        Setting.OptionalText(
            "Client:Password",
            "The password of the user. Prefer --password-file, or EWSIM_Client__Password in the environment.") with
        {
            ShortName = "--password",
            IsSecret = true,
        });

    /// <summary>Reads the options.</summary>
    /// <returns>The credentials; <c>null</c> if no user is named.</returns>
    public static NetworkCredential? Read(SettingValues values)
    {
        var (user, file, password) = (values.Get(User), values.Get(PasswordFile), values.Get(Password));
        if (user is null)
        {
            if (file is not null || password is not null)
                values.Reject("A password requires a user. Use --user to name it.");
            return null;
        }

        if (file is null == (password is null))
            values.Reject("--user requires either --password-file or --password (EWSIM_Client__Password).");
        var text = file is null ? password : UserFile.Read(file).Split('\n')[0].TrimEnd('\r');
        return user.Split('\\') is [var domain, var name] ? new NetworkCredential(name, text, domain) : new NetworkCredential(user, text);
    }
}
