using System.Xml.Linq;
using Ews.ImService.Protocol.Schema;
using Ews.ImService.Protocol.Xml;

namespace Ews.ImService.Protocol.Soap;

/// <summary>Reads the envelopes of plain requests: valid requests for frequent operations, written as most clients do.</summary>
/// <remarks>
/// This reader only accepts. A request that it does not accept is read by <see cref="SoapReader"/>, which produces the same envelope for
/// plain requests, and the faults for others.
/// </remarks>
internal static class PlainRequestReader
{
    private const int OperationDepth = 2;

    private static readonly XName EnvelopeName = XName.Get("Envelope", SoapReader.EnvelopeNamespace);
    private static readonly XName HeaderName = XName.Get("Header", SoapReader.EnvelopeNamespace);
    private static readonly XName BodyName = XName.Get("Body", SoapReader.EnvelopeNamespace);

    /// <summary>Reads the envelope of a plain request.</summary>
    /// <param name="bytes">The body as received.</param>
    /// <param name="charset">The charset parameter of Content-Type, or <c>null</c>.</param>
    /// <returns>The envelope, or <c>null</c> if the request is not plain.</returns>
    public static SoapEnvelope? Read(ReadOnlySpan<byte> bytes, string? charset)
    {
        if (charset is not null && !charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase))
            return null;
        var envelope = PlainXmlReader.Read(bytes, IsExpected);
        if (envelope is not { HasAttributes: false, HasElements: true } || envelope.Name != EnvelopeName)
            return null;

        var (header, body) = envelope.Elements().ToArray() switch
        {
            [var first, var second] when first.Name == HeaderName => (first, second),
            [var only] => (null, only),
            _ => (null, null),
        };
        if (body is not { HasAttributes: false, HasElements: true } || body.Name != BodyName || !IsPlain(header))
            return null;
        if (body.FirstNode is not XElement { NextNode: null } operation
            || EwsNamespaces.OfMessages(operation.Name.NamespaceName) is not { } namespaces
            || RequestShape.Find(operation.Name.LocalName)?.Accepts(operation) != true)
        {
            return null;
        }

        return new SoapEnvelope(namespaces, header?.Elements().ToArray() ?? [], [operation]);
    }

    /// <summary>
    /// Stops reading at a name that the service does not know, and at an operation without a shape: only the schema can determine whether
    /// the request is valid.
    /// </summary>
    private static bool IsExpected(XNamespace space, string localName, int depth) =>
        RequestNames.IsKnown(localName)
        && (depth != OperationDepth
            || EwsNamespaces.OfMessages(space.NamespaceName) is null
            || RequestShape.Find(localName) is not null);

    /// <summary>
    /// Returns <c>true</c> if no header is white space only, which is part of the header or not depending on its schema; otherwise,
    /// <c>false</c>.
    /// </summary>
    private static bool IsPlain(XElement? header) => header is null
        || (header is { HasAttributes: false, FirstNode: null or XElement }
            && header.Descendants().All(element => element.HasElements || element.Value.Length == 0 || !IsBlank(element.Value)));

    private static bool IsBlank(string text) => text.AsSpan().Trim(" \t\n").IsEmpty;
}
