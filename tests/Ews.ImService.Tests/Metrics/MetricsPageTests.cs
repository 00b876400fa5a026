using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;
using Ews.ImService.Mailbox;
using Ews.ImService.Metrics;
using Ews.ImService.Protocol;
using Ews.ImService.Tests.Control;

namespace Ews.ImService.Tests.Metrics;

/// <summary>Verifies the table of instruments in <c>docs/observability.md</c>.</summary>
public sealed class MetricsPageTests
{
    [Fact]
    public async Task The_table_lists_every_instrument()
    {
        var instruments = new Dictionary<string, Instrument>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, _) =>
            {
                lock (instruments)
                {
                    if (instrument.Meter.Name == Instrumentation.ServiceName)
                        instruments[instrument.Name] = instrument;
                }
            },
        };
        listener.Start();
        await using var service = await TestService.StartAsync();
        using var rejected = await service.Client.PostAsync(EwsOptions.Path, new StringContent("x", null, "text/html"));
        await service.AddGroupAsync("Team");
        (await service.WaitForSampleAsync("ews_store_commit_duration_seconds_count", 1)).Should().BeTrue();
        using var added = await service.SendAsync("POST", "/faults", """{ "kind": "serverBusy" }""");
        await service.PostAsync(EwsRequest.AddImGroup("Team"));
        (await service.WaitForSampleAsync("ews_server_request_duration_seconds_count", 1, "AddImGroup", "ErrorServerBusy", "500"))
            .Should().BeTrue();
        var metrics = await service.MetricsAsync();
        metrics.Values.Where(family => family.Name.StartsWith("ews_", StringComparison.Ordinal) && family.Samples.Count == 0)
            .Should().ContainSingle().Which.Name.Should().Be("ews_server_aborted_requests_total", "the others show their attributes");

        List<string> expected;
        lock (instruments)
            expected = [.. instruments.Values.Select(one => Describe(one, metrics))];

        Rows().Select(row => $"{row[1].Trim('`')} {row[2]} {row[3].Trim('`')} [{Labels(row[4])}] {row[5]}")
            .Should().BeEquivalentTo(expected);
    }

    private static string Describe(Instrument instrument, Dictionary<string, Family> metrics)
    {
        var name = PrometheusText.NameOf(instrument.Name, instrument.Unit);
        var family = metrics.GetValueOrDefault(name) ?? metrics[name + "_total"];
        var labels = family.Samples.SelectMany(sample => sample.Labels.Keys).Distinct().Where(label => label != "le");
        return $"{instrument.Name} {family.Type} {instrument.Unit} [{string.Join(' ', labels)}] {instrument.Description}";
    }

    /// <summary>Returns the labels of the attributes in a cell of the table.</summary>
    private static string Labels(string attributes) => string.Join(
        ' ',
        attributes.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(attribute => PrometheusText.NameOf(attribute.Trim('`'), unit: null)));

    private static IEnumerable<string[]> Rows() => File.ReadLines(Page())
        .SkipWhile(line => !line.StartsWith("| instrument ", StringComparison.Ordinal))
        .Skip(2)
        .TakeWhile(line => line.StartsWith('|'))
        .Select(line => line.Split('|', StringSplitOptions.TrimEntries));

    private static string Page([CallerFilePath] string testFile = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(testFile)!, "../../../docs/observability.md"));
}
