using System.Buffers;
using System.Text;

namespace Ews.ImService.Control.Documents;

/// <summary>The path of the value that a reader is reading. Its text is created only when a problem is reported.</summary>
internal sealed class DocumentPath
{
    private static readonly SearchValues<char> SpecialCharacters = SearchValues.Create(".'\"[]()/\\ \t\r\n");

    private readonly Stack<Segment> _segments = new();

    /// <summary>Enters a property of an object.</summary>
    public void EnterProperty(string name) => _segments.Push(new Segment(name, Index: 0, IsQuoted: false));

    /// <summary>Enters a property that the contract does not name, such as the path of a contact property.</summary>
    public void EnterKey(string name) => _segments.Push(new Segment(name, Index: 0, IsQuoted: true));

    /// <summary>Enters a property that is quoted only if its name contains special characters.</summary>
    public void EnterAnyProperty(string name) =>
        _segments.Push(new Segment(name, Index: 0, IsQuoted: name.AsSpan().ContainsAny(SpecialCharacters)));

    /// <summary>Enters an item of an array.</summary>
    public void EnterItem(int index) => _segments.Push(new Segment(Name: null, index, IsQuoted: false));

    /// <summary>Returns to the object or array that contains the value.</summary>
    public void Leave() => _segments.Pop();

    /// <summary>Returns the JSON path, such as <c>$.mailboxes[0].smtpAddress</c>.</summary>
    public override string ToString()
    {
        var text = new StringBuilder("$");
        foreach (var (name, index, isQuoted) in _segments.Reverse())
        {
            if (name is null)
                text.Append('[').Append(index).Append(']');
            else if (isQuoted)
                text.Append("['").Append(Excerpt.Of(name)).Append("']");
            else
                text.Append('.').Append(Excerpt.Of(name));
        }

        return text.ToString();
    }

    private readonly record struct Segment(string? Name, int Index, bool IsQuoted);
}
