namespace Ews.ImService.Tests;

/// <summary>A test with a program of the machine. Without it, the test is reported as skipped.</summary>
internal sealed class InstalledFactAttribute : FactAttribute
{
    public InstalledFactAttribute(string program) => Skip = InstalledProgram.FindReasonToSkip(program);
}

/// <summary>A theory with a program of the machine. Without it, the theory is reported as skipped.</summary>
internal sealed class InstalledTheoryAttribute : TheoryAttribute
{
    public InstalledTheoryAttribute(string program) => Skip = InstalledProgram.FindReasonToSkip(program);
}

/// <summary>The programs of the machine.</summary>
internal static class InstalledProgram
{
    /// <summary>Returns the reason to skip a test, or <c>null</c> if the program is installed.</summary>
    public static string? FindReasonToSkip(string program) =>
        Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program)))
            ? null
            : $"{program} is not installed.";
}
