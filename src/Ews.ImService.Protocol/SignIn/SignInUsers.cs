using Ews.ImService.Mailbox;

namespace Ews.ImService.Protocol.SignIn;

/// <summary>Finds the users that credentials name, by the rules of the sign-in mode.</summary>
internal sealed class SignInUsers(SignInOptions options, AccountDirectory accounts, EwsOptions ews)
{
    /// <summary>Gets the mode.</summary>
    public SignInMode Mode => options.Mode;

    /// <summary>Gets the mail domain of user names without one: the domain of the default mailbox.</summary>
    public string Domain => ews.DefaultMailbox.Domain;

    /// <summary>Finds the primary address of a user name; in <see cref="SignInMode.Users"/> mode, only of a declared account.</summary>
    public SmtpAddress? FindAddress(string name) =>
        accounts.FindBySignInName(name, Domain, isDeclared: Mode == SignInMode.Users);

    /// <summary>Returns the user of accepted credentials, or <c>null</c> for the default mailbox.</summary>
    /// <param name="address">The primary address, or <c>null</c> if no account has the name.</param>
    /// <param name="name">
    /// The name as typed, which the error response contains if no account has it; ignored in <see cref="SignInMode.Anonymous"/> mode.
    /// </param>
    public string? Resolve(SmtpAddress? address, string? name) =>
        address?.Value ?? (Mode == SignInMode.Anonymous ? null : name);

    /// <summary>Accepts credentials.</summary>
    public static SignInOutcome Accept(string? user) =>
        user is null ? new SignInOutcome.Anonymous() : new SignInOutcome.SignedIn(user);

    /// <summary>Rejects credentials that cannot be read, unless no credentials are required.</summary>
    public SignInOutcome RejectUnreadable(string? scheme) =>
        Mode == SignInMode.Anonymous ? new SignInOutcome.Anonymous() : new SignInOutcome.Rejected(scheme, User: null);
}
