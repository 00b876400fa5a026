#if EWS_TESTING_PACKAGE
namespace Ews.ImService.Testing;
#else
namespace Ews.ImService.Control.Contract;
#endif

/// <summary>A problem document, which describes a request that failed (RFC 9457).</summary>
internal sealed record ControlProblem
{
    /// <summary>Gets the URI of the definition of the HTTP status.</summary>
    public string? Type { get; init; }

    /// <summary>Gets the title, which is the same for all problems.</summary>
    public required string Title { get; init; }

    /// <summary>Gets the HTTP status.</summary>
    public required int Status { get; init; }

    /// <summary>Gets all problems as one text.</summary>
    public required string Detail { get; init; }

    /// <summary>Gets the problems, one sentence each; at most the first hundred.</summary>
    public required IReadOnlyList<string> Problems { get; init; }
}
