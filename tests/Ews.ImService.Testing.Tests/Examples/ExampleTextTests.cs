using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Ews.ImService.Testing.Tests.Examples;

/// <summary>Compares the C# examples of the documentation with the code that tests run.</summary>
public sealed partial class ExampleTextTests
{
    private const string TestFrameworks = "../../Ews.ImService.Testing.Frameworks";

    [Theory]
    [InlineData("README.md", "ReadmeExampleTests.cs")]
    [InlineData(
        "docs/testing.md",
        "TestingPageExampleTests.cs",
        "MinimalClient.cs",
        TestFrameworks + "/XunitTests.cs",
        TestFrameworks + "/NUnitTests.cs",
        TestFrameworks + "/MSTestTests.cs",
        TestFrameworks + "/ApplicationTests.cs",
        "../../Ews.ImService.Testing.Application/Program.cs")]
    public void The_examples_of_a_document_are_those_that_run(string document, params string[] tests)
    {
        var folder = Path.GetDirectoryName(ThisFile())!;
        var code = string.Join('\n', tests.Select(file => WithoutIndentation(File.ReadAllText(Path.Combine(folder, file)))));
        var text = File.ReadAllText(Path.Combine(folder, "../../..", document)).ReplaceLineEndings("\n");

        var examples = CSharpBlock().Matches(text).Select(block => WithoutIndentation(block.Groups["code"].Value)).ToList();

        examples.Should().NotBeEmpty().And.AllSatisfy(example => code.Should().Contain(example));
    }

    private static string WithoutIndentation(string text) => string.Join('\n', text.Split('\n').Select(line => line.Trim()));

    [GeneratedRegex("^```csharp\n(?<code>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex CSharpBlock();

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
