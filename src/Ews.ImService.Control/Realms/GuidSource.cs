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
    public Guid Create(MailboxKey mailbox, long number)
    {
        if (seed is null)
            return Guid.NewGuid();
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{seed}\n{mailbox.Realm}\n{mailbox.SmtpAddress.Key}\n{number}"));
        return new Guid(hash.AsSpan(0, 16));
    }
}
