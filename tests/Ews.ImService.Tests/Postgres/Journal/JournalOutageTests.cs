using Ews.ImService.Control.Contract;
using Ews.ImService.Control.Journal;
using Ews.ImService.Postgres.Journal;
using static Ews.ImService.Tests.Postgres.Journal.SampleEntries;

namespace Ews.ImService.Tests.Postgres.Journal;

/// <summary>The journal while a transaction waits for a lock in the database.</summary>
public sealed class JournalOutageTests
{
    private const string Realm = "orders";
    private const string Other = "other";

    /// <summary>The number of large responses, which exceed the memory for entries together.</summary>
    private const int LargeResponses = 40;
    private const int LargeResponse = 2_200_000;

    /// <summary>The minimum number of large responses that are lost: together they exceed the memory.</summary>
    private const int ExcessResponses = 10;

    /// <summary>The number of other responses in the same test, which are stored.</summary>
    private const int SmallResponses = 3;

    private static readonly TimeSpan MaxWait = TimeSpan.FromMinutes(1);

    /// <summary>Responses do not wait long; transactions do.</summary>
    private static readonly JournalTimeLimits ShortWait = new()
    {
        Wait = TimeSpan.FromSeconds(1),
        Transaction = TimeSpan.FromMinutes(2),
    };

    [PostgresFact]
    public async Task A_response_does_not_wait_for_journals_that_are_emptied()
    {
        await using var database = JournalDatabase.Create();
        var create = database.StartInstance(limits: ShortWait);
        var (journal, other) = (create(Realm), create(Other));
        await EndAsync(journal, Begin(journal, "Before"));
        await using (await database.LockAsync(Realm))
        {
            var emptying = Enumerable.Range(0, 10).Select(_ => journal.ClearAsync()).ToList();
            await EndAsync(other, Begin(other, "During")).WaitAsync(MaxWait);
            emptying.Should().OnlyContain(task => !task.IsCompleted);
        }

        var stored = await other.WaitAsync(new JournalFilter(), 1, null, MaxWait, CancellationToken.None);
        stored.Entries.Should().ContainSingle().Which.Operation.Should().Be("During");
    }

    [PostgresFact]
    public async Task Large_responses_that_wait_while_the_database_works_are_stored()
    {
        await using var database = JournalDatabase.Create();
        var journal = database.StartInstance()(Realm);
        await EndAsync(journal, Begin(journal, "Before"));
        List<Task> responses;
        await using (await database.LockAsync(Realm))
            responses = EndLarge(journal, _ => new byte[LargeResponse]);

        await Task.WhenAll(responses).WaitAsync(MaxWait);
        (await journal.FindLastIdAsync(CancellationToken.None)).Should().Be(1 + LargeResponses);
    }

    [PostgresFact]
    public async Task The_oldest_entries_are_lost_while_the_database_cannot_be_used()
    {
        await using var database = JournalDatabase.Create();
        var journal = database.StartInstance(limits: ShortWait)(Realm);
        await EndAsync(journal, Begin(journal, "Before"));
        await using (await database.LockAsync(Realm))
        {
            var stored = Begin(journal, "Stored");
            await EndAsync(journal, stored).WaitAsync(MaxWait);
            var large = Enumerable.Range(0, LargeResponses).Select(_ => Begin(journal, "GetImItemList")).ToList();
            foreach (var entry in large)
                await EndAsync(journal, entry, new byte[LargeResponse]).WaitAsync(MaxWait);
            await EndAsync(journal, Begin(journal, "Last")).WaitAsync(MaxWait);
            using var deadline = new CancellationTokenSource(MaxWait);
            while (!large.Take(ExcessResponses).All(entry => ((OpenEntry)entry.Tracking!).IsLost))
                await Task.Delay(TimeSpan.FromMilliseconds(10), deadline.Token);
        }

        await journal.WaitAsync(new JournalFilter { OperationContains = "Last" }, 1, null, MaxWait, CancellationToken.None);
        (await journal.FindLastIdAsync(CancellationToken.None))
            .Should().BeInRange(LargeResponses / 2, LargeResponses - ExcessResponses + SmallResponses);
    }

    [PostgresFact]
    public async Task Entries_with_the_same_large_response_are_kept_while_the_database_cannot_be_used()
    {
        await using var database = JournalDatabase.Create();
        var journal = database.StartInstance(limits: ShortWait)(Realm);
        await EndAsync(journal, Begin(journal, "Before"));
        var shared = new byte[LargeResponse];
        await using (await database.LockAsync(Realm))
            await Task.WhenAll(EndLarge(journal, _ => shared)).WaitAsync(MaxWait);

        await EndAsync(journal, Begin(journal, "Last")).WaitAsync(MaxWait);
        await journal.WaitAsync(new JournalFilter { OperationContains = "Last" }, 1, null, MaxWait, CancellationToken.None);
        (await journal.FindLastIdAsync(CancellationToken.None)).Should().Be(LargeResponses + 2);
    }

    [PostgresFact]
    public async Task A_request_that_ends_while_its_transaction_fails_is_stored_once()
    {
        await using var database = JournalDatabase.Create();
        var limits = new JournalTimeLimits { Wait = TimeSpan.FromMinutes(1), Transaction = TimeSpan.FromSeconds(1) };
        var journal = database.StartInstance(limits: limits)(Realm);
        await EndAsync(journal, Begin(journal, "Before"));
        await using (await database.LockAsync(Realm))
        {
            var entry = Begin(journal, "During");
            var arrived = journal.StoreAsync(entry);
            await database.WaitForBlockedTransactionAsync();
            await Task.WhenAll(arrived, EndAsync(journal, entry)).WaitAsync(MaxWait);
        }

        await journal.WaitAsync(new JournalFilter { OperationContains = "During" }, 1, null, MaxWait, CancellationToken.None);
        await EndAsync(journal, Begin(journal, "After"));
        await journal.WaitAsync(new JournalFilter { OperationContains = "After" }, 1, null, MaxWait, CancellationToken.None);
        (await journal.FindAsync(new JournalFilter(), CancellationToken.None)).Entries
            .Select(stored => (stored.Operation, stored.State)).Should().Equal(
                ("Before", JournalState.Answered), ("During", JournalState.Answered), ("After", JournalState.Answered));
    }

    [PostgresFact]
    public async Task A_journal_that_cannot_be_emptied_does_not_prevent_that_others_are_stored()
    {
        await using var database = JournalDatabase.Create();
        var create = database.StartInstance();
        var (invalid, journal) = (create("\ud800"), create(Realm)); // A lone surrogate cannot be sent to the database.

        await invalid.Invoking(it => it.ClearAsync().WaitAsync(MaxWait)).Should().ThrowAsync<ArgumentException>();
        await EndAsync(journal, Begin(journal, "After")).WaitAsync(MaxWait);

        (await journal.FindLastIdAsync(CancellationToken.None)).Should().Be(1);
    }

    private static List<Task> EndLarge(IRequestJournal journal, Func<int, byte[]> body) =>
        [.. Enumerable.Range(0, LargeResponses).Select(request => EndAsync(journal, Begin(journal, "GetImItemList"), body(request)))];
}
