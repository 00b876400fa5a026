using Ews.ImService.Mailbox;
using Ews.ImService.Protocol.Soap;

namespace Ews.ImService.Protocol;

/// <summary>On whose behalf an operation runs.</summary>
/// <param name="Mailbox">The primary address of the mailbox that it reads and changes.</param>
internal sealed record Caller(string Mailbox);

/// <summary>Finds the mailbox of a request.</summary>
internal sealed class Callers(AccountDirectory accounts, EwsOptions options)
{
    /// <summary>The impersonated user's mailbox, else the default one.</summary>
    /// <param name="impersonated">Whom the caller wants to be, or null.</param>
    /// <returns>The mailbox, or the fault's error. Learn: "Impersonation and EWS in Exchange".</returns>
    public EwsResult<Caller> Find(ConnectingSid? impersonated)
    {
        var found = impersonated is null ? accounts.FindBySmtpAddress(options.DefaultMailbox) : Find(impersonated.Kind, impersonated.Value);
        if (found.Succeeded && impersonated is not null && accounts.MayImpersonate(options.DefaultMailbox, found.Value) is { } denied)
            return denied;
        return found.Select(mailbox => new Caller(mailbox));
    }

    private EwsResult<string> Find(ConnectingSidKind kind, string value) => kind switch
    {
        ConnectingSidKind.PrincipalName => accounts.FindByPrincipalName(value),
        ConnectingSidKind.SID => accounts.FindBySid(value),
        ConnectingSidKind.PrimarySmtpAddress => accounts.FindByPrimarySmtpAddress(value),
        ConnectingSidKind.SmtpAddress => accounts.FindBySmtpAddress(value),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "An unknown kind."),
    };
}
