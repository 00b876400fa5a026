using Ews.ImService.Control.Documents;

namespace Ews.ImService.Control.Faults;

/// <summary>The kinds of faults: one line each.</summary>
internal static class FaultKinds
{
    /// <summary>Reads the properties of a kind from the description of a fault rule.</summary>
    public static readonly IReadOnlyDictionary<string, Func<DocumentNode, Fault>> All = new Dictionary<string, Func<DocumentNode, Fault>>
    {
        ["serverBusy"] = ServerBusyFault.Read,
        ["responseCode"] = ResponseCodeFault.Read,
        ["soapFault"] = SoapFault.Read,
        ["http"] = HttpFault.Read,
        ["delay"] = DelayFault.Read,
        ["slowBody"] = SlowBodyFault.Read,
        ["drop"] = _ => new DropFault(),
        ["dropAfter"] = _ => new DropAfterFault(),
        ["truncate"] = TruncateFault.Read,
        ["malformed"] = _ => new MalformedFault(),
    };
}
