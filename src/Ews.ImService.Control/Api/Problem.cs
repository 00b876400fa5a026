using Ews.ImService.Control.Documents;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Ews.ImService.Control.Api;

/// <summary>Creates problem documents, the responses to requests that failed (RFC 9457).</summary>
internal static class Problem
{
    private const string Title = "The request failed.";

    /// <summary>Creates a response.</summary>
    /// <param name="statusCode">The HTTP status.</param>
    /// <param name="problems">The problems, one sentence each.</param>
    public static ProblemHttpResult Create(int statusCode, params IReadOnlyList<string> problems) =>
        TypedResults.Problem(
            string.Join(' ', problems), statusCode: statusCode, title: Title, extensions: [new("problems", problems)]);

    /// <summary>Creates a response with the status 400.</summary>
    public static ProblemHttpResult BadRequest(string problem) => Create(StatusCodes.Status400BadRequest, problem);

    /// <summary>Creates a response to a body with violations, with the status 422.</summary>
    public static ProblemHttpResult Unprocessable(DocumentProblems problems) =>
        Create(StatusCodes.Status422UnprocessableEntity, problems.ToList());

    /// <summary>Creates a response with the status 404.</summary>
    public static ProblemHttpResult NotFound(string problem) => Create(StatusCodes.Status404NotFound, problem);
}
