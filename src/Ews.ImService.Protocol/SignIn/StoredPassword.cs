namespace Ews.ImService.Protocol.SignIn;

/// <summary>The hashes of the password of an account.</summary>
/// <param name="Slow">The salted hash, for Basic; <c>null</c> if only the other hash is stored.</param>
/// <param name="Nt">The hash that NTLM requires; <c>null</c> if only the other hash is stored.</param>
public sealed record StoredPassword(PasswordHash? Slow, byte[]? Nt)
{
    /// <summary>Creates both hashes of a password.</summary>
    /// <param name="password">The password.</param>
    public static StoredPassword Create(string password) => new(PasswordHash.Create(password), NtHash.Compute(password));
}
