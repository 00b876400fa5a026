using Ews.ImService.Mailbox;
using Ews.ImService.Protocol.Observation;

namespace Ews.ImService.Protocol.Soap;

/// <summary>What goes back over HTTP, and what the log says of it.</summary>
/// <param name="IsFault">Whether it is a fault, or an operation's own answer.</param>
/// <param name="Body">The envelope, UTF-8.</param>
/// <param name="Code">The response code.</param>
/// <param name="Operation">The request's operation, or null where it could not be told.</param>
/// <param name="Mailbox">The mailbox it ran on, or null where it came to none.</param>
internal sealed record SoapResponse(bool IsFault, ReadOnlyMemory<byte> Body, string Code, string? Operation, MailboxKey? Mailbox)
{
    /// <summary>What goes wrong on demand.</summary>
    public InjectedFault? Injected { get; init; }
}
