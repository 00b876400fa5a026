using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Ews.ImService.Mailbox;

namespace Ews.ImService.Control.Realms;

/// <summary>Makes GUIDs: random ones, or the same on every run.</summary>
/// <param name="seed">What they are made of; null for random ones.</param>
public sealed class GuidSource(int? seed)
{
    private readonly ConcurrentDictionary<string, int> _given = new(SmtpAddress.Comparer);

    /// <summary>The next one of a mailbox.</summary>
    public Guid Next(MailboxKey mailbox)
    {
        if (seed is null)
            return Guid.NewGuid();
        var number = _given.AddOrUpdate(mailbox.SmtpAddress, 1, (_, last) => last + 1);
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{seed}\n{mailbox.Realm}\n{mailbox.SmtpAddress.ToUpperInvariant()}\n{number}"));
        return new Guid(hash.AsSpan(0, 16));
    }

    /// <summary>Begins again.</summary>
    /// <param name="mailbox">With one mailbox; null for all.</param>
    public void Reset(string? mailbox)
    {
        if (mailbox is null)
            _given.Clear();
        else
            _given.TryRemove(mailbox, out _);
    }
}
