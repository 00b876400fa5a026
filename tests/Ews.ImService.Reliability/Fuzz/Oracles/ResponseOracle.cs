using System.Text;
using Ews.ImService.Reliability.Fuzz.Wire;

namespace Ews.ImService.Reliability.Fuzz.Oracles;

/// <summary>Compares responses with the expectation of their case.</summary>
/// <param name="leaks">Checks what no response may contain.</param>
/// <param name="verdict">Validates EWS responses.</param>
internal sealed class ResponseOracle(LeakOracle leaks, SchemaVerdict verdict)
{
    private const int FirstError = 400;

    /// <summary>Returns the reason why a response is wrong, or <c>null</c>.</summary>
    public string? Check(FuzzCase sent, HttpReply reply) => leaks.Check(sent, reply) ?? sent.Expectation switch
    {
        Expectation.Success when reply.Status is < 200 or >= 300 => "A valid request is rejected.",
        Expectation.Rejection when reply.Status < FirstError => "An invalid request succeeds.",
        Expectation.NoViolation when reply.Body.Contains("ErrorSchemaValidation", StringComparison.Ordinal) =>
            "A request that is valid against the schema is rejected as a violation.",
        _ when IsOperationResponse(reply) && verdict.FindViolation(Utf8(reply)) is { } violation =>
            $"The response is not valid against the schema: {violation}",
        _ => null,
    };

    /// <summary>Returns the reason why the responses to bytes that are not one request are wrong, or <c>null</c>.</summary>
    public string? Check(FuzzCase sent, IReadOnlyList<HttpReply> replies)
    {
        var wrong = replies.Select(reply => leaks.Check(sent, reply)).FirstOrDefault(problem => problem is not null);
        if (wrong is not null)
            return wrong;
        var successes = replies.Count(reply => reply.Status is >= 200 and < FirstError);
        return successes > sent.MaxSuccesses ? $"{successes} responses are a success; at most {sent.MaxSuccesses} may be." : null;
    }

    /// <summary>
    /// Returns <c>true</c> for a response in the spelling of the schema; the other one has documented differences. ErrorSubscriptionIds
    /// differs from the schema as well, because clients read it so (docs/decisions/0030-subscriptions.md).
    /// </summary>
    private static bool IsOperationResponse(HttpReply reply) => reply.Status == 200
        && !reply.Body.Contains("<ErrorSubscriptionIds", StringComparison.Ordinal)
        && reply.Body.Contains("ResponseClass=\"", StringComparison.Ordinal)
        && reply.Body.Contains("\"http://schemas.microsoft.com/exchange/services/2006/messages\"", StringComparison.Ordinal);

    private static string Utf8(HttpReply reply) => Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(reply.Body));
}
