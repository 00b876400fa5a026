using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Ews.ImService.Protocol.SignIn;

/// <summary>
/// Verifies signed tokens: HS256 with a secret, RS256 with a public key. The algorithm is selected by the configured key, never by the
/// token.
/// </summary>
/// <remarks>RFC 7519. No extension is supported, so that a token with critical extensions is not valid (RFC 7515 4.1.11).</remarks>
internal sealed class Jwt(JwtOptions options, TimeProvider clock)
{
    private const double FirstSecond = -62_135_596_800;
    private const double LastSecond = 253_402_300_800;

    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(5);

    /// <summary>The claims that can name the user; the first one that is present is used.</summary>
    private static readonly string[] UserClaims = ["upn", "smtp", "email", "preferred_username", "unique_name", "sub"];

    private readonly bool _isRsa = options.Key.Contains("-----BEGIN ", StringComparison.Ordinal);

    /// <summary>Returns the user that a token names, or <c>null</c> if the token is not valid.</summary>
    public string? FindUser(string token)
    {
        var parts = token.Split('.');
        if (parts.Length != 3 || !parts.All(IsBase64Url))
            return null;
        try
        {
            using var header = JsonDocument.Parse(Base64Url.DecodeFromChars(parts[0]));
            if (Text(header.RootElement, "alg") != (_isRsa ? "RS256" : "HS256")
                || header.RootElement.TryGetProperty("crit", out _)
                || !IsSigned(Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), Base64Url.DecodeFromChars(parts[2])))
            {
                return null;
            }

            using var claims = JsonDocument.Parse(Base64Url.DecodeFromChars(parts[1]));
            return IsValid(claims.RootElement) ? FindUser(claims.RootElement) : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null; // The text is not JSON, or a string in it is not valid Unicode.
        }
    }

    /// <summary>Returns the user that a token names, without verification; <c>null</c> if the text is not a token.</summary>
    public static string? FindUserUnchecked(string token)
    {
        var parts = token.Split('.');
        if (parts.Length != 3 || !Base64Url.IsValid(parts[1]))
            return null;
        try
        {
            using var claims = JsonDocument.Parse(Base64Url.DecodeFromChars(parts[1]));
            return FindUser(claims.RootElement);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>Determines whether a part of a token is valid. .NET ignores white space, which a token does not contain.</summary>
    private static bool IsBase64Url(string part) => Base64Url.IsValid(part) && !part.Any(char.IsWhiteSpace);

    private static string? FindUser(JsonElement claims) =>
        UserClaims.Select(claim => Text(claims, claim)).FirstOrDefault(user => user is not null);

    private static string? Text(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    private bool IsSigned(byte[] content, byte[] signature)
    {
        if (!_isRsa)
            return CryptographicOperations.FixedTimeEquals(HMACSHA256.HashData(Encoding.UTF8.GetBytes(options.Key), content), signature);
        using var key = RSA.Create();
        key.ImportFromPem(options.Key);
        return key.VerifyData(content, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
    }

    private bool IsValid(JsonElement claims)
    {
        if (claims.ValueKind != JsonValueKind.Object)
            return false;
        var now = clock.GetUtcNow();
        return (options.Issuer is null || Text(claims, "iss") == options.Issuer)
            && (options.Audience is null || Audiences(claims).Contains(options.Audience))
            && (!claims.TryGetProperty("exp", out var expires) || now - ClockSkew < Time(expires))
            && (!claims.TryGetProperty("nbf", out var begins) || now + ClockSkew > Time(begins));
    }

    private static IEnumerable<string?> Audiences(JsonElement claims) =>
        claims.TryGetProperty("aud", out var audience) && audience.ValueKind == JsonValueKind.Array
        ? audience.EnumerateArray().Where(one => one.ValueKind == JsonValueKind.String).Select(one => one.GetString())
        : [Text(claims, "aud")];

    /// <summary>Reads a time. <c>null</c> fails both comparisons, so a token with an invalid time is not valid.</summary>
    private static DateTimeOffset? Time(JsonElement seconds) =>
        seconds.ValueKind == JsonValueKind.Number && seconds.TryGetDouble(out var number) && number is > FirstSecond and < LastSecond
            ? DateTimeOffset.FromUnixTimeSeconds((long)number)
            : null;
}
