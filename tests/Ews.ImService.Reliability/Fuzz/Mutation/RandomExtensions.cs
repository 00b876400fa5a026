namespace Ews.ImService.Reliability.Fuzz.Mutation;

/// <summary>Random choices.</summary>
internal static class RandomExtensions
{
    /// <summary>Returns an element.</summary>
    public static T Choose<T>(this Random random, IReadOnlyList<T> choices) => choices[random.Next(choices.Count)];

    /// <summary>Returns <c>true</c> once in so many times on average.</summary>
    public static bool OneIn(this Random random, int times) => random.Next(times) == 0;

    /// <summary>Returns a copy of a text with one character or a run of characters changed.</summary>
    public static string Damage(this Random random, string text)
    {
        if (text.Length == 0)
            return "\0";
        var at = random.Next(text.Length);
        return random.Next(6) switch
        {
            0 => text[..at],
            1 => text[at..],
            2 => text.Remove(at, 1),
            3 => text.Insert(at, new string((char)random.Next(256), random.Choose([1, 1, 1, 2, 64, 1000]))),
            4 => text[..at] + (char)(text[at] ^ (1 << random.Next(7))) + text[(at + 1)..],
            _ => text + text[at..],
        };
    }

    /// <summary>Returns a copy of bytes with one byte or a run of bytes changed.</summary>
    public static byte[] Damage(this Random random, byte[] bytes)
    {
        if (bytes.Length == 0)
            return [(byte)random.Next(256)];
        var at = random.Next(bytes.Length);
        var end = random.Next(at, bytes.Length + 1);
        switch (random.Next(6))
        {
            case 0:
                return bytes[..at];
            case 1:
                return [.. bytes[..at], .. bytes[end..]];
            case 2:
                return [.. bytes[..end], .. bytes[at..]];
            case 3:
                return [.. bytes[..at], (byte)random.Next(256), .. bytes[at..]];
            default:
                byte[] changed = [.. bytes];
                changed[at] = (byte)(random.OneIn(2) ? random.Choose([0, 1, 0x7f, 0x80, 0xfe, 0xff]) : changed[at] ^ (1 << random.Next(8)));
                return changed;
        }
    }
}
