using System.Globalization;
using Ews.ImService.Protocol.SignIn;

namespace Ews.ImService;

/// <summary>Prints what configuration may hold instead of a password.</summary>
internal static class HashPasswordCommand
{
    /// <summary>The command's name.</summary>
    public const string Name = "hash-password";

    /// <summary>Reads one line and hashes it.</summary>
    /// <returns>Two settings to copy; null where there is nothing to read.</returns>
    public static string? Run(TextReader input) => input.ReadLine() is { } password
        ? string.Create(CultureInfo.InvariantCulture, $"PasswordHash  {PasswordHash.Of(password)}\nNtHash        {Convert.ToHexString(NtHash.Of(password))}")
        : null;
}
