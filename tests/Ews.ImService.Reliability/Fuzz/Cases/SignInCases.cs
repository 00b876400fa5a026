using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Ews.ImService.Reliability.Fuzz.Mutation;
using Ews.ImService.Reliability.Fuzz.Wire;

namespace Ews.ImService.Reliability.Fuzz.Cases;

/// <summary>Credentials of all schemes, correct, wrong and damaged.</summary>
internal sealed class SignInCases() : CaseGenerator("sign-in", weight: 8)
{
    /// <summary>The token of the control API.</summary>
    public const string ControlToken = "token-of-control-0123456789";

    private const string User = "alice@contoso.com";
    private const string Password = "Password1";
    private const string Token = "token-of-alice-0123456789";
    private const string Secret = "a secret of enough characters";
    private const string Issuer = "https://issuer.example";
    private const string Audience = "ews";

    private static readonly string Soap = Requests.Envelope("<m:GetImItems/>", Mailboxes.Default);
    private static readonly string[] UserNames = [User, "alice", "CONTOSO\\alice", "ALICE@contoso.com"];
    private static readonly string[] WrongPasswords =
        ["", "password1", "Password", "Password1 ", "Password1\0", "\0Password1", "Password1\n", "PASSWORD1", ":", "P\u0430ssword1"];

    private static readonly string[] WrongNames =
        ["bob@contoso.com", "alice@contoso.com.", "", "alice@evil.example", "*", "alice@contoso.com\0",
         "uninvolved@contoso.com"];

    private static readonly string[] OtherHeaders =
    [
        "", "Authorization: \r\n", "Authorization: Basic\r\n", "Authorization: Bearer\r\n", "Authorization: NTLM\r\n",
        "Authorization: Digest a=b\r\n",
        "Authorization: Negotiate YA==\r\n", "Authorization: Basic  \r\n", "Authorization: Basic !!!\r\n", "Authorization: basic:\r\n",
        "Authorization: Bearer a b\r\n", "Authorization: Bearer ..\r\n", "Authorization: Bearer a.b.c.d.e\r\n",
    ];

    private static readonly string[] Audiences = ["x", Audience];
    private static readonly object[] NoText = [1, "x"];

    private static readonly long Now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();

    /// <summary>The values of claims and header parameters that make a token invalid.</summary>
    private static readonly (string Name, object?[] Values)[] WrongValues =
    [
        ("alg", ["none", "None", "HS384", "RS256", "hs256", "", null, 1, Audiences]),
        ("crit", [Audiences, null, 1, Array.Empty<string>()]),
        ("exp", [0, -1, Now - 3600, "never", null, 1e300, long.MaxValue, long.MinValue, Audiences]),
        ("nbf", [Now + 3600, "never", null, 1e300, long.MaxValue, true]),
        ("iss", [null, "", Issuer + "/", 1, Audiences]),
        ("aud", [null, "", "EWS", 1, Array.Empty<string>(), NoText]),
        ("sub", [null, "", "bob@contoso.com", 1, "alice@contoso.com ", "@", "\ud800x"]),
    ];

    /// <summary>Gets the settings of the service: one user, whose credentials are those of the cases, and one that no case uses.</summary>
    public static string[] Settings { get; } =
    [
        "--Control:Token", ControlToken,
        "--SignIn:Mode", "Users", "--SignIn:Schemes:0", "Basic", "--SignIn:Schemes:1", "Ntlm", "--SignIn:Schemes:2", "Bearer",
        "--SignIn:Tokens:0:Token", Token, "--SignIn:Tokens:0:User", User,
        "--SignIn:Jwt:Key", Secret, "--SignIn:Jwt:Issuer", Issuer, "--SignIn:Jwt:Audience", Audience,
        "--Mailboxes:AutoCreate", "false", "--Mailboxes:Default", User,
        "--Mailboxes:Accounts:0:SmtpAddress", User, "--Mailboxes:Accounts:0:Password", Password,
        "--Mailboxes:Accounts:1:SmtpAddress", "uninvolved@contoso.com", "--Mailboxes:Accounts:1:Password", "Zq7 unguessed",
    ];

    public override FuzzCase Create(Random random) => random.Next(7) switch
    {
        0 => Basic(random),
        1 => Bearer(random),
        2 or 3 => JsonWebToken(random),
        4 => Negotiate(random),
        5 => Control(random),
        _ => Case(random.Choose(OtherHeaders) + (random.OneIn(3) ? random.Choose(OtherHeaders) : ""), Expectation.Rejection, "other"),
    };

    private static FuzzCase Basic(Random random)
    {
        if (random.OneIn(3))
            return Case(BasicHeader($"{random.Choose(UserNames)}:{Password}"), Expectation.Success, "Basic");
        if (random.OneIn(2))
            return Case(BasicHeader($"{random.Choose(UserNames)}:{random.Choose(WrongPasswords)}"), Expectation.Rejection, "Basic");
        if (random.OneIn(2))
            return Case(BasicHeader($"{random.Choose(WrongNames)}:{Password}"), Expectation.Rejection, "Basic");
        var parameter = HeaderText(random.Damage(Convert.ToBase64String(Encoding.UTF8.GetBytes($"{User}:{Password}"))));
        var decoded = new byte[parameter.Length];
        var isDecodable = Convert.TryFromBase64String(parameter, decoded, out var length);
        var isSame = isDecodable && Encoding.UTF8.GetString(decoded, 0, length).EndsWith($":{Password}", StringComparison.Ordinal);
        return Case($"Authorization: Basic {parameter}\r\n", isSame ? Expectation.Any : Expectation.Rejection, "damaged Basic");
    }

    private static FuzzCase Bearer(Random random)
    {
        var token = random.OneIn(3) ? Token : HeaderText(random.Damage(Token));
        var expectation = token == Token ? Expectation.Success : token.Trim() == Token ? Expectation.Any : Expectation.Rejection;
        return Case($"Authorization: Bearer {token}\r\n", expectation, "Bearer");
    }

    private static FuzzCase Control(Random random)
    {
        var token = random.OneIn(3) ? ControlToken : HeaderText(random.Damage(ControlToken));
        var header = random.OneIn(4) ? random.Choose(OtherHeaders) : $"Authorization: Bearer {token}\r\n";
        var isCorrect = header == $"Authorization: Bearer {ControlToken}\r\n";
        var isTrimmed = header.StartsWith("Authorization: Bearer", StringComparison.Ordinal) && header[21..].Trim() == ControlToken;
        var expectation = isCorrect ? Expectation.Success : isTrimmed ? Expectation.Any : Expectation.Rejection;
        var request = HttpText.Request("GET", "/_control/v1/mailboxes", null, header);
        return new FuzzCase(FuzzTarget.SignIn, request, expectation, "control token");
    }

    private static FuzzCase JsonWebToken(Random random)
    {
        var header = new Dictionary<string, object?> { ["alg"] = "HS256", ["typ"] = "JWT" };
        var claims = new Dictionary<string, object?>
        {
            ["sub"] = User,
            ["iss"] = Issuer,
            ["aud"] = random.OneIn(2) ? Audience : Audiences,
            ["exp"] = Now + 360_000,
            ["nbf"] = Now - 3600,
        };
        var key = Secret;
        var isValid = random.OneIn(4);
        if (!isValid && random.OneIn(8))
        {
            key = random.Choose(["", "x", Secret + " ", Secret.ToUpperInvariant()]);
        }
        else if (!isValid)
        {
            var (name, values) = random.Choose(WrongValues);
            (name is "alg" or "crit" ? header : claims)[name] = random.Choose(values);
        }

        var token = Sign(header, claims, key);
        if (random.OneIn(3))
        {
            var damaged = HeaderText(random.Damage(token)).Trim();
            var expectation = IsSame(damaged, token) ? Expectation.Any : Expectation.Rejection;
            return Case($"Authorization: Bearer {damaged}\r\n", expectation, "damaged JWT");
        }

        return Case($"Authorization: Bearer {token}\r\n", isValid ? Expectation.Success : Expectation.Rejection, "JWT");
    }

    /// <summary>Starts an NTLM handshake, which continues on the same connection, followed by a request without credentials.</summary>
    private static FuzzCase Negotiate(Random random)
    {
        var message = NtlmMessages.Negotiate(random);
        var scheme = random.OneIn(8) ? "Negotiate" : "NTLM";
        if (random.OneIn(6))
            message = scheme == "NTLM" ? random.Damage(message) : [0x60, (byte)message.Length, .. message];
        var seed = random.Next();
        return Case($"Authorization: {scheme} {Convert.ToBase64String(message)}\r\n", Expectation.Rejection, "NTLM 1") with
        {
            Next = reply => Authenticate(new Random(seed), reply),
        };
    }

    private static FuzzCase? Authenticate(Random random, HttpReply reply)
    {
        if (NtlmMessages.FindChallenge(reply.Header("WWW-Authenticate")) is not { } challenge)
            return null;
        var isCorrect = random.OneIn(2);
        var message = NtlmMessages.Authenticate(User, isCorrect ? NtlmMessages.HashOfPassword1 : NtlmMessages.OtherHash, challenge);
        var isDamaged = random.OneIn(2);
        if (isDamaged)
            message = NtlmMessages.Change(random, message);
        var expectation = !isCorrect ? Expectation.Rejection : isDamaged ? Expectation.Any : Expectation.Success;
        return Case($"Authorization: NTLM {Convert.ToBase64String(message)}\r\n", expectation, "NTLM 3") with
        {
            Next = authenticated => Case("", authenticated.Status == 200 ? Expectation.Success : Expectation.Rejection, "after NTLM"),
        };
    }

    private static FuzzCase Case(string headers, Expectation expectation, string what) =>
        new(FuzzTarget.SignIn, HttpText.Ews(Soap, headers), expectation, what);

    private static string BasicHeader(string credentials) =>
        $"Authorization: Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes(credentials))}\r\n";

    private static string HeaderText(string text) => string.Concat(text.Select(c => c is < ' ' or > '~' ? '~' : c));

    private static string Sign(Dictionary<string, object?> header, Dictionary<string, object?> claims, string key)
    {
        var content = $"{Encode(Json(header))}.{Encode(Json(claims))}";
        return $"{content}.{Encode(HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), Encoding.ASCII.GetBytes(content)))}";
    }

    /// <summary>Writes a JSON object. A string that is not valid Unicode is written as an escape sequence.</summary>
    private static byte[] Json(Dictionary<string, object?> values) => Encoding.UTF8.GetBytes("{" + string.Join(',', values.Select(
        value => $"\"{value.Key}\":{(value.Value is string text && text.Contains('\ud800', StringComparison.Ordinal)
            ? "\"\\ud800\""
            : JsonSerializer.Serialize(value.Value))}")) + "}");

    private static string Encode(ReadOnlySpan<byte> bytes) => Base64Url.EncodeToString(bytes);

    /// <summary>Returns <c>true</c> if only bits of the signature that encode nothing were changed.</summary>
    private static bool IsSame(string damaged, string token)
    {
        var (left, right) = (damaged.Split('.'), token.Split('.'));
        return left.Length == 3 && left[0] == right[0] && left[1] == right[1]
            && string.Compare(left[2], 0, right[2], 0, right[2].Length - 1, false, CultureInfo.InvariantCulture) == 0;
    }
}
