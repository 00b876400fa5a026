using Ews.ImService.Mailbox;

namespace Ews.ImService.Storage;

/// <summary>A committed mailbox in memory.</summary>
/// <param name="id">The key of its row.</param>
/// <param name="key">The realm and address.</param>
/// <param name="version">The version of its row.</param>
/// <param name="state">The content.</param>
internal sealed class CachedMailbox(int id, MailboxKey key, long version, MailboxState state)
{
    /// <summary>Gets the key of its row.</summary>
    public int Id => id;

    /// <summary>Gets the realm and address.</summary>
    public MailboxKey Key => key;

    /// <summary>Gets the version of its row; always 0 if this process has the database exclusively.</summary>
    public long Version => version;

    /// <summary>Gets the content.</summary>
    public MailboxState State => state;

    /// <summary>Gets a value that indicates whether this process committed the version, so that it is probably still the current one.
    /// </summary>
    public bool IsOwn { get; init; }

    /// <summary>Gets or sets the time of the last use, in milliseconds of <see cref="Environment.TickCount64"/>.</summary>
    public long LastUsed { get; set; } = Environment.TickCount64;
}
