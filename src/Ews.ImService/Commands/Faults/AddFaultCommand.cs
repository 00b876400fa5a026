using System.Text.Json;
using System.Text.RegularExpressions;
using Ews.ImService.Configuration;
using Ews.ImService.Control.Contract;

namespace Ews.ImService.Commands.Faults;

/// <summary>Adds a fault rule.</summary>
internal sealed partial class AddFaultCommand : ClientCommand<FaultRule>
{
    public AddFaultCommand()
        : base("faults add", "Adds a fault rule to a realm and prints its id.")
    {
        Remarks = "The rule is applied to requests that match its conditions: --operation, --mailbox, --nth, --times and --probability. "
            + "The other options are parameters of its kind.";
        Argument = new CommandArgument("KIND", "The effect of the rule.")
        {
            IsRequired = true,
            Values = [.. Enum.GetNames<FaultKind>().Select(JsonNamingPolicy.CamelCase.ConvertName)],
        };
        Examples =
        [
            new(
                "ews-im faults add serverBusy --back-off-milliseconds 2000 --operation AddImGroup --times 1",
                "Responds to the next request for AddImGroup with ErrorServerBusy."),
            new(
                "ews-im faults add http --status 503 --header 'Retry-After: 5' --probability 0.5",
                "Responds to every second request, on average, with the HTTP status 503."),
            new(
                "ews-im faults add responseCode --response-code ErrorItemNotFound --mailbox alice@contoso.com --nth 3",
                "Lets all requests for a mailbox fail from the third one on."),
            new("ews-im faults add delay --milliseconds 3000 --id slow", "Delays every response by three seconds."),
        ];
    }

    protected override IEnumerable<Setting> OwnOptions => FaultOptions.All;

    protected override FaultRule Read(SettingValues values, string? argument, ClientOptions client) =>
        FaultOptions.Read(values, Enum.Parse<FaultKind>(argument!, ignoreCase: true));

    protected override async Task RunAsync(RunningService service, FaultRule options)
    {
        try
        {
            var body = JsonSerializer.Serialize(options, ContractJson.Default.FaultRule);
            var added = await service.SendAsync(HttpMethod.Post, "faults", body);
            Print(service, added, ContractJson.Default.FaultRule, rule => [rule.Id!]);
        }
        catch (StartException e)
        {
            throw new StartException(Property().Replace(e.Message, match => FaultOptions.NameOf(match.Groups[1].Value)), e);
        }
    }

    [GeneratedRegex(@"^\$\.([a-zA-Z]+)", RegexOptions.Multiline)]
    private static partial Regex Property();
}
