using System.Globalization;
using System.Text;
using Ews.ImService.Protocol.SignIn;
using Ews.ImService.Settings;

namespace Ews.ImService.Commands;

/// <summary>Prints what configuration may hold instead of a password.</summary>
internal static class HashPasswordCommand
{
    /// <summary>Reads one line and hashes it; at a terminal it asks for it and does not show it.</summary>
    /// <returns>Two settings to copy.</returns>
    /// <exception cref="SettingsException">There is nothing to read.</exception>
    public static string Run() => (Console.IsInputRedirected ? Console.In.ReadLine() : Ask()) is { Length: > 0 } password
        ? string.Create(CultureInfo.InvariantCulture, $"PasswordHash  {PasswordHash.Create(password)}\nNtHash        {Convert.ToHexString(NtHash.Compute(password))}")
        : throw new SettingsException(["Write the password, which is not empty, to the standard input."]);

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
