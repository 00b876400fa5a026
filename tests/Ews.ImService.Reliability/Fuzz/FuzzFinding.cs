using System.Text;
using Ews.ImService.Reliability.Fuzz.Wire;

namespace Ews.ImService.Reliability.Fuzz;

/// <summary>A response that is wrong.</summary>
/// <param name="Number">The number of the case.</param>
/// <param name="Area">The area of the case.</param>
/// <param name="Sent">The request.</param>
/// <param name="Problem">The reason, one sentence.</param>
/// <param name="Replies">The responses.</param>
internal sealed record FuzzFinding(long Number, string Area, FuzzCase Sent, string Problem, IReadOnlyList<HttpReply> Replies)
{
    private const int MaxText = 2000;

    /// <summary>Gets the identity of the underlying defect, as far as it is known: cases with the same one are reported once.</summary>
    public string Kind => $"{Area}, {Sent.What}: {Problem}";

    /// <summary>Returns a text that describes the case and how to repeat it.</summary>
    public string Describe(int seed)
    {
        var replies = Replies.Select(reply => $"{Show(reply.Head)}\n{Show(reply.Body)}");
        return $"""
            {Kind}
            repeat with --only fuzz --seed {seed} --only-case {Number}
            --- request to {Sent.Target}
            {Show(Encoding.Latin1.GetString(Sent.Bytes))}
            --- response
            {string.Join('\n', replies)}
            """;
    }

    private static string Show(string text)
    {
        var shown = string.Concat(text.Take(MaxText).Select(Show));
        return text.Length > MaxText ? $"{shown}… ({text.Length} bytes)" : shown;
    }

    private static string Show(char c) => c is '\n' or (>= ' ' and <= '~') ? $"{c}" : c == '\r' ? "" : $"\\x{(int)c:x2}";
}
