using System.Globalization;
using Ews.ImService.Mailbox;

namespace Ews.ImService.Configuration;

/// <summary>The declaration of a setting. Reading, validation, help, environment names, and docs/settings.md derive from it.</summary>
/// <param name="Key">
/// The configuration key. <c>N</c> is the index of a list item; <c>...</c> at the end means any key of a section.
/// </param>
/// <param name="Help">One or more sentences for the help and the documentation.</param>
internal abstract record Setting(string Key, string Help)
{
    /// <summary>The prefix of environment variables.</summary>
    public const string EnvironmentPrefix = "EWSIM_";

    /// <summary>The part of a key that stands for the index of a list item.</summary>
    public const string Index = "N";

    private const string CommandSection = "Client:";
    private const string AnyKey = "...";
    private const string AddressRule = "an SMTP address such as user@contoso.com";

    /// <summary>Gets the placeholder of the value in the help.</summary>
    public abstract string ValueName { get; init; }

    /// <summary>Gets the values that are valid, if there are only few; otherwise, empty.</summary>
    public abstract IReadOnlyList<string> Values { get; init; }

    /// <summary>Gets the default value as text; empty if there is none.</summary>
    public abstract string DefaultText { get; init; }

    /// <summary>Gets the short option on the command line, such as <c>--db</c>; <c>null</c> if there is only the key.</summary>
    public string? ShortName { get; init; }

    /// <summary>Gets the value that the short option sets; <c>null</c> if the option is followed by its value.</summary>
    public string? ShortValue { get; init; }

    /// <summary>Gets a value that indicates whether messages must not contain the value.</summary>
    public bool IsSecret { get; init; }

    /// <summary>Gets a function that determines whether a text may contain a secret; <c>null</c> if no text or every text does.</summary>
    public Func<string, bool>? MayBeSecret { get; init; }

    /// <summary>Gets a value that indicates whether the setting is an option of a command other than <c>serve</c>.</summary>
    public bool IsOfCommand => Key.StartsWith(CommandSection, StringComparison.Ordinal);

    /// <summary>Gets a value that indicates whether the key stands for any number of keys, such as those of the items of a list.</summary>
    public bool IsRepeated => Key.Split(':') is var parts && (parts[^1] == AnyKey || parts.Contains(Index));

    /// <summary>Gets a value that indicates whether the default is the only item of a list.</summary>
    public bool HasDefaultItem => Key.EndsWith(":" + Index, StringComparison.Ordinal) && DefaultText.Length > 0;

    /// <summary>Determines whether messages must not contain a text of the setting.</summary>
    public bool Hides(string text) => IsSecret || MayBeSecret?.Invoke(text) == true;

    /// <summary>Returns the name of the environment variable of a key.</summary>
    public static string EnvironmentNameOf(string key) => EnvironmentPrefix + key.Replace(":", "__", StringComparison.Ordinal);

    /// <summary>Declares an integer from 1 to a maximum.</summary>
    public static Setting<int> Positive(string key, int defaultValue, string help, int maximum = int.MaxValue) =>
        new(key, defaultValue, help, text => ParsePositive(text, maximum)) { ValueName = "number" };

    /// <summary>Declares a value that is true or false.</summary>
    public static Setting<bool> Boolean(string key, bool defaultValue, string help) =>
        new(key, defaultValue, help, ParseBoolean) { ValueName = "true|false" };

    /// <summary>Declares a Boolean option of a command, false by default, with a short name that takes no value.</summary>
    public static Setting<bool> Flag(string key, string shortName, string help) =>
        new(key, false, help, ParseBoolean) { ShortName = shortName, ShortValue = "true" };

    /// <summary>Declares the name of an enumeration member, which is case-insensitive.</summary>
    public static Setting<T> Choice<T>(string key, T defaultValue, string help)
        where T : struct, Enum => new(key, defaultValue, help, ParseChoice<T>);

    /// <summary>Declares a text that is validated by a function.</summary>
    public static Setting<string> Text(
        string key, string defaultValue, string help, Func<string, Parsed<string>> parse, string valueName = "text") =>
        new(key, defaultValue, help, parse) { ValueName = valueName };

    /// <summary>Declares a value without a default; an empty text is the same as no text.</summary>
    public static Setting<T?> Optional<T>(string key, string help, Func<string, Parsed<T?>> parse, string valueName = "text") =>
        new(key, default, help, parse) { IsOptional = true, ValueName = valueName };

    /// <summary>Declares a text without a default; an empty text is the same as no text.</summary>
    public static Setting<string?> OptionalText(string key, string help, string valueName = "text") =>
        Optional<string>(key, help, text => text, valueName);

    /// <summary>Declares one of several texts, in any case, without a default; an empty text is the same as no text.</summary>
    public static Setting<string?> OptionalChoice(string key, string help, IReadOnlyList<string> values) =>
        new(key, null, help, text => ParseChoice(text, values)) { IsOptional = true, Values = values };

    /// <summary>Declares the path of a file or folder, without a default; relative paths are relative to the working directory.</summary>
    public static Setting<string?> OptionalPath(string key, string help) =>
        Optional<string>(key, help, text => Path.GetFullPath(text), "path");

    /// <summary>Declares a value that messages do not contain; without a default.</summary>
    public static Setting<T?> Secret<T>(string key, string help, Func<string, Parsed<T?>> parse, string valueName = "text") =>
        new(key, default, help, parse) { IsSecret = true, ValueName = valueName };

    /// <summary>Declares an SMTP address that must be given.</summary>
    public static Setting<SmtpAddress> Address(string key, string help) =>
        new(key, default, help, ParseAddress) { ValueName = "address", Requirement = AddressRule };

    /// <summary>Parses an SMTP address.</summary>
    public static Parsed<SmtpAddress> ParseAddress(string text) =>
        SmtpAddress.TryParse(text, out var address) ? address : new Violation(AddressRule);

    /// <summary>Parses an integer from 1 to a maximum.</summary>
    public static Parsed<int> ParsePositive(string text, int maximum = int.MaxValue)
    {
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 && number <= maximum)
            return number;
        return new Violation(text.Length > 0 && text.All(char.IsAsciiDigit) && text.Any(c => c != '0')
            ? string.Create(CultureInfo.InvariantCulture, $"at most {maximum}")
            : "a positive integer");
    }

    /// <summary>Determines whether a key of the configuration is the key of this setting, or of an item of it.</summary>
    public bool Matches(string key)
    {
        var (own, given) = (Key.Split(':'), key.Split(':'));
        if (own[^1] == AnyKey ? given.Length < own.Length : given.Length != own.Length)
            return false;
        for (var i = 0; i < own.Length; i++)
        {
            var isMatch = own[i] switch
            {
                AnyKey => true,
                Index => IsIndex(given[i]),
                var part => part.Equals(given[i], StringComparison.OrdinalIgnoreCase),
            };
            if (!isMatch)
                return false;
        }

        return true;
    }

    /// <summary>Returns a key that <see cref="Matches"/> in the case of the declaration; a key of a section is not changed.</summary>
    public string Normalize(string key) => Key.EndsWith(AnyKey, StringComparison.Ordinal) ? key : KeyWithIndexesOf(key);

    /// <summary>Returns the key with the indexes of another key instead of <c>N</c>, or 0 if the other key has no index.</summary>
    public string KeyWithIndexesOf(string other)
    {
        var indexes = new Queue<string>(other.Split(':').Where(IsIndex));
        return string.Join(':', Key.Split(':').Select(part => part != Index ? part : indexes.TryDequeue(out var index) ? index : "0"));
    }

    /// <summary>Returns a key with <c>N</c> instead of indexes.</summary>
    public static string WithoutIndexes(string key) => string.Join(':', key.Split(':').Select(part => IsIndex(part) ? Index : part));

    private static bool IsIndex(string part) => int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out _);

    private static Parsed<bool> ParseBoolean(string text) => bool.TryParse(text, out var value) ? value : new Violation("true or false");

    private static Parsed<T> ParseChoice<T>(string text)
        where T : struct, Enum => ParseChoice(text, Enum.GetNames<T>()).Select(name => Enum.Parse<T>(name!));

    private static Parsed<string?> ParseChoice(string text, IReadOnlyList<string> names) =>
        names.FirstOrDefault(name => name.Equals(text, StringComparison.OrdinalIgnoreCase)) is { } found ? found : Violation.OneOf(names);
}

/// <summary>The declaration of a setting with its type.</summary>
/// <param name="Key">The configuration key.</param>
/// <param name="Default">The value of a setting that is not given.</param>
/// <param name="Help">One or more sentences for the help and the documentation.</param>
/// <param name="Parse">Parses and validates the text.</param>
internal sealed record Setting<T>(string Key, T Default, string Help, Func<string, Parsed<T>> Parse) : Setting(Key, Help)
{
    private readonly IReadOnlyList<string>? _values;
    private readonly string? _valueName;
    private readonly string? _defaultText;

    /// <inheritdoc/>
    public override string ValueName
    {
        get => _valueName ?? (Values.Count > 0 ? string.Join('|', Values) : "text");
        init => _valueName = value;
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Values
    {
        get => _values ?? (typeof(T).IsEnum ? Enum.GetNames(typeof(T)) : typeof(T) == typeof(bool) ? ["true", "false"] : []);
        init => _values = value;
    }

    /// <inheritdoc/>
    public override string DefaultText
    {
        get => _defaultText ?? (Default is bool flag ? FormatBoolean(flag) : Convert.ToString(Default, CultureInfo.InvariantCulture)!);
        init => _defaultText = value;
    }

    /// <summary>Gets a value that indicates whether an empty text is the same as no text.</summary>
    public bool IsOptional { get; init; }

    /// <summary>Gets the rule of a required setting, as it follows "must be"; <c>null</c> if the setting is optional.</summary>
    public string? Requirement { get; init; }

    private static string FormatBoolean(bool value) => value ? "true" : "false";
}
