using System.Xml.Linq;
using Ews.ImService.Mailbox;
using Ews.ImService.Protocol.Operations;
using Ews.ImService.Protocol.SignIn;

namespace Ews.ImService.Protocol.Soap;

/// <summary>Finds the caller of a request.</summary>
/// <remarks>Learn: "Impersonation and EWS in Exchange".</remarks>
internal sealed class CallerResolver(AccountDirectory accounts, EwsOptions options, SignInOptions signIn)
{
    /// <summary>Finds the mailbox of the impersonated user or, without impersonation, of the authenticated user.</summary>
    /// <param name="realm">The realm of the request.</param>
    /// <param name="user">The authenticated user, or <c>null</c> for the default mailbox.</param>
    /// <param name="headers">The SOAP headers of the request.</param>
    /// <returns>The caller, or the error of the SOAP fault.</returns>
    public EwsResult<Caller> Resolve(string realm, string? user, IReadOnlyList<XElement> headers)
    {
        var name = user ?? options.DefaultMailbox.Value;
        return RequestHeader.ReadImpersonation(headers)
            .Then(connectingSid => connectingSid is null ? FindOwn(name) : Impersonate(name, connectingSid))
            .Select(address => new Caller(new MailboxKey(realm, address), name));
    }

    /// <summary>A user name that is not an SMTP address has no mailbox.</summary>
    private EwsResult<SmtpAddress> FindOwn(string user) =>
        SmtpAddress.TryParse(user, out var address) ? accounts.FindBySmtpAddress(address) : EwsError.NonExistentMailbox(user);

    private EwsResult<SmtpAddress> Impersonate(string user, ConnectingSid connectingSid)
    {
        SmtpAddress? caller = SmtpAddress.TryParse(user, out var address) ? address : null;
        var found = Find(connectingSid.Kind, connectingSid.Value);
        return found.Succeeded
            && accounts.CheckImpersonation(caller, found.Value, isOpen: signIn.Mode != SignInMode.Users) is { } denied
            ? denied
            : found;
    }

    private EwsResult<SmtpAddress> Find(ConnectingSidKind kind, string value) => kind switch
    {
        ConnectingSidKind.PrincipalName => accounts.FindByPrincipalName(value),
        ConnectingSidKind.SID => accounts.FindBySid(value),
        ConnectingSidKind.PrimarySmtpAddress => accounts.FindByPrimarySmtpAddress(value),
        ConnectingSidKind.SmtpAddress => accounts.FindBySmtpAddress(value),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "The kind is unknown."),
    };
}
