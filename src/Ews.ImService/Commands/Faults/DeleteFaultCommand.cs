using Ews.ImService.Configuration;

namespace Ews.ImService.Commands.Faults;

/// <summary>Deletes fault rules.</summary>
internal sealed class DeleteFaultCommand : ClientCommand<string?>
{
    private static readonly Setting<bool> All = Setting.Flag("Client:Fault:All", "--all", "Deletes all fault rules of the realm.");

    public DeleteFaultCommand()
        : base("faults delete", "Deletes a fault rule of a realm, or all.")
    {
        Argument = new CommandArgument("ID", "The id of the fault rule.");
        Examples =
        [
            new("ews-im faults delete slow", "Deletes the fault rule with the id 'slow'."),
            new("ews-im faults delete --all", "Deletes all fault rules of the default realm."),
        ];
    }

    protected override IEnumerable<Setting> OwnOptions => [All];

    protected override string? Read(SettingValues values, string? argument, ClientOptions client)
    {
        if (values.Get(All) == argument is not null)
            values.Reject("Specify either ID, the id of a fault rule, or --all.");
        return argument;
    }

    protected override async Task RunAsync(RunningService service, string? options)
    {
        await service.SendAsync(HttpMethod.Delete, options is null ? "faults" : "faults/" + Uri.EscapeDataString(options));
        Report(service, options is null
            ? $"All fault rules of {service.Options.RealmText} were deleted."
            : $"The fault rule '{options}' was deleted.");
    }
}
