namespace Ews.ImService.Mailbox;

/// <summary>An account that has a mailbox.</summary>
/// <param name="SmtpAddress">The primary address.</param>
/// <param name="PrincipalName">The user principal name (UPN), or <c>null</c> if it equals the primary address.</param>
/// <param name="Sid">The SID in SDDL form, or <c>null</c> if the account has none.</param>
/// <param name="ProxyAddresses">The secondary addresses.</param>
public sealed record Account(
    SmtpAddress SmtpAddress, string? PrincipalName, string? Sid, IReadOnlyList<SmtpAddress> ProxyAddresses)
{
    /// <summary>
    /// Gets the name of the Windows domain, which a sign-in name <c>DOMAIN\user</c> must contain; the default is <c>null</c>, which allows
    /// every domain.
    /// </summary>
    public string? Domain { get; init; }
}
