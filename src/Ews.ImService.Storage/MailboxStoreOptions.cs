using Ews.ImService.Mailbox;

namespace Ews.ImService.Storage;

/// <summary>The settings of a mailbox store.</summary>
/// <param name="Path">The path of the database file, or <see cref="InMemory"/>.</param>
/// <param name="Limits">The limits of one mailbox.</param>
/// <param name="Realms">The clocks of realms, and the source of mailbox and persona GUIDs.</param>
public sealed record MailboxStoreOptions(string Path, MailboxLimits Limits, IRealms Realms)
{
    /// <summary>The path of a database in memory, which is lost when the store is disposed.</summary>
    public const string InMemory = ":memory:";

    /// <summary>Gets the meter and the activity source; the default is one that no listener is interested in.</summary>
    public Instrumentation Instrumentation { get; init; } = new(Instrumentation.UnobservedName);
}
