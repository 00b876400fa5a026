using Ews.ImService.Protocol.Xml;

namespace Ews.ImService.Protocol.Operations.ImList;

/// <summary>
/// Writes the parts of a list, its groups and personas, and reuses parts of an earlier list whose sources did not change.
/// </summary>
/// <param name="namespaces">The namespace spelling of the list.</param>
/// <param name="earlier">The parts of an earlier list, by their source; <c>null</c> if there is none.</param>
internal sealed class EncodedParts(EwsNamespaces namespaces, Dictionary<object, EncodedPart>? earlier)
{
    private readonly ChunkedBuffer _buffer = new();

    /// <summary>Gets the written parts by their source.</summary>
    public Dictionary<object, EncodedPart> Written { get; } =
        new(earlier?.Count ?? 0, ReferenceEqualityComparer.Instance);

    /// <summary>Writes a part.</summary>
    /// <param name="xml">The writer of the list, which is in an element of the types namespace.</param>
    /// <param name="source">The immutable object that the part represents.</param>
    /// <param name="others">Other immutable objects from which the part is written.</param>
    /// <param name="write">Writes the part.</param>
    public void Write(EwsXmlWriter xml, object source, IReadOnlyList<object> others, Action<EwsXmlWriter> write)
    {
        if (earlier is null || !earlier.TryGetValue(source, out var part) || !part.IsFrom(others))
        {
            write(EwsXmlWriter.CreateForTypes(_buffer, namespaces, xml.HasMilliseconds));
            part = new EncodedPart(others, _buffer.TakeArray());
        }

        Written.Add(source, part);
        xml.Insert(part.Bytes);
    }
}

/// <summary>A part of a list.</summary>
/// <param name="Others">The immutable objects, in addition to its source, from which the part was written.</param>
/// <param name="Bytes">The encoded part.</param>
internal sealed record EncodedPart(IReadOnlyList<object> Others, byte[] Bytes)
{
    /// <summary>Determines whether the part was written from the same objects.</summary>
    public bool IsFrom(IReadOnlyList<object> others) => Others.SequenceEqual(others, ReferenceEqualityComparer.Instance);
}
