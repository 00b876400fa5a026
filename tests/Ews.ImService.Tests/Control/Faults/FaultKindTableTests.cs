using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Ews.ImService.Control.Contract;

namespace Ews.ImService.Tests.Control.Faults;

/// <summary>Verifies the table of fault kinds in <c>docs/control-api.md</c>.</summary>
public sealed class FaultKindTableTests
{
    private const int Kind = 1;
    private const int OperationRuns = 3;
    private const int Parameters = 4;

    /// <summary>Values of parameters, by name. A new parameter requires a value here.</summary>
    private static readonly JsonObject SampleValues = new()
    {
        ["backOffMilliseconds"] = 1,
        ["responseCode"] = "ErrorItemNotFound",
        ["messageText"] = "Injected.",
        ["status"] = 503,
        ["headers"] = new JsonObject { ["Retry-After"] = "7" },
        ["body"] = "Injected.",
        ["milliseconds"] = 1,
        ["bytesPerSecond"] = 1_000_000,
        ["bytes"] = 10,
    };

    private static IEnumerable<string[]> Rows => File.ReadLines(DocsPage())
        .SkipWhile(line => !line.StartsWith("| kind ", StringComparison.Ordinal))
        .Skip(2)
        .TakeWhile(line => line.StartsWith('|'))
        .Select(line => line.Split('|', StringSplitOptions.TrimEntries));

    [Fact]
    public void The_table_lists_every_kind() =>
        Rows.Select(row => row[Kind].Trim('`')).Should().Equal(Enum.GetNames<FaultKind>().Select(JsonNamingPolicy.CamelCase.ConvertName));

    [Fact]
    public async Task The_parameters_are_accepted_and_the_operation_runs_as_the_table_states()
    {
        await using var service = await TestService.StartAsync();
        foreach (var row in Rows)
        {
            var kind = row[Kind].Trim('`');
            var rule = new JsonObject { ["kind"] = kind, ["times"] = 1 };
            foreach (var parameter in row[Parameters].Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
                rule[parameter.Trim('`')] = SampleValues[parameter.Trim('`')]!.DeepClone();
            using var added = await service.SendAsync("POST", "/faults", rule.ToJsonString());
            added.IsSuccessStatusCode.Should().BeTrue(await added.Content.ReadAsStringAsync());

            await PostAsync(service, EwsRequest.AddImGroup(kind));

            var runs = (await service.MailboxAsync())?.HasGroupNamed(kind) ?? false;
            row[OperationRuns].Should().Be(runs ? "yes" : "no", kind);
        }
    }

    private static async Task PostAsync(TestService service, string request)
    {
        try
        {
            await service.PostAsync(request);
        }
        catch (HttpRequestException)
        {
            // The fault closed the connection.
        }
    }

    private static string DocsPage([CallerFilePath] string testFile = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(testFile)!, "../../../../docs/control-api.md"));
}
