using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Ews.ImService.Mailbox;

namespace Ews.ImService.Control.Realms;

/// <summary>Creates GUIDs that are random or the same in every run.</summary>
/// <param name="seed">
/// The seed from which GUIDs are generated, so that they are the same in every run, or <c>null</c> for random GUIDs.
/// </param>
public sealed class GuidSource(int? seed)
{
    /// <summary>Creates the GUID of a mailbox, or of the persona of an object in it.</summary>
    /// <param name="mailbox">The mailbox.</param>
    /// <param name="number">0 for the mailbox; otherwise, the ordinal of the object, which is never reused.</param>
    public Guid Create(MailboxKey mailbox, long number) =>
        seed is null ? Guid.NewGuid() : new Guid(Hash(mailbox, $"{number}").AsSpan(0, 16));

    /// <summary>Creates the id of a change log of a mailbox.</summary>
    /// <param name="mailbox">The mailbox.</param>
    /// <param name="count">The number of change logs that the mailbox had, including this one.</param>
    public long CreateLogId(MailboxKey mailbox, int count) =>
        seed is null ? Random.Shared.NextInt64() : BinaryPrimitives.ReadInt64BigEndian(Hash(mailbox, $"log {count}"));

    /// <summary>Creates the GUID of a subscription to the events of a mailbox.</summary>
    /// <param name="mailbox">The mailbox.</param>
    /// <param name="count">The number of subscriptions that the mailbox had, including this one.</param>
    public Guid CreateSubscriptionGuid(MailboxKey mailbox, int count) =>
        seed is null ? Guid.NewGuid() : new Guid(Hash(mailbox, $"subscription {count}").AsSpan(0, 16));

    private byte[] Hash(MailboxKey mailbox, FormattableString name) => SHA256.HashData(Encoding.UTF8.GetBytes(
        $"{seed}\n{mailbox.Realm}\n{mailbox.SmtpAddress.Key}\n{FormattableString.Invariant(name)}"));
}
