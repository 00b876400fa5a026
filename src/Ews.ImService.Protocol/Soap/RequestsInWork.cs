using System.Runtime.InteropServices;
using Ews.ImService.Mailbox;

namespace Ews.ImService.Protocol.Soap;

/// <summary>The requests whose operations are being executed. Their number is limited, so that no queue grows without bound.</summary>
/// <remarks>
/// A request is in work from the start of its operation until its response is encoded. It is not in work while its body arrives, while a
/// fault rule delays it, or while its response is sent: slow clients, and faults that a tester injects, do not reject the requests of
/// others (docs/decisions/0023-overload.md).
/// </remarks>
internal sealed class RequestsInWork(EwsOptions options)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<MailboxKey, int> _ofMailbox = [];
    private int _all;

    /// <summary>Begins a request.</summary>
    /// <param name="mailbox">The mailbox of the request.</param>
    /// <returns>
    /// <c>true</c> if the request can be executed, and <see cref="End"/> must be called; <c>false</c> if the service or the mailbox has as
    /// many requests in work as allowed.
    /// </returns>
    public bool TryBegin(MailboxKey mailbox)
    {
        lock (_lock)
        {
            if (_all >= options.MaxRequests)
                return false;
            ref var ofMailbox = ref CollectionsMarshal.GetValueRefOrAddDefault(_ofMailbox, mailbox, out _);
            if (ofMailbox >= options.MaxRequestsPerMailbox)
                return false;
            ofMailbox++;
            _all++;
            return true;
        }
    }

    /// <summary>Ends a request that was begun.</summary>
    /// <param name="mailbox">The mailbox of the request.</param>
    public void End(MailboxKey mailbox)
    {
        lock (_lock)
        {
            _all--;
            if (--CollectionsMarshal.GetValueRefOrNullRef(_ofMailbox, mailbox) == 0)
                _ofMailbox.Remove(mailbox);
        }
    }
}
