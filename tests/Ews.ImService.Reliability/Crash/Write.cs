using System.Collections.Immutable;
using System.Xml.Linq;

namespace Ews.ImService.Reliability.Crash;

/// <summary>A request that changes mailboxes, and its effect.</summary>
/// <param name="Kind">The name of the operation or control call.</param>
/// <param name="Method">The HTTP method.</param>
/// <param name="Path">The path.</param>
/// <param name="Body">The body.</param>
/// <param name="Apply">
/// Returns the mailboxes after the change, given those before it and the response, or <c>null</c> for a response that was not received.
/// </param>
internal sealed record Write(
    string Kind,
    HttpMethod Method,
    string Path,
    string Body,
    Func<ImmutableSortedDictionary<string, MailboxModel>, XDocument?, ImmutableSortedDictionary<string, MailboxModel>> Apply);
