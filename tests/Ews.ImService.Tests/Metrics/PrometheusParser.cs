using System.Globalization;
using System.Text.RegularExpressions;

namespace Ews.ImService.Tests.Metrics;

/// <summary>A strict parser of the text format 0.0.4 of Prometheus. It rejects what Prometheus ignores or guesses.</summary>
internal static partial class PrometheusParser
{
    /// <summary>Returns the metric families of a text by name.</summary>
    public static Dictionary<string, Family> Parse(string text)
    {
        text.Should().EndWith("\n");
        var families = new Dictionary<string, Family>();
        Family? family = null;
        string? help = null;
        foreach (var line in text[..^1].Split('\n'))
        {
            if (Help().Match(line) is { Success: true } found)
            {
                help = found.Groups["name"].Value;
            }
            else if (Type().Match(line) is { Success: true } type)
            {
                help.Should().Be(type.Groups["name"].Value, "HELP precedes TYPE");
                family = new Family(help!, type.Groups["type"].Value, []);
                families.Should().NotContainKey(family.Name, "a family is written once");
                families.Add(family.Name, family);
            }
            else
            {
                family!.Samples.Add(ParseSample(line, family));
            }
        }

        foreach (var histogram in families.Values.Where(one => one.Type == "histogram"))
            CheckHistogram(histogram);
        return families;
    }

    private static Sample ParseSample(string line, Family family)
    {
        var match = SampleLine().Match(line);
        match.Success.Should().BeTrue("'{0}' is a sample", line);
        var name = match.Groups["name"].Value;
        string[] names = family.Type == "histogram"
            ? [family.Name + "_bucket", family.Name + "_sum", family.Name + "_count"]
            : [family.Name];
        names.Should().Contain(name);
        var labels = Label().Matches(match.Groups["labels"].Value).ToDictionary(
            label => label.Groups["name"].Value, label => Unescape(label.Groups["value"].Value));
        var sample = new Sample(name, labels, ParseNumber(match.Groups["value"].Value));
        if (family.Type == "counter")
            sample.Value.Should().BeGreaterThanOrEqualTo(0);
        family.Samples.Should().NotContain(
            other => other.Name == name && other.Labels.OrderBy(label => label.Key).SequenceEqual(labels.OrderBy(label => label.Key)));
        return sample;
    }

    private static void CheckHistogram(Family family)
    {
        foreach (var series in family.Samples.GroupBy(sample => string.Join(',', sample.Labels.Where(label => label.Key != "le"))))
        {
            var buckets = series.Where(sample => sample.Name.EndsWith("_bucket", StringComparison.Ordinal)).ToList();
            buckets.Select(bucket => ParseNumber(bucket.Labels["le"])).Should().BeInAscendingOrder();
            buckets.Select(bucket => bucket.Value).Should().BeInAscendingOrder();
            buckets[^1].Labels["le"].Should().Be("+Inf");
            series.Single(sample => sample.Name == family.Name + "_count").Value.Should().Be(buckets[^1].Value);
            series.Should().ContainSingle(sample => sample.Name == family.Name + "_sum");
        }
    }

    private static double ParseNumber(string text) =>
        text == "+Inf" ? double.PositiveInfinity : double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);

    private static string Unescape(string text) => Escape().Replace(text, match => match.Value == "\\n" ? "\n" : match.Value[1..]);

    [GeneratedRegex(@"\A# HELP (?<name>[a-zA-Z_:][a-zA-Z0-9_:]*) (?:[^\\\n]|\\\\|\\n)+\z")]
    private static partial Regex Help();

    [GeneratedRegex(@"\A# TYPE (?<name>[a-zA-Z_:][a-zA-Z0-9_:]*) (?<type>counter|gauge|histogram)\z")]
    private static partial Regex Type();

    [GeneratedRegex(
        """\A(?<name>[a-zA-Z_:][a-zA-Z0-9_:]*)"""
        + """(?:\{(?<labels>[a-zA-Z_]\w*="(?:[^"\\\n]|\\[\\"n])*"(?:,[a-zA-Z_]\w*="(?:[^"\\\n]|\\[\\"n])*")*)\})? """
        + """(?<value>[-+]?(?:\d+(?:\.\d+)?(?:[eE][-+]?\d+)?|Inf)|NaN)\z""")]
    private static partial Regex SampleLine();

    [GeneratedRegex("""(?<name>[a-zA-Z_]\w*)="(?<value>(?:[^"\\\n]|\\[\\"n])*)"(?:,|\z)""")]
    private static partial Regex Label();

    [GeneratedRegex(@"\\.")]
    private static partial Regex Escape();
}

/// <summary>A metric family.</summary>
internal sealed record Family(string Name, string Type, List<Sample> Samples);

/// <summary>A sample.</summary>
internal sealed record Sample(string Name, Dictionary<string, string> Labels, double Value);
