using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Ews.ImService.Testing.Tests.Examples;

/// <summary>Compares the C# examples of the documentation with the code that the tests of this folder run.</summary>
public sealed partial class ExampleTextTests
{
    [Theory]
    [InlineData("README.md", "ReadmeExampleTests.cs")]
    [InlineData("docs/testing.md", "TestingPageExampleTests.cs")]
    public void The_examples_of_a_document_are_those_that_run(string document, string tests)
    {
        var folder = Path.GetDirectoryName(ThisFile())!;
        var code = WithoutIndentation(File.ReadAllText(Path.Combine(folder, tests)));
        var text = File.ReadAllText(Path.Combine(folder, "../../..", document)).ReplaceLineEndings("\n");

        var examples = CSharpBlock().Matches(text).Select(block => WithoutIndentation(block.Groups["code"].Value)).ToList();

        examples.Should().NotBeEmpty().And.AllSatisfy(example => code.Should().Contain(example));
    }

    private static string WithoutIndentation(string text) => string.Join('\n', text.Split('\n').Select(line => line.Trim()));

    [GeneratedRegex("^```csharp\n(?<code>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex CSharpBlock();

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
