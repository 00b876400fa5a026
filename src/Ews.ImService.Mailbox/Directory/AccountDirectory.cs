using System.Text.RegularExpressions;

namespace Ews.ImService.Mailbox;

/// <summary>Finds the accounts that have a mailbox, and checks impersonation rights.</summary>
/// <param name="declared">The declared accounts. No two of them share an address, a UPN or a SID.</param>
/// <param name="autoCreate"><c>true</c> if every valid address has a mailbox, even if no account declares it.</param>
/// <param name="rights">The impersonation rights.</param>
public sealed partial class AccountDirectory(IReadOnlyList<Account> declared, bool autoCreate, ImpersonationRights rights)
{
    // Keys are texts, as in SmtpAddress itself: collections of a type of another assembly are compiled at every start.
    private readonly Dictionary<string, Account> _byPrimary =
        declared.ToDictionary(account => account.SmtpAddress.Value, StringComparer.OrdinalIgnoreCase);

    private readonly Dictionary<string, Account> _byProxy = ByProxy(declared);

    private readonly Dictionary<string, Account> _byPrincipalName =
        declared.ToDictionary(PrincipalNameOf, StringComparer.OrdinalIgnoreCase);

    private readonly Dictionary<string, Account> _bySid =
        declared.Where(account => account.Sid is not null).ToDictionary(account => account.Sid!, StringComparer.OrdinalIgnoreCase);

    /// <summary>Gets the primary addresses of the declared accounts.</summary>
    public IEnumerable<SmtpAddress> DeclaredAddresses => declared.Select(account => account.SmtpAddress);

    /// <summary>Finds the mailbox of a primary or secondary address.</summary>
    /// <param name="address">The address, which is not necessarily valid.</param>
    /// <returns>The primary address, or ErrorInvalidSmtpAddress or ErrorNonExistentMailbox.</returns>
    public EwsResult<SmtpAddress> FindBySmtpAddress(string address) =>
        SmtpAddress.TryParse(address, out var valid) ? FindBySmtpAddress(valid) : EwsError.InvalidSmtpAddress;

    /// <summary>Finds the mailbox of a primary or secondary address.</summary>
    /// <param name="address">The address.</param>
    /// <returns>The primary address, or ErrorNonExistentMailbox.</returns>
    public EwsResult<SmtpAddress> FindBySmtpAddress(SmtpAddress address)
    {
        if (_byPrimary.TryGetValue(address.Value, out var account) || _byProxy.TryGetValue(address.Value, out account))
            return account.SmtpAddress;
        return autoCreate ? address : EwsError.NonExistentMailbox(address.Value);
    }

    /// <summary>Verifies that an address is that of a mailbox, because no mailbox is shared.</summary>
    /// <param name="address">The address, which is not necessarily valid.</param>
    /// <param name="mailbox">The primary address of the mailbox.</param>
    /// <returns><c>null</c>, or ErrorAccessDenied, ErrorInvalidSmtpAddress or ErrorNonExistentMailbox.</returns>
    public EwsError? CheckOwner(string address, SmtpAddress mailbox) =>
        FindBySmtpAddress(address).Match(found => found == mailbox ? null : EwsError.AccessDenied, error => error);

    /// <summary>Finds the mailbox of a primary address.</summary>
    /// <param name="address">The address, which is not necessarily valid.</param>
    /// <returns>The primary address, or ErrorInvalidSmtpAddress, ErrorNonPrimarySmtpAddress or ErrorNonExistentMailbox.</returns>
    /// <remarks>Learn: "PrimarySmtpAddress".</remarks>
    public EwsResult<SmtpAddress> FindByPrimarySmtpAddress(string address) => FindBySmtpAddress(address).Then<SmtpAddress>(
        primary => primary.Value.Equals(address, StringComparison.OrdinalIgnoreCase) ? primary : EwsError.NonPrimarySmtpAddress);

    /// <summary>Finds the mailbox of a user principal name.</summary>
    /// <param name="principalName">The user principal name.</param>
    /// <returns>The primary address, or ErrorInvalidUserPrincipalName.</returns>
    public EwsResult<SmtpAddress> FindByPrincipalName(string principalName)
    {
        if (_byPrincipalName.TryGetValue(principalName, out var account))
            return account.SmtpAddress;
        return autoCreate && SmtpAddress.TryParse(principalName, out var address) && !IsDeclared(address)
            ? address
            : EwsError.InvalidUserPrincipalName;
    }

    /// <summary>Finds the mailbox of a SID. Only declared accounts have a SID.</summary>
    /// <param name="sid">The SID in SDDL form.</param>
    /// <returns>The primary address, or ErrorInvalidSid or ErrorInvalidUserSid.</returns>
    public EwsResult<SmtpAddress> FindBySid(string sid)
    {
        if (!IsSid(sid))
            return EwsError.InvalidSid;
        return _bySid.TryGetValue(sid, out var account) ? account.SmtpAddress : EwsError.InvalidUserSid;
    }

    /// <summary>Finds the mailbox of a sign-in name: an address, a UPN, <c>DOMAIN\user</c> or a user name.</summary>
    /// <param name="name">The sign-in name, as typed.</param>
    /// <param name="defaultDomain">The mail domain of names that contain none.</param>
    /// <param name="isDeclared"><c>true</c> to find declared accounts only.</param>
    /// <returns>The primary address, or <c>null</c> if no account, or more than one, has the name.</returns>
    public SmtpAddress? FindBySignInName(string name, string defaultDomain, bool isDeclared = false)
    {
        var parts = name.Split('\\', 2);
        var user = parts[^1];
        var domain = parts.Length == 2 ? parts[0] : null;
        if (!user.Contains('@', StringComparison.Ordinal))
            return FindByUserName(user, domain, defaultDomain, isDeclared);
        var found = FindByAddressOrPrincipalName(user, isDeclared);
        return found is { } address && _byPrimary.TryGetValue(address.Value, out var account) && !AllowsDomain(account, domain)
            ? null
            : found;
    }

    /// <summary>Checks whether a user can impersonate another user.</summary>
    /// <param name="caller">The primary address of the user, or <c>null</c> if the user has no valid address.</param>
    /// <param name="target">The primary address of the user to impersonate.</param>
    /// <param name="isOpen"><c>true</c> if every user can impersonate every other user when no right is granted.</param>
    /// <returns><c>null</c> if impersonation is allowed; otherwise, ErrorImpersonateUserDenied or ErrorImpersonationDenied.</returns>
    public EwsError? CheckImpersonation(SmtpAddress? caller, SmtpAddress target, bool isOpen = true)
    {
        if ((isOpen && rights.Grants.Count == 0) || IsSameAccount(caller, target))
            return null;

        var ofCaller = rights.Grants.Where(grant => grant.Caller is null || IsSameAccount(grant.Caller, caller)).ToList();
        if (ofCaller.Any(grant => grant.Mailboxes is null || grant.Mailboxes.Any(mailbox => IsSameAccount(mailbox, target))))
            return null;
        return ofCaller.Count == 0 && rights.DistinguishCallers ? EwsError.ImpersonationDenied : EwsError.ImpersonateUserDenied;
    }

    /// <summary>Determines whether a text is a valid SID in SDDL form.</summary>
    /// <param name="text">The text.</param>
    public static bool IsSid(string text) => SidPattern().IsMatch(text);

    private static Dictionary<string, Account> ByProxy(IEnumerable<Account> accounts)
    {
        var byProxy = new Dictionary<string, Account>(StringComparer.OrdinalIgnoreCase);
        foreach (var account in accounts)
        {
            foreach (var address in account.ProxyAddresses)
                byProxy.Add(address.Value, account);
        }

        return byProxy;
    }

    private static string PrincipalNameOf(Account account) => account.PrincipalName ?? account.SmtpAddress.Value;

    private SmtpAddress? FindByAddressOrPrincipalName(string user, bool isDeclared)
    {
        if (_byPrincipalName.TryGetValue(user, out var account))
            return account.SmtpAddress;
        var found = FindBySmtpAddress(user);
        return found.Succeeded && !(isDeclared && !_byPrimary.ContainsKey(found.Value.Value)) ? found.Value : null;
    }

    private SmtpAddress? FindByUserName(string user, string? domain, string defaultDomain, bool isDeclared)
    {
        var all = declared.Where(account => HasUserName(account, user)).ToList();
        var named = all.Where(account => AllowsDomain(account, domain)).ToList();
        if (named.Count == 0 && all.Count > 0)
            return null;
        if (named.Count > 1 && domain is not null)
            named = named.Where(account => IsInDomain(account, domain)).ToList();
        if (named.Count > 1)
            named = named.Where(account => account.SmtpAddress.Domain.Equals(defaultDomain, StringComparison.OrdinalIgnoreCase)).ToList();
        if (named.Count > 0)
            return named.Count == 1 ? named[0].SmtpAddress : null;
        return autoCreate && !isDeclared && SmtpAddress.TryParse($"{user}@{defaultDomain}", out var address) ? address : null;
    }

    private static bool HasUserName(Account account, string user) =>
        account.SmtpAddress.LocalPart.Equals(user, StringComparison.OrdinalIgnoreCase)
        || PrincipalNameOf(account).StartsWith(user + "@", StringComparison.OrdinalIgnoreCase);

    /// <summary>Determines whether a sign-in name with a Windows domain, or without one, can identify the account.</summary>
    private static bool AllowsDomain(Account account, string? domain) =>
        account.Domain is null || domain is null || account.Domain.Equals(domain, StringComparison.OrdinalIgnoreCase);

    /// <summary>Determines whether an account is in a Windows domain. If the account does not state its domain, the first label of its
    /// mail domain is compared.</summary>
    private static bool IsInDomain(Account account, string domain) => account.Domain is null
        ? account.SmtpAddress.Domain.StartsWith(domain + ".", StringComparison.OrdinalIgnoreCase)
        : AllowsDomain(account, domain);

    private bool IsDeclared(SmtpAddress address) => _byPrimary.ContainsKey(address.Value) || _byProxy.ContainsKey(address.Value);

    private bool IsSameAccount(SmtpAddress? address, SmtpAddress? other) => Primary(address) == Primary(other);

    private SmtpAddress? Primary(SmtpAddress? address) =>
        address is { } proxy && _byProxy.TryGetValue(proxy.Value, out var account) ? account.SmtpAddress : address;

    [GeneratedRegex(@"^S-1-(0x[0-9A-F]{1,12}|[0-9]{1,15})(-[0-9]{1,10}){1,15}\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex SidPattern();
}

/// <summary>The impersonation rights.</summary>
/// <param name="Grants">
/// The grants. Without grants, every user can impersonate every other user, or no user if only declared users can sign in.
/// </param>
/// <param name="DistinguishCallers">
/// <c>true</c> if a user without any grant gets ErrorImpersonationDenied instead of ErrorImpersonateUserDenied. Recent servers have
/// only one impersonation role, and therefore one code.
/// </param>
public sealed record ImpersonationRights(IReadOnlyList<ImpersonationGrant> Grants, bool DistinguishCallers = false);

/// <summary>Grants a user the right to impersonate others.</summary>
/// <param name="Caller">The address of the user, or <c>null</c> for every user.</param>
/// <param name="Mailboxes">The addresses of the users to impersonate, or <c>null</c> for every user.</param>
public sealed record ImpersonationGrant(SmtpAddress? Caller, IReadOnlyList<SmtpAddress>? Mailboxes);
