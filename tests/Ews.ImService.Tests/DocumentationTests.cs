using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Ews.ImService.Tests;

/// <summary>Verifies that the documentation names existing files and headings, and no version.</summary>
public sealed partial class DocumentationTests
{
    private static readonly string Root = Path.GetFullPath("../..", Path.GetDirectoryName(ThisFile())!);

    private static readonly string[] PageFiles =
    [
        .. Directory.EnumerateFiles(Root, "*.md")
            .Concat(Directory.EnumerateFiles(Path.Combine(Root, "docs"), "*.md", SearchOption.AllDirectories))
            .Select(file => Path.GetRelativePath(Root, file)),
    ];

    public static TheoryData<string> Pages => new(PageFiles);

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_link_leads_to_an_existing_file_and_heading(string page)
    {
        var links = Link().Matches(ReadPage(page)).Select(match => match.Groups[1].Value).Where(link => !link.Contains("://"));

        links.Where(link => !Exists(page, link)).Should().BeEmpty();
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_path_in_the_repository_exists(string page)
    {
        var paths = RepositoryPath().Matches(File.ReadAllText(Path.Combine(Root, page))).Select(match => match.Value.TrimEnd('.'));
        if (page == "docs/ci.md")
            paths = paths.Where(path => !path.StartsWith(".github/workflows/", StringComparison.Ordinal)); // Files of the reader.

        paths.Where(path => !Path.Exists(Path.Combine(Root, path))).Should().BeEmpty();
    }

    [Fact]
    public void Only_the_build_properties_the_changelog_and_the_pages_that_pin_packages_state_the_version()
    {
        var version = XDocument.Load(Path.Combine(Root, "Directory.Build.props")).Descendants("Version").Single().Value;
        var stating = PageFiles
            .Concat(Directory.EnumerateFiles(Path.Combine(Root, "src"), "*.csproj", SearchOption.AllDirectories))
            .Where(file => File.ReadAllText(Path.Combine(Root, file)).Contains(version));

        typeof(Program).Assembly.GetName().Version!.ToString(3).Should().Be(version.Split('-')[0]);
        stating.Should().BeEquivalentTo("CHANGELOG.md", "docs/ci.md", "docs/container.md", "docs/install.md");
    }

    [Fact]
    public void The_page_of_libraries_names_every_library_of_the_program()
    {
        using var dependencies = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Ews.ImService.deps.json")));
        var libraries = dependencies.RootElement.GetProperty("targets").EnumerateObject().Single().Value.EnumerateObject()
            .Where(library => library.Value.TryGetProperty("runtime", out _) || library.Value.TryGetProperty("runtimeTargets", out _))
            .Select(library => library.Name.Split('/')[0])
            .Where(name => !name.StartsWith("Ews.ImService", StringComparison.Ordinal))
            .ToList();
        var page = File.ReadAllText(Path.Combine(Root, "docs/third-party.md"));

        libraries.Should().NotBeEmpty().And.OnlyContain(name => page.Contains(name));
    }

    private static bool Exists(string page, string link)
    {
        var (path, anchor) = link.Split('#') is [var before, var after] ? (before, after) : (link, null);
        var pageFile = Path.Combine(Root, page);
        var file = path.Length > 0 ? Path.GetFullPath(path, Path.GetDirectoryName(pageFile)!) : pageFile;
        return Path.Exists(file) && (anchor is null || Anchors(file).Contains(anchor));
    }

    private static IEnumerable<string> Anchors(string page) => Heading().Matches(ReadPage(page))
        .Select(match => NotInAnchor().Replace(match.Groups[1].Value.ToLowerInvariant(), string.Empty).Replace(' ', '-'));

    private static string ReadPage(string page) => CodeBlock().Replace(File.ReadAllText(Path.Combine(Root, page)), string.Empty);

    private static string ThisFile([CallerFilePath] string path = "") => path;

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"(?<![\w./-])(?:docs|src|tests|\.ci|\.github)/[\w./-]*")]
    private static partial Regex RepositoryPath();

    [GeneratedRegex("^```.*?^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex CodeBlock();

    [GeneratedRegex("^#+ (.+?)\\s*$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\p{L}\p{N} _-]")]
    private static partial Regex NotInAnchor();
}
