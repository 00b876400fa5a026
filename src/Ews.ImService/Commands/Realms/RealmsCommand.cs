using Ews.ImService.Configuration;
using Ews.ImService.Control.Contract;

namespace Ews.ImService.Commands.Realms;

/// <summary>Lists realms.</summary>
internal sealed class RealmsCommand : ClientCommand
{
    public RealmsCommand()
        : base("realms", "Lists the realms of a service.")
    {
        Examples = [new("ews-im realms", "Lists the realms, one per line; the default realm is the line (default).")];
    }

    protected override SettingGroup Connection => ClientOptions.GroupWithoutRealm;

    protected override async Task RunAsync(RunningService service, string? options) =>
        Print(service, await service.SendAsync(HttpMethod.Get, "realms"), ContractJson.Default.RealmList, Lines);

    private static IEnumerable<string> Lines(RealmList list) => list.Realms.Select(name => name.Length > 0 ? name : "(default)");
}
