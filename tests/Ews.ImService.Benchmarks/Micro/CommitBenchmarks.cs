using System.Globalization;
using BenchmarkDotNet.Attributes;
using Ews.ImService.Mailbox;
using Ews.ImService.Storage;

namespace Ews.ImService.Benchmarks.Micro;

/// <summary>Renames one group in each of several mailboxes, and waits until all changes are durable in a file.</summary>
/// <remarks>The writer commits changes that wait at the same time in one transaction.</remarks>
public class CommitBenchmarks
{
    private const int MaxChanges = 64;

    private readonly List<(MailboxKey Mailbox, string Group)> _groups = [];
    private readonly Task[] _changes = new Task[MaxChanges];
    private DirectoryInfo _folder = null!;
    private SingleWriterStore _store = null!;
    private long _number;

    /// <summary>Gets or sets the number of concurrent changes.</summary>
    [Params(1, MaxChanges)]
    public int Changes { get; set; }

    /// <summary>Creates the file and the mailboxes.</summary>
    [GlobalSetup]
    public void CreateMailboxes()
    {
        _folder = Directory.CreateTempSubdirectory("ews-imservice-benchmarks-");
        var path = Path.Combine(_folder.FullName, "mailboxes.db");
        _store = MailboxStorage.Start(new MailboxStoreOptions(path, new MailboxLimits(), new SystemRealms()));
        for (var i = 0; i < MaxChanges; i++)
        {
            var address = string.Create(CultureInfo.InvariantCulture, $"user{i}@contoso.com");
            var mailbox = new MailboxKey(MailboxKey.DefaultRealm, SmtpAddress.Parse(address));

            // The toolchain does not wait for asynchronous methods.
            var added = _store.ChangeAsync(mailbox, edit => edit.AddImGroup("Team"), CancellationToken.None).GetAwaiter().GetResult();
            _groups.Add((mailbox, added.Value!.Id.Value));
        }
    }

    /// <summary>Deletes the file.</summary>
    [GlobalCleanup]
    public void Delete()
    {
        _store.DisposeAsync().AsTask().GetAwaiter().GetResult();
        _folder.Delete(recursive: true);
    }

    /// <summary>Commits the changes.</summary>
    [Benchmark]
    public void Commit()
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"Team {_number++}");
        for (var i = 0; i < Changes; i++)
        {
            var (mailbox, group) = _groups[i];
            _changes[i] = _store.ChangeAsync(mailbox, edit => edit.SetImGroup(group, name), CancellationToken.None);
        }

        Task.WhenAll(_changes.AsSpan(0, Changes)).GetAwaiter().GetResult();
    }
}
