using Ews.ImService.Mailbox;
using Ews.ImService.Protocol.Operations;
using Ews.ImService.Protocol.SignIn;

namespace Ews.ImService.Protocol.Soap;

/// <summary>Finds the mailbox of a request.</summary>
internal sealed class CallerResolver(AccountDirectory accounts, EwsOptions options, SignInOptions signIn)
{
    /// <summary>The impersonated user's mailbox, else the caller's own.</summary>
    /// <param name="realm">The realm of the request.</param>
    /// <param name="user">Who signed in; null for the default mailbox.</param>
    /// <param name="impersonated">Whom the caller wants to be, or null.</param>
    /// <returns>The mailbox, or the fault's error. Learn: "Impersonation and EWS in Exchange".</returns>
    public EwsResult<Caller> Resolve(string realm, string? user, ConnectingSid? impersonated)
    {
        var caller = user ?? options.DefaultMailbox;
        var found = impersonated is null ? FindOwn(caller) : Find(impersonated.Kind, impersonated.Value);
        if (found.Succeeded && impersonated is not null && accounts.MayImpersonate(caller, found.Value, isOpen: signIn.Mode != SignInMode.Users) is { } denied)
            return denied;
        return found.Select(address => new Caller(new MailboxKey(realm, address)));
    }

    /// <summary>Who signed in with a name that is no address has no mailbox either.</summary>
    private EwsResult<string> FindOwn(string caller) => SmtpAddress.IsValid(caller) ? accounts.FindBySmtpAddress(caller) : EwsError.NonExistentMailbox(caller);

    private EwsResult<string> Find(ConnectingSidKind kind, string value) => kind switch
    {
        ConnectingSidKind.PrincipalName => accounts.FindByPrincipalName(value),
        ConnectingSidKind.SID => accounts.FindBySid(value),
        ConnectingSidKind.PrimarySmtpAddress => accounts.FindByPrimarySmtpAddress(value),
        ConnectingSidKind.SmtpAddress => accounts.FindBySmtpAddress(value),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "An unknown kind."),
    };
}
