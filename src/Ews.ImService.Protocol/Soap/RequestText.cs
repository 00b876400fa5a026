using System.Xml;

namespace Ews.ImService.Protocol.Soap;

/// <summary>The text of a request.</summary>
/// <param name="Text">The complete text, or the part before the first invalid byte.</param>
/// <param name="DecodingError">The reason why the text is incomplete, or <c>null</c>.</param>
internal sealed record RequestText(string Text, string? DecodingError)
{
    /// <summary>
    /// Opens the text. Reading the invalid byte throws an <see cref="XmlException"/>, so that XML errors before it are
    /// reported first.
    /// </summary>
    public TextReader Open() => DecodingError is null ? new StringReader(Text) : new IncompleteReader(Text, DecodingError);

    private sealed class IncompleteReader(string text, string error) : StringReader(text)
    {
        private readonly string _text = text;

        public override int Read(char[] buffer, int index, int count)
        {
            var read = base.Read(buffer, index, count);
            if (read > 0)
                return read;

            var line = 1 + _text.Count(c => c == '\n');
            throw new XmlException(error, null, line, _text.Length - _text.LastIndexOf('\n'));
        }
    }
}
