namespace Ews.ImService.Mailbox;

/// <summary>The GUIDs of the property sets in which MAPI identifies named properties.</summary>
/// <remarks>[MS-OXPROPS] 1.3.2.</remarks>
public static class MapiPropertySet
{
    /// <summary>The set of properties that contacts share with address books.</summary>
    public const string Address = "00062004-0000-0000-C000-000000000046";

    /// <summary>The set of properties of all kinds of items.</summary>
    public const string Common = "00062008-0000-0000-C000-000000000046";

    /// <summary>The set of properties with public names.</summary>
    public const string PublicStrings = "00020329-0000-0000-C000-000000000046";

    /// <summary>The set of properties that Exchange ActiveSync adds.</summary>
    public const string AirSync = "71035549-0739-4DCB-9163-00F0580DBBDF";

    private static readonly Dictionary<string, string> Distinguished = new(StringComparer.Ordinal)
    {
        ["Meeting"] = "6ED8DA90-450B-101B-98DA-00AA003F1305",
        ["Appointment"] = "00062002-0000-0000-C000-000000000046",
        ["Common"] = Common,
        ["PublicStrings"] = PublicStrings,
        ["Address"] = Address,
        ["InternetHeaders"] = "00020386-0000-0000-C000-000000000046",
        ["CalendarAssistant"] = "11000E07-B51B-40D6-AF21-CAA85EDAB1D0",
        ["UnifiedMessaging"] = "4442858E-A9E3-4E80-B900-317A210CC15B",
        ["Task"] = "00062003-0000-0000-C000-000000000046",
        ["Sharing"] = "00062040-0000-0000-C000-000000000046",
    };

    /// <summary>Returns the GUID of the set that EWS names by an attribute DistinguishedPropertySetId.</summary>
    /// <param name="name">The name, which is one of the schema.</param>
    public static string FindDistinguished(string name) => Distinguished[name];
}
