namespace Ews.ImService.Replaying;

/// <summary>The path of an element or attribute in a response: local names below the SOAP body.</summary>
/// <param name="Segments">The names, with an index such as <c>Contact[2]</c> among several siblings of one name.</param>
internal sealed record ElementPath(IReadOnlyList<string> Segments)
{
    /// <summary>The path of the SOAP body.</summary>
    public static readonly ElementPath Empty = new([]);

    /// <summary>Returns the path of a child.</summary>
    public ElementPath Append(string segment) => new([.. Segments, segment]);

    /// <summary>Returns the name of a segment without its index.</summary>
    public static string WithoutIndex(string segment) =>
        segment.IndexOf('[', StringComparison.Ordinal) is var start and >= 0 ? segment[..start] : segment;

    /// <inheritdoc/>
    public override string ToString() => string.Join('/', Segments);
}
