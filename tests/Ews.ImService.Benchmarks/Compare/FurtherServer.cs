using System.Diagnostics;
using System.Globalization;
using System.Text;
using Ews.ImService.Benchmarks.Baselines;
using Ews.ImService.Benchmarks.Load;
using Ews.ImService.Testing;

namespace Ews.ImService.Benchmarks.Compare;

/// <summary>
/// Compares a further server of the package Ews.ImService.Testing, in a process that has already run some, with a further L0 server.
/// </summary>
internal static class FurtherServer
{
    /// <summary>The command of the process that runs the servers: number of warm-up rounds, number of rounds.</summary>
    public const string Command = "measure-further-servers";

    private const int WarmupRounds = 30;
    private const int QuickWarmupRounds = 3;
    private const int ServersPerRound = 5;

    private static readonly Limits Limits = new(1.5, 1.2);

    /// <summary>Starts the process and reads its results.</summary>
    public static async Task RunAsync(ComparisonOptions options, Servers servers, Results results)
    {
        Progress.Report("further: servers in one process");
        string[] arguments =
        [
            Command,
            Text(options.IsQuick ? QuickWarmupRounds : WarmupRounds),
            Text(options.Rounds),
        ];
        using var process = Process.Start(new ProcessStartInfo(servers.OwnProgram, arguments) { RedirectStandardOutput = true })!;
        List<double> untilResponse = [];
        List<double> untilStopped = [];
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            var ratios = line.Split(' ').Select(text => double.Parse(text, CultureInfo.InvariantCulture)).ToArray();
            untilResponse.Add(ratios[0]);
            untilStopped.Add(ratios[1]);
        }

        await process.WaitForExitAsync();
        if (process.ExitCode != 0 || untilResponse.Count != options.Rounds)
            throw new RunException("The process with further servers failed.");
        const string Subject = "A further server in a test process";
        results.Add(new Measurement(Subject, "start to first correct response", "× L0", untilResponse, Limits));
        results.Add(new Measurement(Subject, "start, one request, stop", "× L0", untilStopped, Limits));
    }

    /// <summary>Runs the servers alternately, and prints the ratios of each round.</summary>
    public static async Task MeasureAsync(string[] arguments)
    {
        var warmup = int.Parse(arguments[0], CultureInfo.InvariantCulture);
        var rounds = int.Parse(arguments[1], CultureInfo.InvariantCulture);
        using var http = new HttpClient();
        var response = Encoding.UTF8.GetBytes(await WithServiceAsync(url => PostAsync(http, url)));
        for (var i = 0; i < warmup; i++)
        {
            await MeasureServiceAsync(http);
            await MeasureEmptyAsync(http, response);
        }

        for (var round = 0; round < rounds; round++)
        {
            List<Times> service = [];
            List<Times> empty = [];
            for (var i = 0; i < ServersPerRound; i++)
            {
                service.Add(await MeasureServiceAsync(http));
                empty.Add(await MeasureEmptyAsync(http, response));
            }

            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{Ratio(times => times.UntilResponse)} {Ratio(times => times.UntilStopped)}"));

            double Ratio(Func<Times, TimeSpan> time) =>
                Statistics.Median(service.Select(one => time(one).TotalSeconds))
                / Statistics.Median(empty.Select(one => time(one).TotalSeconds));
        }
    }

    private static async Task<Times> MeasureServiceAsync(HttpClient http)
    {
        var started = Stopwatch.GetTimestamp();
        var untilResponse = await WithServiceAsync(async url =>
        {
            await PostAsync(http, url);
            return Stopwatch.GetElapsedTime(started);
        });
        return new Times(untilResponse, Stopwatch.GetElapsedTime(started));
    }

    private static async Task<Times> MeasureEmptyAsync(HttpClient http, byte[] response)
    {
        var started = Stopwatch.GetTimestamp();
        TimeSpan untilResponse;
        await using (var application = EmptyServer.Create(0, response, response))
        {
            await application.StartAsync();
            await PostAsync(http, new Uri(application.Urls.Single()));
            untilResponse = Stopwatch.GetElapsedTime(started);
        }

        return new Times(untilResponse, Stopwatch.GetElapsedTime(started));
    }

    private static async Task<T> WithServiceAsync<T>(Func<Uri, Task<T>> useAsync)
    {
        await using var server = await EwsImServer.StartAsync();
        return await useAsync(server.Url);
    }

    private static async Task<string> PostAsync(HttpClient http, Uri url)
    {
        using var content = new StringContent(
            Requests.Envelope(Requests.AddImGroup(Exchange.SampleName), Mailboxes.Default), Encoding.UTF8, "text/xml");
        using var response = await http.PostAsync(url, content);
        var text = await response.Content.ReadAsStringAsync();
        return response.IsSuccessStatusCode && text.Contains("<ResponseCode>NoError</ResponseCode>", StringComparison.Ordinal)
            ? text
            : throw new RunException("A response is wrong: " + text);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private readonly record struct Times(TimeSpan UntilResponse, TimeSpan UntilStopped);
}
