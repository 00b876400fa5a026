namespace Ews.ImService.Mailbox;

/// <summary>Somebody with a mailbox.</summary>
/// <param name="SmtpAddress">The primary address.</param>
/// <param name="PrincipalName">The UPN; null where it is the primary address.</param>
/// <param name="Sid">The SID in SDDL form; null where the account has none.</param>
/// <param name="ProxyAddresses">Further addresses.</param>
public sealed record Account(string SmtpAddress, string? PrincipalName, string? Sid, IReadOnlyList<string> ProxyAddresses);
