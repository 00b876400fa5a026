using Ews.ImService.Control.Documents;

namespace Ews.ImService.Control.Faults;

/// <summary>The response of the operation after a delay.</summary>
internal sealed record DelayFault : Fault
{
    public static DelayFault Read(DocumentNode node)
    {
        if (!node.Has("milliseconds"))
            node.ProblemOf("milliseconds", "is missing");
        return new DelayFault { Delay = node.Milliseconds("milliseconds", min: 1) ?? TimeSpan.Zero };
    }
}
