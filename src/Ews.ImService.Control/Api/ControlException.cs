namespace Ews.ImService.Control.Api;

/// <summary>A call of the control API that cannot be done.</summary>
/// <param name="statusCode">The HTTP status of its answer.</param>
/// <param name="problem">What is wrong, a sentence.</param>
internal sealed class ControlException(int statusCode, string problem) : Exception(problem)
{
    /// <summary>The HTTP status of its answer.</summary>
    public int StatusCode => statusCode;
}
