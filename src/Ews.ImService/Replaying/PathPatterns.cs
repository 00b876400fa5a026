namespace Ews.ImService.Replaying;

/// <summary>The paths whose differences are accepted.</summary>
/// <param name="patterns">
/// The patterns. A pattern contains names or <c>*</c>, separated by <c>/</c>, and matches the end of a path, or all of it if the pattern
/// begins with <c>/</c>. A name without an index matches every index.
/// </param>
internal sealed class PathPatterns(IEnumerable<string> patterns)
{
    private const char Separator = '/';
    private const string Any = "*";
    private const char Comment = '#';

    private readonly List<(string[] Segments, bool IsAnchored)> _patterns = patterns
        .Select(pattern => (pattern.Trim(Separator).Split(Separator), pattern.StartsWith(Separator)))
        .ToList();

    /// <summary>Reads the lines of a file: one pattern on each, except for empty lines and comments, which begin with <c>#</c>.</summary>
    public static IEnumerable<string> Read(string text) => text
        .Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        .Where(line => !line.StartsWith(Comment));

    /// <summary>Returns <c>true</c> if a pattern matches a path; otherwise, <c>false</c>.</summary>
    public bool Match(ElementPath path) => _patterns.Exists(pattern => Matches(pattern.Segments, pattern.IsAnchored, path.Segments));

    private static bool Matches(string[] pattern, bool isAnchored, IReadOnlyList<string> path)
    {
        var start = path.Count - pattern.Length;
        if (start < 0 || (isAnchored && start > 0))
            return false;
        for (var i = 0; i < pattern.Length; i++)
        {
            if (pattern[i] != Any && pattern[i] != path[start + i] && pattern[i] != ElementPath.WithoutIndex(path[start + i]))
                return false;
        }

        return true;
    }
}
