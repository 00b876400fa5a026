using Ews.ImService.Configuration;

namespace Ews.ImService.Commands.Realms;

/// <summary>Creates a realm.</summary>
internal sealed class CreateRealmCommand : ClientCommand
{
    public CreateRealmCommand()
        : base("realms create", "Creates a realm in the initial state, unless it exists.")
    {
        Argument = new CommandArgument("NAME", "The name of the realm.") { IsRequired = true };
        Examples = [new("ews-im realms create my-test", "Creates the realm 'my-test'.")];
    }

    protected override SettingGroup Connection => ClientOptions.GroupWithoutRealm;

    protected override async Task RunAsync(RunningService service, string? options)
    {
        await service.SendAsync(HttpMethod.Put, "realms/" + Uri.EscapeDataString(options!));
        var url = new Uri(service.Options.Url, $"/realms/{options}/EWS/Exchange.asmx");
        Report(service, $"The realm '{options}' exists. EWS clients use {url}");
    }
}
