using System.Globalization;

namespace Ews.ImService.Reliability.Fuzz.Mutation;

/// <summary>Texts that are at a boundary, or that belong to another type.</summary>
/// <remarks>None of them contains a text that <see cref="Oracles.LeakOracle"/> searches for.</remarks>
internal static class Values
{
    private static readonly int[] Lengths = [63, 64, 65, 255, 256, 257, 320, 512, 1024, 1025, 4096, 20_000];

    private static readonly string[] Fixed =
    [
        "", " ", "\t", "\n", "0", "1", "-1", "true", "false", "TRUE", "2147483647", "2147483648", "-2147483648", "9223372036854775808",
        "1e309", "NaN", "INF", "0x10", "1.5", "99999999999999999999", "2026-11-21", "2026-11-21T08:30:00Z", "0001-01-01T00:00:00",
        "9999-12-31T23:59:59.9999999-14:00", "2026-02-30T00:00:00Z", "-0001-01-01T00:00:00Z", "10000-01-01T00:00:00Z", "24:00:00", "P1D",
        "PT0S", "-P10675199DT2H48M5.4775808S", "en-US", "x_y!", "00000000-0000-0000-0000-000000000000", "AAMkAGQ1MjJj", "AAAA", "====",
        "AAQkAGQ1MjJjMTBkLTc4Y2UtNDA5Ny04ZjU5LWI3MTYzNGNkZmRkYQAQAJ3EkhEEXN5KufGbSYJanZk=", "user@contoso.com", "other@contoso.com",
        "USER@CONTOSO.COM", "user@contoso.com ", "@contoso.com", "user@", "\"a b\"@contoso.com", "a@b@c", "sip:user@contoso.com", "tel:1",
        "sip:", "SIP:sip:x@y", "unknown@contoso.com", "S-1-5-21-1-2-3-1001", "S-1-99999999999999999999", "contoso\\user", "%00", "%s%n",
        "'; DROP TABLE items; --", "' OR 1=1 --", "../../etc/passwd", "{{7*7}}", "${x}", "Team", "team", "Other Contacts", "Favorites",
        "ß", "ſ", "İ", "Å", "\u00C5", "A\u030A", "\u202Eabc", "\uFEFF", "\u200B", "\u2028", "\u0085", "\U0001F600",
        "\U0010FFFD", "\uFFFD", "Default", "IdOnly", "AllProperties", "contacts", "inbox", "directory", "quickcontacts", "imcontactlist",
        "contacts:DisplayName", "contacts:EmailAddress", "item:Subject", "persona:ImAddress", "EmailAddress1", "0x3001", "0x0", "0xFFFFF",
        "String", "Binary", "StringArray", "Integer", "SystemTime", "Exchange2013", "Exchange2099", "Beginning", "End", "HardDelete",
        "W. Europe Standard Time", "HR48x48", "EwsId", "EntryId", "HexEntryId", "OwaId", "StoreId",
    ];

    /// <summary>Returns a text.</summary>
    public static string Any(Random random) => random.Next(12) switch
    {
        0 => new string((char)random.Next('!', '~'), random.Choose(Lengths)),
        1 => random.Next(int.MinValue, int.MaxValue).ToString(CultureInfo.InvariantCulture),
        2 => Convert.ToBase64String(Bytes(random, random.Choose([1, 16, 46, 59, 70, 89, 113, 1025]))),
        3 => random.Choose(Fixed) + random.Choose(Fixed),
        _ => random.Choose(Fixed),
    };

    /// <summary>Returns random bytes.</summary>
    public static byte[] Bytes(Random random, int length)
    {
        var bytes = new byte[length];
        random.NextBytes(bytes);
        return bytes;
    }
}
