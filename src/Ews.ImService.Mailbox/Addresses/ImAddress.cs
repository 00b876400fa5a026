namespace Ews.ImService.Mailbox;

/// <summary>Normalizes IM addresses.</summary>
/// <remarks>Two addresses are equal regardless of a leading <c>sip:</c>, surrounding white space, and case.</remarks>
public static class ImAddress
{
    private const string SipPrefix = "sip:";

    /// <summary>Returns an address without <c>sip:</c> and white space, in the form of email address fields.</summary>
    /// <param name="address">The IM address.</param>
    public static string WithoutScheme(string address)
    {
        var trimmed = address.AsSpan().Trim();
        if (trimmed.StartsWith(SipPrefix, StringComparison.OrdinalIgnoreCase))
            trimmed = trimmed[SipPrefix.Length..].Trim();
        return trimmed.Length == address.Length ? address : trimmed.ToString();
    }

    /// <summary>Returns a text that is the same for equal addresses.</summary>
    /// <param name="address">The IM address.</param>
    public static string Key(string address) => WithoutScheme(address).ToUpperInvariant();
}
