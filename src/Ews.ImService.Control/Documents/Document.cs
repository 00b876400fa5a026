namespace Ews.ImService.Control.Documents;

/// <summary>A document that was read.</summary>
/// <typeparam name="T">The record of the contract.</typeparam>
/// <param name="Value">The record, or <c>null</c> if the text is not a JSON object or has so many violations that it was not read to
/// its end.</param>
/// <param name="Problems">The violations in the document.</param>
internal sealed record Document<T>(T? Value, DocumentProblems Problems)
    where T : class;
