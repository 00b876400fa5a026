using Ews.ImService.Control.Documents;
using Ews.ImService.Mailbox;
using Ews.ImService.Protocol;

namespace Ews.ImService.Control.Faults;

/// <summary>Reads values that several kinds of faults have.</summary>
internal static class FaultNode
{
    private const int MaxMilliseconds = 24 * 60 * 60 * 1000;

    /// <summary>Reads a duration of at most a day, in milliseconds.</summary>
    public static TimeSpan? Milliseconds(this DocumentNode node, string name, int min) =>
        node.Number(name, min, MaxMilliseconds) is { } milliseconds ? TimeSpan.FromMilliseconds(milliseconds) : null;

    /// <summary>Reads a positive integer.</summary>
    public static int? Positive(this DocumentNode node, string name) => (int?)node.Number(name, 1, int.MaxValue);

    /// <summary>Reads <c>responseCode</c> and <c>messageText</c>.</summary>
    public static EwsError Error(this DocumentNode node)
    {
        var code = node.Text("responseCode");
        var text = node.OptionalText("messageText");
        if (code.Length > 0 && !EwsNames.IsErrorCode(code))
            node.ProblemOf("responseCode", $"must be the name of an EWS error such as ErrorItemNotFound, but is '{code}'");
        var known = EwsError.FindByCode(code) ?? EwsError.InternalServerError with { MessageText = "The operation failed." };
        return known with { Code = code, MessageText = text ?? known.MessageText };
    }
}
