using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;
using Ews.ImService.Mailbox;
using Ews.ImService.Metrics;

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
        var metrics = await service.MetricsAsync();

        List<string> expected;
        lock (instruments)
            expected = [.. instruments.Values.Select(one => Describe(one, metrics))];

        Rows().Select(row => $"{row[1].Trim('`')} {row[2]} {row[3].Trim('`')} {row[5]}").Should().BeEquivalentTo(expected);
    }

    private static string Describe(Instrument instrument, Dictionary<string, Family> metrics)
    {
        var name = PrometheusText.NameOf(instrument.Name, instrument.Unit);
        var family = metrics.GetValueOrDefault(name) ?? metrics[name + "_total"];
        return $"{instrument.Name} {family.Type} {instrument.Unit} {instrument.Description}";
    }

    private static IEnumerable<string[]> Rows() => File.ReadLines(Page())
        .SkipWhile(line => !line.StartsWith("| instrument ", StringComparison.Ordinal))
        .Skip(2)
        .TakeWhile(line => line.StartsWith('|'))
        .Select(line => line.Split('|', StringSplitOptions.TrimEntries));

    private static string Page([CallerFilePath] string testFile = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(testFile)!, "../../../docs/observability.md"));
}
