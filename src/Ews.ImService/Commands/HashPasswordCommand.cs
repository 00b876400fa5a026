using System.Text;
using Ews.ImService.Configuration;
using Ews.ImService.Protocol.SignIn;

namespace Ews.ImService.Commands;

/// <summary>Prints the hashes that a configuration can contain instead of a password.</summary>
internal sealed class HashPasswordCommand : Command<string>
{
    public HashPasswordCommand()
        : base("hash-password", "Reads a password from standard input and prints its hashes.")
    {
        Remarks = "The hashes are values of Mailboxes:Accounts:N:PasswordHash (Basic) and Mailboxes:Accounts:N:NtHash (NTLM).";
        Examples = [new("echo secret | ews-im hash-password", "Prints the hashes of the password 'secret'.")];
    }

    protected override string Read(SettingValues values, string? argument)
    {
        var password = (Console.IsInputRedirected ? Console.In.ReadLine() : Prompt()) ?? "";
        if (password.Length == 0)
            values.Reject("Standard input must contain a password.");
        return password;
    }

    protected override Task RunAsync(string options)
    {
        Console.WriteLine($"PasswordHash  {PasswordHash.Create(options)}");
        Console.WriteLine($"NtHash        {Convert.ToHexString(NtHash.Compute(options))}");
        return Task.CompletedTask;
    }

    /// <summary>Reads a line from the terminal without showing it.</summary>
    private static string Prompt()
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
