namespace Ews.ImService.Control.Documents;

/// <summary>Shortens texts from a document for messages.</summary>
internal static class Excerpt
{
    private const int MaxValueLength = 256;

    /// <summary>Returns a value of a document as it appears in a message: its first 256 characters.</summary>
    public static string Of(string value) => Of(value, MaxValueLength);

    /// <summary>Returns the first characters of a text, with an ellipsis if there are more.</summary>
    /// <param name="text">The text.</param>
    /// <param name="maxLength">The maximum number of characters, except for the ellipsis.</param>
    public static string Of(string text, int maxLength)
    {
        if (text.Length <= maxLength)
            return text;
        var end = char.IsHighSurrogate(text[maxLength - 1]) ? maxLength - 1 : maxLength;
        return text[..end] + "…";
    }
}
