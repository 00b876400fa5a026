using System.Text.RegularExpressions;

namespace Ews.ImService.Mailbox;

/// <summary>Who has a mailbox here, and who may act as whom.</summary>
/// <param name="declared">The accounts known from configuration.</param>
/// <param name="autoCreate">Whether an unknown, well-formed address gets a mailbox on first use.</param>
/// <param name="rights">Who may impersonate.</param>
public sealed partial class AccountDirectory(IReadOnlyList<Account> declared, bool autoCreate, ImpersonationRights rights)
{
    private readonly Dictionary<string, Account> _byPrimary = declared.ToDictionary(account => account.SmtpAddress, Mailbox.SmtpAddress.Comparer);

    private readonly Dictionary<string, Account> _byProxy = ByKey(declared, account => account.ProxyAddresses);

    private readonly Dictionary<string, Account> _byPrincipalName = ByKey(declared, account => [account.PrincipalName ?? account.SmtpAddress]);

    private readonly Dictionary<string, Account> _bySid = ByKey(declared, account => account.Sid is { } sid ? [sid] : []);

    /// <summary>The primary address of the mailbox that an address belongs to.</summary>
    /// <returns>The address, or ErrorInvalidSmtpAddress or ErrorNonExistentMailbox.</returns>
    public EwsResult<string> FindBySmtpAddress(string address)
    {
        if (!Mailbox.SmtpAddress.IsValid(address))
            return EwsError.InvalidSmtpAddress;
        if (_byPrimary.TryGetValue(address, out var account) || _byProxy.TryGetValue(address, out account))
            return account.SmtpAddress;
        return autoCreate ? address : EwsError.NonExistentMailbox(address);
    }

    /// <summary>As <see cref="FindBySmtpAddress"/>, but a secondary address is refused. Learn: "PrimarySmtpAddress".</summary>
    /// <returns>The address, or ErrorInvalidSmtpAddress, ErrorNonPrimarySmtpAddress or ErrorNonExistentMailbox.</returns>
    public EwsResult<string> FindByPrimarySmtpAddress(string address) =>
        _byProxy.ContainsKey(address) && !_byPrimary.ContainsKey(address) ? EwsError.NonPrimarySmtpAddress : FindBySmtpAddress(address);

    /// <summary>The mailbox of a user principal name.</summary>
    /// <returns>The primary address, or ErrorInvalidUserPrincipalName.</returns>
    public EwsResult<string> FindByPrincipalName(string principalName)
    {
        if (_byPrincipalName.TryGetValue(principalName, out var account))
            return account.SmtpAddress;
        return autoCreate && Mailbox.SmtpAddress.IsValid(principalName) && !_byPrimary.ContainsKey(principalName) && !_byProxy.ContainsKey(principalName)
            ? principalName
            : EwsError.InvalidUserPrincipalName;
    }

    /// <summary>The mailbox of a SID; only declared accounts have one.</summary>
    /// <returns>The primary address, or ErrorInvalidSid or ErrorInvalidUserSid.</returns>
    public EwsResult<string> FindBySid(string sid)
    {
        if (!IsSid(sid))
            return EwsError.InvalidSid;
        return _bySid.TryGetValue(sid, out var account) ? account.SmtpAddress : EwsError.InvalidUserSid;
    }

    /// <summary>The mailbox of whoever signs in with a name: an address, a UPN, <c>DOMAIN\\user</c> or a user's name alone.</summary>
    /// <param name="name">The name, as typed.</param>
    /// <param name="defaultDomain">The mail domain of a name that has none.</param>
    /// <param name="isDeclared">Whether only declared accounts count.</param>
    /// <returns>The primary address, or null where nobody has the name, or two have.</returns>
    public string? FindBySignInName(string name, string defaultDomain, bool isDeclared = false)
    {
        var parts = name.Split('\\', 2);
        var user = parts[^1];
        if (user.Contains('@', StringComparison.Ordinal))
        {
            if (_byPrincipalName.TryGetValue(user, out var account))
                return account.SmtpAddress;
            var found = FindBySmtpAddress(user);
            return found.Succeeded && !(isDeclared && !_byPrimary.ContainsKey(found.Value)) ? found.Value : null;
        }

        var named = declared.Where(account => IsLocalPart(account.SmtpAddress, user) || IsLocalPart(account.PrincipalName ?? account.SmtpAddress, user)).ToList();
        if (named.Count > 1 && parts.Length == 2)
            named = named.Where(account => DomainOf(account.SmtpAddress).StartsWith(parts[0] + ".", StringComparison.OrdinalIgnoreCase)).ToList();
        if (named.Count > 1)
            named = named.Where(account => Mailbox.SmtpAddress.Comparer.Equals(DomainOf(account.SmtpAddress), defaultDomain)).ToList();
        if (named.Count > 0)
            return named.Count == 1 ? named[0].SmtpAddress : null;
        var address = $"{user}@{defaultDomain}";
        return autoCreate && !isDeclared && Mailbox.SmtpAddress.IsValid(address) ? address : null;
    }

    /// <summary>Whether one user may act as another.</summary>
    /// <param name="caller">The user's address.</param>
    /// <param name="target">The other's primary address.</param>
    /// <param name="isOpen">Whether everybody may where nothing is granted to anybody.</param>
    /// <returns>Null, or ErrorImpersonateUserDenied or ErrorImpersonationDenied.</returns>
    public EwsError? MayImpersonate(string caller, string target, bool isOpen = true)
    {
        if ((isOpen && rights.Grants.Count == 0) || IsOne(caller, target))
            return null;

        var ofCaller = rights.Grants.Where(grant => IsGranted(grant.Caller, caller)).ToList();
        if (ofCaller.Any(grant => grant.Mailboxes.Any(mailbox => IsGranted(mailbox, target))))
            return null;
        return ofCaller.Count == 0 && rights.DistinguishCallers ? EwsError.ImpersonationDenied : EwsError.ImpersonateUserDenied;
    }

    private static string DomainOf(string smtpAddress) => smtpAddress[(smtpAddress.LastIndexOf('@') + 1)..];

    /// <summary>Whether two addresses are of one account.</summary>
    private bool IsOne(string address, string other) => Mailbox.SmtpAddress.Comparer.Equals(Primary(address), Primary(other));

    /// <summary>Whether a grant is for an address.</summary>
    private bool IsGranted(string granted, string address) => granted == ImpersonationGrant.Everyone || IsOne(granted, address);

    private static bool IsLocalPart(string address, string user) => address.StartsWith(user + "@", StringComparison.OrdinalIgnoreCase);

    private string Primary(string address) => _byProxy.TryGetValue(address, out var account) ? account.SmtpAddress : address;

    /// <summary>Whether a text is a SID in SDDL form.</summary>
    public static bool IsSid(string text) => SidPattern().IsMatch(text);

    [GeneratedRegex(@"^S-1-(0x[0-9A-F]{1,12}|[0-9]{1,15})(-[0-9]{1,10}){1,15}\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex SidPattern();

    private static Dictionary<string, Account> ByKey(IReadOnlyList<Account> accounts, Func<Account, IEnumerable<string>> keys) =>
        accounts.SelectMany(account => keys(account).Select(key => (key, account)))
            .ToDictionary(pair => pair.key, pair => pair.account, Mailbox.SmtpAddress.Comparer);
}

/// <summary>Who may impersonate whom.</summary>
/// <param name="Grants">The rights; none at all means that everybody may impersonate everybody, unless only declared users sign in: then nobody may.</param>
/// <param name="DistinguishCallers">
/// Whether a caller without any right gets ErrorImpersonationDenied instead of ErrorImpersonateUserDenied; modern servers
/// know one role and so one code.
/// </param>
public sealed record ImpersonationRights(IReadOnlyList<ImpersonationGrant> Grants, bool DistinguishCallers = false);

/// <summary>That one user may act as others.</summary>
/// <param name="Caller">The user's address, or <see cref="Everyone"/>.</param>
/// <param name="Mailboxes">The others' addresses, or <see cref="Everyone"/>.</param>
public sealed record ImpersonationGrant(string Caller, IReadOnlyList<string> Mailboxes)
{
    /// <summary>Stands for all users.</summary>
    public const string Everyone = "*";
}
