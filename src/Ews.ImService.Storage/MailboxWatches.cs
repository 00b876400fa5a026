using Ews.ImService.Mailbox;

namespace Ews.ImService.Storage;

/// <summary>The watches that are open: created and disposed by any thread, and signaled by the writer thread.</summary>
internal sealed class MailboxWatches
{
    private readonly Lock _lock = new();

    /// <summary>The open watches. The array is replaced and never changed, so that the writer thread reads it without a lock.</summary>
    private volatile Watch[] _watches = [];

    /// <summary>Opens a watch of a realm.</summary>
    public IMailboxWatch Open(string realm)
    {
        var watch = new Watch(this, realm);
        lock (_lock)
            _watches = [.. _watches, watch];
        return watch;
    }

    /// <summary>Adds a changed mailbox to the watches of its realm.</summary>
    public void SignalChange(MailboxKey key)
    {
        foreach (var watch in _watches)
            watch.Add(key);
    }

    /// <summary>Signals the watches that any mailbox of their realms may have changed.</summary>
    public void SignalAnyChange()
    {
        foreach (var watch in _watches)
            watch.AddAll();
    }

    private void Close(Watch closed)
    {
        lock (_lock)
            _watches = [.. _watches.Where(watch => watch != closed)];
    }

    private sealed class Watch(MailboxWatches watches, string realm) : IMailboxWatch
    {
        private readonly Lock _lock = new();
        private HashSet<SmtpAddress> _addresses = [];
        private bool _hasMore;

        public void Add(MailboxKey key)
        {
            if (key.Realm != realm)
                return;
            lock (_lock)
            {
                if (_addresses.Count < IMailboxWatch.MaxAddresses)
                    _addresses.Add(key.SmtpAddress);
                else
                    _hasMore |= !_addresses.Contains(key.SmtpAddress);
            }
        }

        public void AddAll()
        {
            lock (_lock)
                _hasMore = true;
        }

        public IReadOnlyCollection<SmtpAddress>? TakeChanges()
        {
            lock (_lock)
            {
                if (_addresses.Count == 0 && !_hasMore)
                    return [];
                var (taken, hadMore) = (_addresses, _hasMore);
                (_addresses, _hasMore) = ([], false);
                return hadMore ? null : taken;
            }
        }

        public void Dispose() => watches.Close(this);
    }
}
