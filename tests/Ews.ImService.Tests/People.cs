using Ews.ImService.Mailbox;
using Ews.ImService.Protocol.SignIn;

namespace Ews.ImService.Tests;

/// <summary>Creates accounts, directory entries and rights from the texts that tests write.</summary>
internal static class People
{
    public static SmtpAddress Address(string address) => SmtpAddress.Parse(address);

    public static Account Account(string address, string? principalName = null, string? sid = null, params string[] proxyAddresses) =>
        new(Address(address), principalName, sid, proxyAddresses.Select(Address).ToList());

    public static DirectoryUser User(string address, string displayName) => new(Address(address), displayName);

    /// <summary>Creates a grant; <c>*</c> means every user.</summary>
    public static ImpersonationGrant Grant(string caller, string mailbox) =>
        new(caller == "*" ? null : Address(caller), mailbox == "*" ? null : [Address(mailbox)]);

    public static Passwords Passwords(params (string Address, StoredPassword Password)[] passwords) =>
        new(passwords.ToDictionary(entry => Address(entry.Address), entry => entry.Password));
}
