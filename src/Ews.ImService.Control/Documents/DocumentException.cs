namespace Ews.ImService.Control.Documents;

/// <summary>A document, such as a seed or a fault, cannot be used.</summary>
public sealed class DocumentException : Exception
{
    private const int MostProblems = 100;

    /// <summary>Tells what is wrong.</summary>
    /// <param name="problems">Everything that is wrong, a sentence each.</param>
    public DocumentException(IReadOnlyList<string> problems)
        : base(problems[0]) => Problems = problems.Count <= MostProblems
            ? problems
            : [.. problems.Take(MostProblems), $"And {problems.Count - MostProblems} more."];

    /// <summary>What is wrong, a sentence each; of very many, the first.</summary>
    public IReadOnlyList<string> Problems { get; }
}
