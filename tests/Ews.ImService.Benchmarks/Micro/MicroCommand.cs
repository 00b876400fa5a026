using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace Ews.ImService.Benchmarks.Micro;

/// <summary>Runs the micro-benchmarks.</summary>
internal static class MicroCommand
{
    public const string Command = "micro";

    private const int MaxNameLength = 40;

    /// <summary>Runs all benchmarks, or those that the options of BenchmarkDotNet select.</summary>
    /// <returns>The exit code: 0 if every benchmark succeeded; otherwise, 1.</returns>
    public static int Run(string[] arguments)
    {
        // In this process: the default toolchain would generate and build a project for every benchmark.
        var config = ManualConfig.CreateEmpty()
            .AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance))
            .AddColumnProvider(DefaultColumnProviders.Instance)
            .AddDiagnoser(MemoryDiagnoser.Default)
            .AddLogger(ConsoleLogger.Default)
            .AddExporter(MarkdownExporter.GitHub)
            .WithSummaryStyle(SummaryStyle.Default.WithMaxParameterColumnWidth(MaxNameLength))
            .WithArtifactsPath(Path.Combine(AppContext.BaseDirectory, "BenchmarkDotNet.Artifacts"));
        string[] all = arguments.Any(argument => argument is "--filter" or "-f" or "--list" or "--help") ? [] : ["--filter", "*"];
        var summaries = BenchmarkSwitcher.FromAssembly(typeof(MicroCommand).Assembly).Run([.. arguments, .. all], config);
        return summaries.All(summary => summary.Reports.All(report => report.Success)) ? 0 : 1;
    }
}
