using System.Xml;

namespace Ews.ImService.Protocol.Soap;

/// <summary>A request's characters.</summary>
/// <param name="Text">All of them, or those before the first byte that means none.</param>
/// <param name="Damage">Null, or why the text ends early.</param>
internal sealed record RequestText(string Text, string? Damage)
{
    /// <summary>Reads the text; whoever reads as far as the damage gets it as an XmlException, so that faults before it are told first.</summary>
    public TextReader Open() => Damage is null ? new StringReader(Text) : new DamagedReader(Text, Damage);

    private sealed class DamagedReader(string text, string damage) : StringReader(text)
    {
        private readonly string _text = text;

        public override int Read(char[] buffer, int index, int count)
        {
            var read = base.Read(buffer, index, count);
            if (read > 0)
                return read;

            var line = 1 + _text.Count(c => c == '\n');
            throw new XmlException(damage, null, line, _text.Length - _text.LastIndexOf('\n'));
        }
    }
}
