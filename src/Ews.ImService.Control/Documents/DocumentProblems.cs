namespace Ews.ImService.Control.Documents;

/// <summary>The violations in a document, each with its JSON path.</summary>
internal sealed class DocumentProblems
{
    /// <summary>The number of violations after which a document is not read further.</summary>
    public const int MaxCount = 1000;

    private const int MaxListed = 100;
    private const int MaxLength = 1000;

    private readonly List<string> _listed = [];
    private readonly HashSet<string> _rejected = new(StringComparer.Ordinal);

    /// <summary>Gets the number of violations.</summary>
    public int Count { get; private set; }

    /// <summary>Gets a value that indicates whether there are so many violations that a document need not be read further.</summary>
    public bool IsFull => Count >= MaxCount;

    /// <summary>Adds the violation of a value that cannot be used.</summary>
    /// <param name="path">The JSON path, such as <c>$.mailboxes[0].smtpAddress</c>.</param>
    /// <param name="rule">The rule, such as "must be a string".</param>
    public void Reject(string path, string rule)
    {
        _rejected.Add(path);
        Add($"{path} {rule}.");
    }

    /// <summary>Adds the violation of a rule, unless the value was already rejected as unusable.</summary>
    /// <param name="path">The JSON path.</param>
    /// <param name="rule">The rule.</param>
    public void Add(string path, string rule)
    {
        if (!IsRejected(path))
            Add($"{path} {rule}.");
    }

    /// <summary>Returns <c>true</c> if the value at a path, or a value that contains it, cannot be used; otherwise, <c>false</c>.</summary>
    public bool IsRejected(string path)
    {
        for (var end = path.Length; end > 0; end = path.LastIndexOfAny(['.', '['], end - 1))
        {
            if (_rejected.Contains(path[..end]))
                return true;
        }

        return false;
    }

    /// <summary>Adds a violation of the whole document, as a sentence.</summary>
    public void Add(string problem)
    {
        if (Count++ < MaxListed)
            _listed.Add(Excerpt.Of(problem, MaxLength));
    }

    /// <summary>Returns the violations, one sentence each; at most the first hundred.</summary>
    public IReadOnlyList<string> ToList() => Count <= MaxListed ? _listed
        : [.. _listed, $"{(IsFull ? "At least " : "")}{Count - MaxListed} more problems are not listed."];
}
