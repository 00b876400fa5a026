using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Ews.ImService.Tests.Control.Api;

public sealed class OpenApiDocumentTests
{
    /// <remarks>Run with UPDATE_DOCS=1 to write the documents. The next build embeds them in the service.</remarks>
    [Fact]
    public void The_documents_are_those_of_the_endpoints_and_records()
    {
        Compare("openapi.json", OpenApiGenerator.GenerateOpenApi());
        Compare("seed.schema.json", OpenApiGenerator.GenerateSeedSchema());
    }

    [Fact]
    public async Task The_service_lists_its_calls_and_serves_the_documents()
    {
        await using var service = await TestService.StartAsync();

        var index = await service.GetJsonAsync(ControlCalls.Api);
        var openApi = await service.GetJsonAsync(index.GetProperty("openapi").GetString()!);
        var seedSchema = await service.GetJsonAsync(index.GetProperty("seedSchema").GetString()!);

        using var generated = JsonDocument.Parse(OpenApiGenerator.GenerateOpenApi());
        generated.RootElement.GetProperty("paths").EnumerateObject()
            .SelectMany(path => path.Value.EnumerateObject().Select(call => $"{call.Name.ToUpperInvariant()} {path.Name}"))
            .Should().BeEquivalentTo(index.GetProperty("calls").Strings()).And.HaveCountGreaterThan(25);
        openApi.GetProperty("paths").TryGetProperty(ControlCalls.Api + "/reset", out _).Should().BeTrue();
        seedSchema.GetProperty("$defs").TryGetProperty("SeedMailbox", out _).Should().BeTrue();
    }

    [Fact]
    public void Every_reference_in_the_documents_leads_to_a_part_of_the_same_document()
    {
        foreach (var file in new[] { "openapi.json", "seed.schema.json" })
        {
            using var document = JsonDocument.Parse(File.ReadAllText(PathOf(file)));
            var references = References(document.RootElement).Distinct().ToList();

            references.Should().NotBeEmpty();
            foreach (var reference in references)
            {
                var part = document.RootElement;
                foreach (var step in reference.Split('/')[1..])
                    part.TryGetProperty(step, out part).Should().BeTrue(reference);
            }
        }
    }

    private static string PathOf(string file, [CallerFilePath] string testFile = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(testFile)!, "../../../../src/Ews.ImService.Control/Api", file));

    private static void Compare(string file, string generated)
    {
        var path = PathOf(file);
        if (Environment.GetEnvironmentVariable("UPDATE_DOCS") == "1")
            File.WriteAllText(path, generated);
        File.ReadAllText(path).Should().Be(generated);
    }

    private static IEnumerable<string> References(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject()
            .SelectMany(property => property.Name == "$ref" ? [property.Value.GetString()!] : References(property.Value)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(References),
        _ => [],
    };
}
