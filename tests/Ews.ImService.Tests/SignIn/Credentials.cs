using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Ews.ImService.Protocol;
using Ews.ImService.Protocol.SignIn;

namespace Ews.ImService.Tests.SignIn;

/// <summary>Creates credentials of all schemes, and requests with them.</summary>
internal static class Credentials
{
    /// <summary>A NEGOTIATE_MESSAGE of NTLM.</summary>
    public const string Negotiate = "TlRMTVNTUAABAAAAB4IIogAAAAAAAAAAAAAAAAAAAAAKAO5CAAAADw==";

    /// <summary>The key of signed tokens.</summary>
    public const string Secret = "a secret of enough characters";

    public static AuthenticationHeaderValue Basic(string name, string password) =>
        new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{name}:{password}")));

    /// <summary>Creates an AUTHENTICATE_MESSAGE without a response to the challenge.</summary>
    public static string Authenticate(string userName)
    {
        var user = Encoding.Unicode.GetBytes(userName);
        byte[] userField = [(byte)user.Length, 0, (byte)user.Length, 0, 64, 0, 0, 0];
        byte[] flags = [1, 0, 0, 0];
        return Convert.ToBase64String([.. "NTLMSSP\0"u8, 3, 0, 0, 0, .. new byte[24], .. userField, .. new byte[16], .. flags, .. user]);
    }

    /// <summary>Creates an AUTHENTICATE_MESSAGE with the NTLMv2 response to the challenge in an HTTP response.</summary>
    [SuppressMessage("Security", "CA5351", Justification = "NTLM requires HMAC-MD5.")]
    public static string Authenticate(string userName, string password, HttpResponseMessage challenge)
    {
        var (user, blob) = (Encoding.Unicode.GetBytes(userName), new byte[28]);
        var sent = Convert.FromBase64String(challenge.Headers.WwwAuthenticate.Single().Parameter!)[24..32];
        var key = HMACMD5.HashData(NtHash.Compute(password), Encoding.Unicode.GetBytes(userName.ToUpperInvariant()));
        byte[] proven = [.. sent, .. blob];
        byte[] response = [.. HMACMD5.HashData(key, proven), .. blob];
        var message = Convert.FromBase64String(Authenticate(userName));
        (message[20], message[22], message[24]) = ((byte)response.Length, (byte)response.Length, (byte)message.Length);
        return Convert.ToBase64String([.. message, .. response]);
    }

    public static HttpClient NtlmClient(TestService service, string name, string password)
    {
        var parts = name.Split('\\');
        var credential = parts.Length == 2 ? new NetworkCredential(parts[1], password, parts[0]) : new NetworkCredential(name, password);
        var handler = new SocketsHttpHandler { Credentials = new CredentialCache { { service.Client.BaseAddress!, "NTLM", credential } } };
        return new HttpClient(handler) { BaseAddress = service.Client.BaseAddress };
    }

    public static HttpRequestMessage Request(string groupName = "Team", string? body = null) => new(HttpMethod.Post, EwsOptions.Path)
    {
        Content = new StringContent(body ?? EwsRequest.AddImGroup(groupName), Encoding.UTF8, "text/xml"),
    };

    public static Task<HttpResponseMessage> PostAsync(
        TestService service, AuthenticationHeaderValue? credentials, string groupName = "Team") =>
        PostAsync(service.Client, credentials, groupName);

    public static async Task<HttpResponseMessage> PostAsync(
        HttpClient client, AuthenticationHeaderValue? credentials, string groupName = "Team", string? body = null)
    {
        using var request = Request(groupName, body);
        request.Headers.Authorization = credentials;
        return await client.SendAsync(request);
    }

    /// <summary>Reads an EWS response.</summary>
    public static async Task<EwsResponse> ReadAsync(HttpResponseMessage response) => new(
        (int)response.StatusCode,
        response.Content.Headers.ContentType!.ToString(),
        await response.Content.ReadAsByteArrayAsync());

    public static string Token(string claims, string key = Secret, string algorithm = "HS256") =>
        TokenOf($"{{\"alg\":\"{algorithm}\",\"typ\":\"JWT\"}}", claims, key);

    /// <summary>Creates a token with a correct signature and any content.</summary>
    public static string TokenOf(string header, string claims, string key = Secret)
    {
        var content = $"{Base64Url(Encoding.UTF8.GetBytes(header))}.{Base64Url(Encoding.UTF8.GetBytes(claims))}";
        return $"{content}.{Base64Url(HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), Encoding.ASCII.GetBytes(content)))}";
    }

    public static string Base64Url(ReadOnlySpan<byte> bytes) => System.Buffers.Text.Base64Url.EncodeToString(bytes);
}
