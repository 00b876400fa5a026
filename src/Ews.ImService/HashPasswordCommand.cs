using System.Globalization;
using System.Text;
using Ews.ImService.Protocol.SignIn;

namespace Ews.ImService;

/// <summary>Prints what configuration may hold instead of a password.</summary>
internal static class HashPasswordCommand
{
    /// <summary>The command's name.</summary>
    public const string Name = "hash-password";

    /// <summary>Reads one line and hashes it; at a terminal it asks for it and does not show it.</summary>
    /// <returns>Two settings to copy; null where there is nothing to read.</returns>
    public static string? Run() => (Console.IsInputRedirected ? Console.In.ReadLine() : Ask()) is { Length: > 0 } password
        ? string.Create(CultureInfo.InvariantCulture, $"PasswordHash  {PasswordHash.Of(password)}\nNtHash        {Convert.ToHexString(NtHash.Of(password))}")
        : null;

    private static string Ask()
    {
        Console.Error.Write("Password: ");
        var typed = new StringBuilder();
        while (Console.ReadKey(intercept: true) is { Key: not ConsoleKey.Enter } key)
        {
            if (key.Key != ConsoleKey.Backspace)
                typed.Append(key.KeyChar);
            else if (typed.Length > 0)
                typed.Length--;
        }

        Console.Error.WriteLine();
        return typed.ToString();
    }
}
