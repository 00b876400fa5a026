namespace Ews.ImService.Protocol.Interception;

/// <summary>The result of the sign-in of a request that is admitted.</summary>
/// <param name="User">
/// The primary address of the user, or the name as typed if no account has it; <c>null</c> for an anonymous request.
/// </param>
public sealed record Admission(string? User);
