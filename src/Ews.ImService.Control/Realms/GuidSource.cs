using System.Security.Cryptography;
using System.Text;
using Ews.ImService.Mailbox;

namespace Ews.ImService.Control.Realms;

/// <summary>Makes GUIDs: random ones, or the same on every run.</summary>
/// <param name="seed">What they are made of; null for random ones.</param>
public sealed class GuidSource(int? seed)
{
    /// <summary>The GUID of a mailbox, or of the persona of one of its objects.</summary>
    /// <param name="mailbox">The mailbox.</param>
    /// <param name="number">0 for the mailbox; else the object's number, which is never used twice, so that the GUID is not either.</param>
    public Guid Of(MailboxKey mailbox, long number)
    {
        if (seed is null)
            return Guid.NewGuid();
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{seed}\n{mailbox.Realm}\n{mailbox.SmtpAddress.Key}\n{number}"));
        return new Guid(hash.AsSpan(0, 16));
    }
}
