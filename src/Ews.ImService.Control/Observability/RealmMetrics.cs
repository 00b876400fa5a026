using System.Diagnostics.Metrics;
using System.Text.Json;
using Ews.ImService.Control.Contract;
using Ews.ImService.Control.Realms;
using Ews.ImService.Mailbox;

namespace Ews.ImService.Control.Observability;

/// <summary>The instruments of realms, of their journals, and of the control API. Values are those of all realms.</summary>
internal sealed class RealmMetrics
{
    /// <summary>The attribute of an injected fault.</summary>
    public const string FaultKindAttribute = "ews.fault.kind";

    private readonly Counter<long> _faults;

    /// <summary>Creates the instruments.</summary>
    /// <param name="instrumentation">The meter.</param>
    /// <param name="realms">The realms.</param>
    public RealmMetrics(Instrumentation instrumentation, RealmRegistry realms)
    {
        var meter = instrumentation.Meter;
        _faults = meter.CreateCounter<long>("ews.faults.injected", "{fault}", "Faults that were injected into responses.");
        meter.CreateObservableUpDownCounter<long>("ews.realms", () => realms.RealmCount, "{realm}", "Realms that were used in this run.");
        meter.CreateObservableUpDownCounter(
            "ews.journal.entries", () => realms.Journals.Sum(journal => (long)journal.Count), "{entry}", "Entries of the journals.");
        meter.CreateObservableUpDownCounter(
            "ews.journal.size", () => realms.Journals.Sum(journal => journal.Bytes), "By", "The size of the journals.");
    }

    /// <summary>Observes that a fault is injected.</summary>
    /// <param name="kind">The kind of the fault.</param>
    public void OnInjected(FaultKind kind)
    {
        if (_faults.Enabled)
            _faults.Add(1, new KeyValuePair<string, object?>(FaultKindAttribute, NameOf(kind)));
    }

    /// <summary>Returns the name of a kind of fault, as in the control API.</summary>
    public static string NameOf(FaultKind kind) => JsonNamingPolicy.CamelCase.ConvertName($"{kind}");
}
