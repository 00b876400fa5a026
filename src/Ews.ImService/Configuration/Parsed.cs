namespace Ews.ImService.Configuration;

/// <summary>The result of parsing the text of a setting: a value, or the rule that the text violates.</summary>
/// <param name="Value">The value; undefined if <paramref name="Violation"/> is not <c>null</c>.</param>
/// <param name="Violation">The violated rule; <c>null</c> if the text is valid.</param>
internal readonly record struct Parsed<T>(T? Value, Violation? Violation)
{
    /// <summary>Creates the result of a valid text.</summary>
    public static implicit operator Parsed<T>(T value) => new(value, null);

    /// <summary>Creates the result of an invalid text.</summary>
    public static implicit operator Parsed<T>(Violation violation) => new(default, violation);

    /// <summary>Converts a value; a violation is returned unchanged.</summary>
    public Parsed<TOther> Select<TOther>(Func<T, TOther> convert) => Violation is null ? convert(Value!) : Violation;
}

/// <summary>The rule that a text violates.</summary>
/// <param name="Rule">The rule, as it follows "must be".</param>
/// <param name="Part">The part of the text that violates it; <c>null</c> for the whole text.</param>
internal sealed record Violation(string Rule, string? Part = null)
{
    /// <summary>Creates the rule that a text must be one of several names.</summary>
    public static Violation OneOf(IReadOnlyList<string> names) => new(
        names.Count == 2 ? $"{names[0]} or {names[1]}" : $"{string.Join(", ", names.SkipLast(1))}, or {names[^1]}");
}
