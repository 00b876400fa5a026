using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;

namespace Ews.ImService.Testing.Tests.PublicApi;

/// <summary>Compares the public API of each package with the recorded one. With UPDATE_DOCS=1, the tests rewrite the records.</summary>
public sealed class PublicApiTests
{
    private const string UpdateVariable = "UPDATE_DOCS";

    [Fact]
    public void The_public_API_of_the_testing_package_is_the_recorded_one() => Verify(typeof(EwsImServer).Assembly);

    [Fact]
    public void The_public_API_of_the_tool_package_is_the_recorded_one()
    {
        var path = Path.Combine(AppContext.BaseDirectory, "ews-imservice", "Ews.ImService.dll");
        var resolver = new AssemblyDependencyResolver(path);
        var context = new AssemblyLoadContext("public API", isCollectible: true);
        context.Resolving += (_, name) => resolver.ResolveAssemblyToPath(name) is { } found ? context.LoadFromAssemblyPath(found) : null;

        Verify(context.LoadFromAssemblyPath(path));

        context.Unload();
    }

    private static void Verify(Assembly assembly)
    {
        var file = Path.Combine(Path.GetDirectoryName(ThisFile())!, assembly.GetName().Name + ".txt");
        var actual = ApiPrinter.Print(assembly);
        if (Environment.GetEnvironmentVariable(UpdateVariable) == "1")
            File.WriteAllText(file, actual);

        var recorded = File.ReadAllText(file).ReplaceLineEndings("\n");

        actual.Split('\n').Should().Equal(
            recorded.Split('\n'), "the public API changes only on purpose; set {0}=1 and run this test to record it", UpdateVariable);
    }

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
