namespace Ews.ImService.Protocol.SignIn;

/// <summary>The credentials in an AUTHENTICATE_MESSAGE.</summary>
/// <param name="Domain">The domain as typed; may be empty.</param>
/// <param name="UserName">The user name as typed.</param>
/// <param name="Response">The NtChallengeResponse.</param>
/// <remarks>[MS-NLMP] 2.2.1.3.</remarks>
internal sealed record NtlmCredentials(string Domain, string UserName, byte[] Response)
{
    /// <summary>Gets the integrity code of the handshake, or <c>null</c> if the client announced none.</summary>
    public NtlmIntegrity? Integrity { get; init; }

    /// <summary>Gets the sign-in name.</summary>
    public string Name => Domain.Length > 0 && !UserName.Contains('@', StringComparison.Ordinal) ? $"{Domain}\\{UserName}" : UserName;
}
