using Ews.ImService.Control.Contract;
using Ews.ImService.Control.Documents;

namespace Ews.ImService.Control.Faults;

/// <summary>The response of the operation after a delay.</summary>
internal sealed record DelayFault : Fault
{
    public static DelayFault Read(FaultRule rule, DocumentProblems problems) =>
        new() { Delay = TimeSpan.FromMilliseconds(FaultKinds.Required(rule.Milliseconds, "milliseconds", problems)) };
}
