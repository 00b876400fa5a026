using Ews.ImService.Configuration;
using Ews.ImService.Mailbox;
using Ews.ImService.Protocol;
using Ews.ImService.Protocol.SignIn;

namespace Ews.ImService.Settings;

/// <summary>Settings of mailboxes, and of the accounts to which they belong.</summary>
internal static class MailboxSettings
{
    /// <summary>The settings.</summary>
    public static readonly SettingGroup Group = new("Mailboxes");

    private const string Account = "Mailboxes:Accounts:N";

    private static readonly Setting<SmtpAddress> Default = Group.Add(
        new Setting<SmtpAddress>(
            "Mailboxes:Default",
            new EwsOptions().DefaultMailbox,
            "The mailbox of anonymous requests without impersonation.",
            Setting.ParseAddress)
        {
            ValueName = "address",
        });

    private static readonly Setting<bool> AutoCreate = Group.Add(Setting.Boolean(
        "Mailboxes:AutoCreate", true, "Creates a mailbox when an unknown SMTP address is first used."));

    private static readonly Setting<SmtpAddress> Declared = Group.Add(
        Setting.Address("Mailboxes:Declared:N", "The SMTP address of a mailbox that exists even if Mailboxes:AutoCreate is false."));

    private static readonly Setting<SmtpAddress> PrimaryAddress = Group.Add(
        Setting.Address(Account + ":SmtpAddress", "The primary SMTP address of an account."));

    private static readonly Setting<string?> PrincipalName = Group.Add(
        Setting.OptionalText(Account + ":PrincipalName", "The user principal name of the account.") with
        {
            DefaultText = "the SmtpAddress",
        });

    private static readonly Setting<string?> Sid = Group.Add(
        Setting.Optional<string>(Account + ":Sid", "The SID of the account in the form S-1-….", ParseSid, "sid"));

    private static readonly Setting<string?> Domain = Group.Add(
        Setting.OptionalText(
            Account + ":Domain", "The Windows domain that a sign-in name in the form DOMAIN\\user must contain.", "name") with
        {
            DefaultText = "any",
        });

    private static readonly Setting<SmtpAddress> ProxyAddresses = Group.Add(
        Setting.Address(Account + ":ProxyAddresses:N", "A secondary SMTP address of the account."));

    private static readonly Setting<string?> Password = Group.Add(
        Setting.Secret<string>(Account + ":Password", "The password of the account; only hashes of it are kept in memory.", ParsePassword));

    private static readonly Setting<PasswordHash?> PasswordHashText = Group.Add(
        Setting.Secret<PasswordHash>(
            Account + ":PasswordHash", "The password hash for Basic, as printed by 'ews-im hash-password'.", ParsePasswordHash));

    private static readonly Setting<byte[]?> NtHashText = Group.Add(
        Setting.Secret<byte[]>(Account + ":NtHash", "The password hash for NTLM, as printed by 'ews-im hash-password'.", ParseNtHash));

    /// <summary>Reads the mailbox of anonymous requests without impersonation.</summary>
    public static SmtpAddress ReadDefault(SettingValues values) => values.Get(Default);

    /// <summary>Reads the accounts, and the rights to impersonate.</summary>
    public static AccountDirectory ReadAccounts(SettingValues values)
    {
        var accounts = values.Items(Account).Select(ReadAccount).ToList();
        var addresses = accounts.SelectMany(account => account.ProxyAddresses.Prepend(account.SmtpAddress)).ToList();
        CheckUnique(values, addresses.Select(address => address.Value), "address");
        CheckUnique(values, accounts.Select(account => account.PrincipalName ?? account.SmtpAddress.Value), "user principal name");
        CheckUnique(values, accounts.Select(account => account.Sid).OfType<string>(), "SID");

        var known = addresses.ToHashSet();
        var principalNames = accounts.Select(account => account.PrincipalName).OfType<string>().ToHashSet(StringComparer.OrdinalIgnoreCase);
        var declared = values.GetList(Declared);
        if (values.Has(Default))
            declared = [.. declared, values.Get(Default)];
        foreach (var address in declared.Where(known.Add).ToList())
        {
            if (principalNames.Contains(address.Value))
            {
                values.Reject(
                    $"'{address}' is the PrincipalName of an account in Mailboxes:Accounts. "
                    + "Mailboxes:Declared and Mailboxes:Default must name the SmtpAddress of that account.");
            }

            accounts.Add(new Account(address, null, null, []));
        }

        var rights = ImpersonationSettings.Read(values);
        return new AccountDirectory(values.AreValid ? accounts : [], values.Get(AutoCreate), rights);
    }

    /// <summary>Reads the passwords of accounts.</summary>
    public static Passwords ReadPasswords(SettingValues values)
    {
        var passwords = new Dictionary<SmtpAddress, StoredPassword>();
        foreach (var account in values.Items(Account))
        {
            if (account.Has(Password) && (account.Has(PasswordHashText) || account.Has(NtHashText)))
                account.Reject($"{account.Path} must have either a Password or hashes of it, but has both.");
            else if (account.Get(Password) is { } password)
                passwords[account.Get(PrimaryAddress)] = StoredPassword.Create(password);
            else if ((account.Get(PasswordHashText), account.Get(NtHashText)) is var (slow, nt) && (slow ?? (object?)nt) is not null)
                passwords[account.Get(PrimaryAddress)] = new StoredPassword(slow, nt);
        }

        return new Passwords(passwords);
    }

    private static Account ReadAccount(SettingValues account) =>
        new(account.Get(PrimaryAddress), account.Get(PrincipalName), account.Get(Sid), account.GetList(ProxyAddresses))
        {
            Domain = account.Get(Domain),
        };

    private static void CheckUnique(SettingValues values, IEnumerable<string> names, string kind)
    {
        foreach (var group in names.GroupBy(name => name, StringComparer.OrdinalIgnoreCase).Where(group => group.Count() > 1))
            values.Reject($"Mailboxes:Accounts must contain each {kind} once, but contains '{group.Key}' {group.Count()} times.");
    }

    private static Parsed<string?> ParseSid(string text) =>
        AccountDirectory.IsSid(text) ? text : new Violation("a SID such as S-1-5-21-1-2-3-1001");

    private static Parsed<string?> ParsePassword(string text) =>
        text.Length > 0 ? text : new Violation("a password of at least one character");

    private static Parsed<PasswordHash?> ParsePasswordHash(string text) =>
        PasswordHash.Read(text) is { } hash ? hash : new Violation("a PasswordHash as printed by 'ews-im hash-password'");

    private static Parsed<byte[]?> ParseNtHash(string text) => text.Length == 2 * NtHash.Bytes && text.All(char.IsAsciiHexDigit)
        ? Convert.FromHexString(text)
        : new Violation("an NtHash of 32 hexadecimal digits, as printed by 'ews-im hash-password'");
}
