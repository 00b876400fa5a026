namespace Ews.ImService.Mailbox;

/// <summary>How IM addresses compare: without one leading <c>sip:</c>, surrounding blanks and letter case.</summary>
public static class ImAddress
{
    private const string SipPrefix = "sip:";

    /// <summary>The address without <c>sip:</c> and blanks: what an e-mail address field shows.</summary>
    public static string WithoutScheme(string address)
    {
        var trimmed = address.AsSpan().Trim();
        if (trimmed.StartsWith(SipPrefix, StringComparison.OrdinalIgnoreCase))
            trimmed = trimmed[SipPrefix.Length..].Trim();
        return trimmed.Length == address.Length ? address : trimmed.ToString();
    }

    /// <summary>The form that two spellings of one address share.</summary>
    public static string Key(string address) => WithoutScheme(address).ToUpperInvariant();
}
