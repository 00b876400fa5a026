namespace Ews.ImService.Control.Documents;

/// <summary>A document on which the service depends, such as a seed document at the start, is not valid.</summary>
/// <param name="problems">The violations in the document, one sentence each.</param>
public sealed class DocumentException(IReadOnlyList<string> problems) : Exception(string.Join(' ', problems))
{
    /// <summary>Gets the violations in the document, one sentence each.</summary>
    public IReadOnlyList<string> Problems => problems;
}
