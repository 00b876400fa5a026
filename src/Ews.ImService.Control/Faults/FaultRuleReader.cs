using System.Text.Json;
using Ews.ImService.Control.Contract;
using Ews.ImService.Control.Documents;
using Ews.ImService.Mailbox;
using Ews.ImService.Protocol;
using Ews.ImService.Protocol.Http;

namespace Ews.ImService.Control.Faults;

/// <summary>Reads fault rules.</summary>
internal static class FaultRuleReader
{
    /// <summary>Reads a fault rule and its effect.</summary>
    /// <param name="json">A JSON object in UTF-8.</param>
    /// <exception cref="DocumentException">The object is not a valid fault rule.</exception>
    public static (FaultRule Rule, Fault Fault) Read(ReadOnlyMemory<byte> json)
    {
        var (text, effect) = DocumentNode.Read(json, (node, _) =>
        {
            var fault = ReadFault(node);
            CheckMatching(node);
            return (node.ToJson(), fault);
        });
        return (JsonSerializer.Deserialize(text, ContractJson.Default.FaultRule)!, effect);
    }

    private static Fault ReadFault(DocumentNode node)
    {
        var kind = node.Text("kind");
        if (!FaultKinds.All.TryGetValue(kind, out var read))
        {
            if (kind.Length > 0)
                node.ProblemOf("kind", $"must be one of {string.Join(", ", FaultKinds.All.Keys)}, but is '{kind}'");
            return new DelayFault();
        }

        var fault = read(node);
        return fault is DelayFault ? fault : fault with { Delay = node.Milliseconds("delayMilliseconds", min: 0) ?? TimeSpan.Zero };
    }

    /// <summary>Checks the properties that every kind has.</summary>
    private static void CheckMatching(DocumentNode node)
    {
        if (node.OptionalText("id") is { } id && !RequestRealm.IsValidName(id))
            node.ProblemOf("id", $"must be {RequestRealm.NameRule}, but is '{id}'");
        if (node.OptionalText("operation") is { } operation && !EwsNames.IsOperation(operation))
            node.ProblemOf("operation", $"must be an EWS operation, but is '{operation}'");
        if (node.OptionalText("mailbox") is { } mailbox && !SmtpAddress.TryParse(mailbox, out _))
            node.ProblemOf("mailbox", $"must be an SMTP address, but is '{mailbox}'");
        node.Positive("nth");
        node.Positive("times");
        node.Fraction("probability");
        node.Number("seed", 0, int.MaxValue);
    }
}
