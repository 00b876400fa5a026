using System.Collections.Frozen;

namespace Ews.ImService.Mailbox;

/// <summary>The numbers by which MAPI identifies cultures.</summary>
/// <remarks>[MS-LCID] 2.2. The list contains the languages in which Exchange and its clients are available.</remarks>
public static class LocaleIds
{
    /// <summary>The bits of a number that identify the language without the country.</summary>
    private const int LanguageBits = 0x3FF;

    private static readonly FrozenDictionary<string, int> ByName = Create();

    private static readonly FrozenDictionary<int, string> ById =
        ByName.GroupBy(pair => pair.Value).ToFrozenDictionary(group => group.Key, group => group.Min(pair => pair.Key)!);

    /// <summary>Returns the number of a culture, or <c>null</c> if the culture is not known.</summary>
    /// <param name="name">The name of the culture, such as <c>en-US</c> or <c>en</c>, in any case.</param>
    public static int? FindId(string name) => ByName.TryGetValue(name, out var id) ? id : null;

    /// <summary>Returns the name of a culture, or <c>null</c> if the number is not known.</summary>
    /// <param name="id">The number of the culture.</param>
    public static string? FindName(int id) => ById.GetValueOrDefault(id);

    private static FrozenDictionary<string, int> Create()
    {
        (string Name, int Id)[] cultures =
        [
            ("ar-SA", 0x0401), ("bg-BG", 0x0402), ("ca-ES", 0x0403), ("zh-TW", 0x0404), ("cs-CZ", 0x0405), ("da-DK", 0x0406),
            ("de-DE", 0x0407), ("el-GR", 0x0408), ("en-US", 0x0409), ("fi-FI", 0x040B), ("fr-FR", 0x040C), ("he-IL", 0x040D),
            ("hu-HU", 0x040E), ("is-IS", 0x040F), ("it-IT", 0x0410), ("ja-JP", 0x0411), ("ko-KR", 0x0412), ("nl-NL", 0x0413),
            ("nb-NO", 0x0414), ("pl-PL", 0x0415), ("pt-BR", 0x0416), ("rm-CH", 0x0417), ("ro-RO", 0x0418), ("ru-RU", 0x0419),
            ("hr-HR", 0x041A), ("sk-SK", 0x041B), ("sq-AL", 0x041C), ("sv-SE", 0x041D), ("th-TH", 0x041E), ("tr-TR", 0x041F),
            ("ur-PK", 0x0420), ("id-ID", 0x0421), ("uk-UA", 0x0422), ("be-BY", 0x0423), ("sl-SI", 0x0424), ("et-EE", 0x0425),
            ("lv-LV", 0x0426), ("lt-LT", 0x0427), ("fa-IR", 0x0429), ("vi-VN", 0x042A), ("hy-AM", 0x042B), ("az-Latn-AZ", 0x042C),
            ("eu-ES", 0x042D), ("mk-MK", 0x042F), ("af-ZA", 0x0436), ("ka-GE", 0x0437), ("fo-FO", 0x0438), ("hi-IN", 0x0439),
            ("mt-MT", 0x043A), ("ms-MY", 0x043E), ("kk-KZ", 0x043F), ("ky-KG", 0x0440), ("sw-KE", 0x0441), ("uz-Latn-UZ", 0x0443),
            ("tt-RU", 0x0444), ("bn-IN", 0x0445), ("pa-IN", 0x0446), ("gu-IN", 0x0447), ("ta-IN", 0x0449), ("te-IN", 0x044A),
            ("kn-IN", 0x044B), ("ml-IN", 0x044C), ("mr-IN", 0x044E), ("cy-GB", 0x0452), ("gl-ES", 0x0456), ("fil-PH", 0x0464),
            ("zh-CN", 0x0804), ("de-CH", 0x0807), ("en-GB", 0x0809), ("es-MX", 0x080A), ("fr-BE", 0x080C), ("it-CH", 0x0810),
            ("nl-BE", 0x0813), ("nn-NO", 0x0814), ("pt-PT", 0x0816), ("sv-FI", 0x081D), ("ga-IE", 0x083C), ("ar-EG", 0x0C01),
            ("zh-HK", 0x0C04), ("de-AT", 0x0C07), ("en-AU", 0x0C09), ("es-ES", 0x0C0A), ("fr-CA", 0x0C0C), ("zh-SG", 0x1004),
            ("de-LU", 0x1007), ("en-CA", 0x1009), ("fr-CH", 0x100C), ("zh-MO", 0x1404), ("de-LI", 0x1407), ("en-NZ", 0x1409),
            ("fr-LU", 0x140C), ("en-IE", 0x1809), ("en-ZA", 0x1C09), ("es-VE", 0x200A), ("es-CO", 0x240A), ("es-PE", 0x280A),
            ("es-AR", 0x2C0A), ("es-CL", 0x340A), ("en-IN", 0x4009), ("en-SG", 0x4809), ("sr-Latn-RS", 0x241A), ("sr-Cyrl-RS", 0x281A),
        ];
        var byName = cultures.ToDictionary(culture => culture.Name, culture => culture.Id, StringComparer.OrdinalIgnoreCase);
        foreach (var (name, id) in cultures)
            byName.TryAdd(name[..name.IndexOf('-', StringComparison.Ordinal)], id & LanguageBits);
        return byName.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
    }
}
