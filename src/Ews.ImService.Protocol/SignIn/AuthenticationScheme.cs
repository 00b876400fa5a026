namespace Ews.ImService.Protocol.SignIn;

/// <summary>The well-known schemes of Authorization headers. Logs and the journal contain no other part of these headers.</summary>
public static class AuthenticationScheme
{
    private static readonly string[] Known = ["Basic", "NTLM", "Bearer", "Negotiate", "Digest"];

    /// <summary>Finds the scheme of a header.</summary>
    /// <param name="header">The header value.</param>
    /// <returns>The scheme, or <c>null</c> if it is not well-known, because it may be a secret.</returns>
    public static string? Find(string header) =>
        Known.FirstOrDefault(name => (header + " ").StartsWith(name + " ", StringComparison.OrdinalIgnoreCase));
}
