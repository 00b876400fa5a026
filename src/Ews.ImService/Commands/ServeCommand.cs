using Ews.ImService.Configuration;
using Ews.ImService.Hosting;
using Ews.ImService.Settings;

namespace Ews.ImService.Commands;

/// <summary>Runs the service.</summary>
internal sealed class ServeCommand : Command<ServiceSettings>
{
    public ServeCommand()
        : base("serve", "Runs the service until Ctrl+C. This is the default command.")
    {
        Remarks =
            "Settings are read from appsettings.json (beside the program, then in the working directory), from environment variables, "
            + "and from the command line; the last one wins. Limits:MaxGroups, for example, is EWSIM_Limits__MaxGroups in the environment, "
            + "and --Limits:MaxGroups 8 or --Limits:MaxGroups=8 on the command line. N is the index of a list item, counted from 0.";
    }

    public override IEnumerable<SettingGroup> Options => ServiceSettings.Groups;

    protected override ServiceSettings Read(SettingValues values, string? argument) => ServiceSettings.Read(values);

    protected override async Task RunAsync(ServiceSettings options)
    {
        using var signal = FileSizeLimit.IgnoreSignal();
        await using var service = ImServiceHost.Create(options);
        await service.StartAsync();
        await service.WaitForShutdownAsync();
    }
}
