namespace Ews.ImService.Protocol.SignIn;

/// <summary>The schemes of Authorization headers that have names of their own: only these may be shown of a header whose rest is a secret.</summary>
public static class AuthenticationScheme
{
    private static readonly string[] Known = ["Basic", "NTLM", "Bearer", "Negotiate", "Digest"];

    /// <summary>The scheme of a header; null where a secret may stand in its place.</summary>
    public static string? Find(string header) => Known.FirstOrDefault(name => (header + " ").StartsWith(name + " ", StringComparison.OrdinalIgnoreCase));
}
