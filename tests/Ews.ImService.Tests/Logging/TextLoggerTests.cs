using Ews.ImService.Logging;
using Ews.ImService.Settings;
using Microsoft.Extensions.Logging;

namespace Ews.ImService.Tests.Logging;

public sealed class TextLoggerTests
{
    private const int TimeLength = 13;

    private static readonly object[] SimpleValues = ["Straße \"x\" {y}\n", "", 0, -7, int.MaxValue, 0.45, 12d, 1e-7, double.MinValue];

    private static readonly string[] Texts = ["a", "b"];

    [Fact]
    public void Lines_are_those_of_Serilog()
    {
        var (lines, fallbacks) = Write(LogThreshold.Verbose, logger =>
        {
            foreach (var level in Enum.GetValues<LogLevel>())
                Log(logger, level, "Level {Level:l} of {Count}", level.ToString(), 7);
            foreach (var value in SimpleValues)
                Log(logger, LogLevel.Information, "{Value} and {Other:l}.", value, "text");
            Log(logger, LogLevel.Warning, "No properties");
        });

        lines.Text.Should().HaveCount(6 + SimpleValues.Length + 1).And.Equal(lines.Serilog);
        fallbacks.Should().Be(0);
    }

    [Fact]
    public void Events_that_are_not_simple_are_formatted_by_Serilog()
    {
        var (lines, fallbacks) = Write(LogThreshold.Information, logger =>
        {
            Log(logger, LogLevel.Information, "{Value}", [null]);
            Log(logger, LogLevel.Information, "{Value}", double.NaN);
            Log(logger, LogLevel.Information, "{Value} {Other}", true, 'c');
            Log(logger, LogLevel.Information, "{Value}", (object)Texts);
            Log(logger, LogLevel.Information, "{Value:0.0}", 1.25);
            Log(logger, LogLevel.Information, "{Value,8}", "right");
            Log(logger, LogLevel.Information, "{{braces}} {Value}", "text");
            Log(logger, LogLevel.Error, new InvalidOperationException("Reason"), "{Value} failed", "It");
            logger.Log(LogLevel.Information, 0, "state", null, (state, _) => state);
        });

        lines.Text.Should().HaveCount(9).And.Equal(lines.Serilog);
        fallbacks.Should().Be(1, "Serilog is created once, for the first of these events");
    }

    [Fact]
    public void Values_are_escaped_and_cut_in_every_line()
    {
        const string Hostile = "a\r\n12:00:00.000 INF forged \u001b[2J \u202E \uFEFF";
        const string Escaped = "a\\u000D\\u000A12:00:00.000 INF forged \\u001B[2J \\u202E \\uFEFF";
        var (lines, _) = Write(LogThreshold.Information, logger =>
        {
            Log(logger, LogLevel.Information, "{Value} and {Other:l}", Hostile, Hostile);
            Log(logger, LogLevel.Information, "{Value} and {Flag}", Hostile, true);
            Log(logger, LogLevel.Information, "{Value}", new string('\n', 100_000));
            Log(logger, LogLevel.Information, "{Value:l} {Flag}", new string('\n', 100_000), true);
            Log(logger, LogLevel.Information, "{Value}", (object)new[] { Hostile });
            Log(logger, LogLevel.Error, new InvalidOperationException(Hostile), "{Value} failed", Hostile);
            logger.Log(LogLevel.Information, 0, Hostile, null, (state, _) => state);
        });

        lines.Text.Should().HaveCount(7).And.Equal(lines.Serilog);
        lines.Text[0].Should().Be($"INF {Escaped} and {Escaped}{Environment.NewLine}");
        lines.Text[1].Should().Be($"INF {Escaped} and true{Environment.NewLine}");
        lines.Text.Take(4).Should().OnlyContain(line => line.Length < 2 * LogValue.MaxLength && line.Count(c => c == '\n') == 1);
        lines.Text[5].Should().Contain($"{Environment.NewLine}   12:00:00.000 INF forged \\u001B[2J");
        string.Concat(lines.Text).Should().NotContainAny("\u001b", "\u202E", "\uFEFF");
    }

    [Theory]
    [InlineData("Ews.ImService.Protocol.EwsEndpoint")]
    [InlineData("Microsoft.AspNetCore.Server.Kestrel")]
    [InlineData("Microsoft")]
    [InlineData("MicrosoftX")]
    [InlineData("Microsoft.Extensions.Hosting.Internal.Host")]
    [InlineData("Microsoft.Extensions.Hosting.Internal.Hosting")]
    public void Minimum_levels_are_those_of_Serilog(string source)
    {
        foreach (var threshold in Enum.GetValues<LogThreshold>())
        {
            using var text = new TextLoggerFactory(threshold, _ => { }, () => throw new InvalidOperationException());
            using var serilog = SerilogLog.Create(TestService.InMemory with { LogLevel = threshold }, _ => { }).Loggers;

            foreach (var level in Enum.GetValues<LogLevel>())
                text.CreateLogger(source).IsEnabled(level).Should().Be(serilog.CreateLogger(source).IsEnabled(level));
        }
    }

#pragma warning disable CA1848, CA1873, CA2254 // The templates are test data.
    private static void Log(ILogger logger, LogLevel level, string template, params object?[] values) =>
        logger.Log(level, template, values);

    private static void Log(ILogger logger, LogLevel level, Exception exception, string template, params object?[] values) =>
        logger.Log(level, exception, template, values);
#pragma warning restore CA1848, CA1873, CA2254

    private static ((List<string> Text, List<string> Serilog) Lines, int Fallbacks) Write(LogThreshold level, Action<ILogger> write)
    {
        var settings = TestService.InMemory with { LogLevel = level };
        var (text, serilog, fallbacks) = (new List<string>(), new List<string>(), 0);
        using var textLoggers = new TextLoggerFactory(level, text.Add, () =>
        {
            fallbacks++;
            return SerilogLog.Create(settings, text.Add).Loggers;
        });
        using var serilogLoggers = SerilogLog.Create(settings, serilog.Add).Loggers;
        write(textLoggers.CreateLogger("Test"));
        write(serilogLoggers.CreateLogger("Test"));
        return ((WithoutTime(text), WithoutTime(serilog)), fallbacks);
    }

    private static List<string> WithoutTime(List<string> lines)
    {
        lines.Should().AllSatisfy(line => line[..TimeLength].Should().MatchRegex(@"^\d\d:\d\d:\d\d\.\d{3} $"));
        return lines.Select(line => line[TimeLength..]).ToList();
    }
}
