using System.Security.Cryptography;
using Ews.ImService.Mailbox;
using Ews.ImService.Protocol;
using Ews.ImService.Protocol.SignIn;

namespace Ews.ImService.Settings;

/// <summary>Who there is, how they sign in, and what they may: accounts, passwords, tokens, rights, the directory.</summary>
internal sealed partial class SettingsReader
{
    private List<Account> ReadAccounts()
    {
        var accounts = Items("Mailboxes:Accounts").Select(ReadAccount).ToList();
        var areUnique = AreUnique(accounts.SelectMany(account => account.ProxyAddresses.Prepend(account.SmtpAddress)).Select(address => address.Value), "address")
            && AreUnique(accounts.Select(account => account.PrincipalName ?? account.SmtpAddress.Value), "user principal name")
            && AreUnique(accounts.Select(account => account.Sid).OfType<string>(), "SID");
        if (!areUnique)
            return [];

        var known = accounts.SelectMany(account => account.ProxyAddresses.Prepend(account.SmtpAddress)).ToHashSet();
        var declared = Items("Mailboxes:Declared").Select(item => Address(item.Path, item.Value));
        if (SmtpAddress.TryParse(_configuration[SettingsTable.DefaultMailbox.Key], out var ownDefault))
            declared = declared.Append(ownDefault);
        var principalNames = accounts.Select(account => account.PrincipalName).OfType<string>().ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var address in declared.Where(known.Add).ToList())
        {
            if (principalNames.Contains(address.Value))
                _problems.Add($"'{address}' is the user principal name of an account in Mailboxes:Accounts; in Mailboxes:Declared and Mailboxes:Default name that account's SmtpAddress.");
            accounts.Add(new Account(address, null, null, []));
        }

        return _problems.Count == 0 ? accounts : [];
    }

    private Account ReadAccount(IConfigurationSection account)
    {
        var sid = account["Sid"];
        if (sid is not null && !AccountDirectory.IsSid(sid))
            Problem(account.Path + ":Sid", sid, "a SID such as S-1-5-21-1-2-3-1001");
        return new Account(
            Address(account.Path + ":SmtpAddress", account["SmtpAddress"]),
            account["PrincipalName"],
            sid,
            account.GetSection("ProxyAddresses").GetChildren().Select(item => Address(item.Path, item.Value)).ToList());
    }

    private Dictionary<SmtpAddress, StoredPassword> ReadPasswords()
    {
        var passwords = new Dictionary<SmtpAddress, StoredPassword>();
        foreach (var account in Items("Mailboxes:Accounts"))
        {
            _ = SmtpAddress.TryParse(account["SmtpAddress"], out var address); // A text that is not an address was reported with the account.
            var slow = account["PasswordHash"] is { } hash ? Required(account.Path + ":PasswordHash", PasswordHash.Read(hash), "what the command hash-password prints") : null;
            var nt = account["NtHash"] is { } ntHash ? Required(account.Path + ":NtHash", ReadNtHash(ntHash), "32 hexadecimal digits, from the command hash-password") : null;
            if (account["Password"] is { } password && (account["PasswordHash"] ?? account["NtHash"]) is not null)
                _problems.Add($"{account.Path} has a Password and a hash of one; it has to have either.");
            else if (account["Password"] is { Length: 0 })
                Problem(account.Path + ":Password", "", "a password of at least one character");
            else if (account["Password"] is { } given)
                passwords[address] = StoredPassword.Create(given);
            else if (slow is not null || nt is not null)
                passwords[address] = new StoredPassword(slow, nt);
        }

        return passwords;
    }

    private static byte[]? ReadNtHash(string text) => text.Length == 2 * NtHash.Bytes && text.All(char.IsAsciiHexDigit) ? Convert.FromHexString(text) : null;

    private SignInOptions ReadSignIn()
    {
        var schemes = Items("SignIn:Schemes").Select(item => Choice<SignInScheme>(item.Path, item.Value ?? "")).ToList();
        var tokens = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var token in Items("SignIn:Tokens"))
        {
            if (token["Token"] is not { Length: > 0 } text)
                Problem(token.Path + ":Token", token["Token"], "a bearer token");
            else if (token["User"] is not { Length: > 0 } user)
                Problem(token.Path + ":User", token["User"], "the name of an account");
            else
                tokens[text] = user;
        }

        var realm = Text(SettingsTable.SignInRealm);
        if (realm.Any(c => c is < ' ' or > '~' or '"' or '\\'))
            Problem(SettingsTable.SignInRealm.Key, realm, "printable ASCII without quotes and backslashes");
        return new SignInOptions
        {
            Mode = Choice<SignInMode>(SettingsTable.SignInMode),
            Schemes = schemes.Count > 0 ? schemes.Distinct().ToList() : new SignInOptions().Schemes,
            Realm = realm,
            Tokens = tokens,
            Jwt = ReadJwt(),
        };
    }

    private JwtOptions? ReadJwt()
    {
        const int leastSecret = 16;
        var jwt = _configuration.GetSection("SignIn:Jwt");
        if (jwt["Key"] is not { } key)
            return null;
        if (key.Contains("-----BEGIN ", StringComparison.Ordinal) ? !IsPublicKey(key) : key.Length < leastSecret)
            Problem(jwt.Path + ":Key", Hidden, $"a secret of at least {leastSecret} characters, or an RSA public key in PEM");
        return new JwtOptions(key, jwt["Issuer"], jwt["Audience"]);
    }

    private static bool IsPublicKey(string pem)
    {
        try
        {
            using var key = RSA.Create();
            key.ImportFromPem(pem);
            return true;
        }
        catch (Exception e) when (e is ArgumentException or CryptographicException)
        {
            return false;
        }
    }

    private T? Required<T>(string key, T? value, string expected)
        where T : class
    {
        if (value is null)
            Problem(key, Hidden, expected);
        return value;
    }

    private DirectoryUser ReadDirectoryUser(IConfigurationSection user)
    {
        var smtpAddress = Address(user.Path + ":SmtpAddress", user["SmtpAddress"]);
        return new DirectoryUser(smtpAddress, user["DisplayName"] ?? smtpAddress.Value)
        {
            ImAddress = user["ImAddress"],
            CompanyName = user["CompanyName"],
            Title = user["Title"],
            Department = user["Department"],
            Photo = user["Photo"] is { } file ? ReadPhoto(user.Path + ":Photo", file) : null,
        };
    }

    private UserPhoto? ReadPhoto(string key, string file)
    {
        byte[] data;
        try
        {
            data = File.ReadAllBytes(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            Problem(key, file, $"a file that can be read ({e.Message})");
            return null;
        }

        if (data is not ([0xFF, 0xD8, 0xFF, ..] or [0x89, (byte)'P', (byte)'N', (byte)'G', ..] or [(byte)'G', (byte)'I', (byte)'F', (byte)'8', ..]))
            Problem(key, file, "a JPEG, PNG or GIF file");
        return new UserPhoto(data);
    }

    private bool AreUnique(IEnumerable<string> names, string what)
    {
        var twice = names.GroupBy(name => name, StringComparer.OrdinalIgnoreCase).Where(group => group.Count() > 1).Select(group => group.Key).ToList();
        _problems.AddRange(twice.Select(name => $"Mailboxes:Accounts has the {what} '{name}' twice; it has to belong to one account, once."));
        return twice.Count == 0;
    }

    private ImpersonationRights ReadRights() => new(
        Items("Impersonation:Grants").Select(ReadGrant).ToList(), Boolean(SettingsTable.DistinguishCallers));

    private ImpersonationGrant ReadGrant(IConfigurationSection grant)
    {
        const string everyone = "*";
        var mailboxes = grant.GetSection("Mailboxes").GetChildren().ToLookup(item => item.Value == everyone);
        var addresses = mailboxes[false].Select(item => Address(item.Path, item.Value)).ToList();
        return new ImpersonationGrant(
            grant["Caller"] == everyone ? null : Address(grant.Path + ":Caller", grant["Caller"]),
            mailboxes[true].Any() ? null : addresses);
    }
}
