namespace Ews.ImService.Settings;

/// <summary>One thing that users may set.</summary>
/// <param name="Key">Its key in configuration; N stands for an item's number.</param>
/// <param name="Default">What holds where it is not set; empty for nothing.</param>
/// <param name="Meaning">What it does, for the help text.</param>
internal sealed record Setting(string Key, string Default, string Meaning)
{
    /// <summary>Whether a key of the configuration is this setting's, with a number where N stands.</summary>
    public bool Matches(string key)
    {
        var own = Key.Split(':');
        var given = key.Split(':');
        return own.Length == given.Length && own.Zip(given).All(pair => pair.First == "N"
            ? int.TryParse(pair.Second, out _)
            : string.Equals(pair.First, pair.Second, StringComparison.OrdinalIgnoreCase));
    }
}
