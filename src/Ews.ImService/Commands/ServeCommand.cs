using Ews.ImService.Configuration;
using Ews.ImService.Hosting;
using Ews.ImService.Settings;

namespace Ews.ImService.Commands;

/// <summary>Runs the service.</summary>
internal sealed class ServeCommand : Command<ServeCommand.CommandOptions>
{
    public ServeCommand()
        : base("serve", "Runs the service until Ctrl+C. This is the default command.")
    {
        Remarks =
            "Settings are read from appsettings.json (beside the program, then in the working directory), from environment variables, "
            + "and from the command line; the last one wins. Limits:MaxGroups, for example, is EWSIM_Limits__MaxGroups in the environment, "
            + "and --Limits:MaxGroups 8 or --Limits:MaxGroups=8 on the command line. N is the index of a list item, counted from 0.";
        Examples =
        [
            new("ews-im serve --db :memory:", "Serves mailboxes in memory at http://localhost:5080."),
            new("ews-im serve --db mailboxes.db --seed seed.json --https", "Serves a database file, also with HTTPS."),
            new(
                "ews-im serve --urls http://127.0.0.1:0 --db :memory: --url-file ews-im.url --stop-with-stdin",
                "For a program that starts the service: selects a free port, writes the URL to a file, and stops with the program."),
        ];
    }

    public override IEnumerable<SettingGroup> Options
    {
        get
        {
            foreach (var group in ServiceSettings.Groups)
                yield return group;
            yield return ProcessSettings.Group;
        }
    }

    protected override CommandOptions Read(SettingValues values, string? argument)
    {
        var isForProgram = values.HasAny("Process");
        return new CommandOptions(
            ServiceSettings.Read(values) with
            {
                Export = OtlpSettings.Read(),
                DrainTime = isForProgram ? ProcessSettings.ReadDrainTime(values) : TimeSpan.Zero,
            },
            isForProgram ? ProcessSettings.ReadUrlFile(values) : null,
            isForProgram && ProcessSettings.ReadStopWithStandardInput(values));
    }

    protected override async Task RunAsync(CommandOptions options)
    {
        using var signal = FileSizeLimit.IgnoreSignal();
        var inputEnded = options.StopWithStandardInput ? StandardInput.WatchEnd() : CancellationToken.None;
        using var urlFile = options.UrlFile is { } path ? new UrlFile(path) : null;
        await using var service = ImServiceHost.Create(options.Service);
        await service.StartAsync();
        urlFile?.Write(service.Url);
        await service.WaitForShutdownAsync(inputEnded);
    }

    /// <summary>The options of the command.</summary>
    /// <param name="Service">The settings of the service.</param>
    /// <param name="UrlFile">The file for the URL of the service; <c>null</c> for none.</param>
    /// <param name="StopWithStandardInput"><c>true</c> to stop the service when its standard input ends.</param>
    internal sealed record CommandOptions(ServiceSettings Service, string? UrlFile, bool StopWithStandardInput);
}
