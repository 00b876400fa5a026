using System.Runtime.CompilerServices;

namespace Ews.ImService.Tests.Commands.Documentation;

/// <summary>A file of the folder <c>docs</c> that is generated from declarations. UPDATE_DOCS=1 writes it.</summary>
internal static class GeneratedFile
{
    /// <summary>Returns the full path of a file of the folder <c>docs</c>.</summary>
    public static string PathOf(string file) =>
        Path.GetFullPath(Path.Combine("../../../../docs", file), Path.GetDirectoryName(ThisFile())!);

    /// <summary>Verifies that a file has a content.</summary>
    public static void Verify(string file, string content)
    {
        if (Environment.GetEnvironmentVariable("UPDATE_DOCS") == "1")
            File.WriteAllText(PathOf(file), content);

        File.ReadAllText(PathOf(file)).Should().Be(content);
    }

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
