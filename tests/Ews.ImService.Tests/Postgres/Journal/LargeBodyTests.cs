using System.Buffers;
using System.Text;
using Ews.ImService.Control;
using Ews.ImService.Control.Journal;
using static Ews.ImService.Tests.Postgres.Journal.SampleEntries;

namespace Ews.ImService.Tests.Postgres.Journal;

/// <summary>Large response bodies, which entries of the journal share.</summary>
public sealed class LargeBodyTests
{
    private const string Realm = "orders";
    private const int Length = 100_000;

    [PostgresFact]
    public async Task Entries_of_the_same_response_share_its_body()
    {
        await using var database = JournalDatabase.Create();
        var (first, second) = (database.StartInstance()(Realm), database.StartInstance()(Realm));
        var (list, other) = (Body('a'), Body('b'));

        for (var i = 0; i < 4; i++)
            await EndAsync(first, Begin(first, "GetImItemList"), i == 2 ? other : list);

        await VerifyBodiesAsync(second, list, list, other, list);
        await EndAsync(first, Begin(first, "GetImItemList"), list);
        await VerifyBodiesAsync(second, list, list, other, list, list);
        database.Execute("""SELECT count(*) FROM "JournalBodies" """).Should().Be("2");
        database.Execute("""SELECT "Bytes" BETWEEN 200000 AND 210000 FROM "Journals" """).Should().Be("t");
    }

    [PostgresFact]
    public async Task A_body_is_deleted_with_the_last_entry_that_refers_to_it()
    {
        await using var database = JournalDatabase.Create();
        var journal = database.StartInstance(new ControlOptions { JournalEntries = 2 })(Realm);
        var (list, other) = (Body('a'), Body('b'));

        foreach (var body in new[] { list, other, list, other, other })
            await EndAsync(journal, Begin(journal, "GetImItemList"), body);

        await VerifyBodiesAsync(journal, other, other);
        database.Execute("""SELECT count(*) FROM "JournalBodies" """).Should().Be("1");
        database.Execute("""SELECT "Bytes" BETWEEN 100000 AND 105000 FROM "Journals" """).Should().Be("t");
    }

    [PostgresFact]
    public async Task The_maximum_size_includes_bodies()
    {
        await using var database = JournalDatabase.Create();
        var journal = database.StartInstance(new ControlOptions { JournalBytes = (3 * Length) + 5_000 })(Realm);

        for (var i = 0; i < 10; i++)
            await EndAsync(journal, Begin(journal, "GetImItemList"), Body((char)('a' + i)));

        await VerifyBodiesAsync(journal, Body('h'), Body('i'), Body('j'));
        database.Execute("""SELECT count(*) FROM "JournalBodies" """).Should().Be("3");
    }

    [PostgresTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_body_that_was_evicted_is_stored_again(bool isEntryStoredBefore)
    {
        await using var database = JournalDatabase.Create();
        var (first, second) = (database.StartInstance(new ControlOptions { JournalEntries = 1 })(Realm), database.StartInstance()(Realm));
        var list = Body('a');
        await EndAsync(first, Begin(first, "GetImItemList"), list);
        await EndAsync(first, Begin(first, "AddImGroup"));
        database.Execute("""SELECT count(*) FROM "JournalBodies" """).Should().Be("0");

        var entry = Begin(first, "GetImItemList");
        if (isEntryStoredBefore)
            await first.StoreAsync(entry);
        await EndAsync(first, entry, list);

        await VerifyBodiesAsync(second, list);
    }

    [PostgresFact]
    public async Task A_body_of_a_cleared_journal_is_stored_again()
    {
        await using var database = JournalDatabase.Create();
        var (first, second) = (database.StartInstance()(Realm), database.StartInstance()(Realm));
        var list = Body('a');
        await EndAsync(first, Begin(first, "GetImItemList"), list);

        await second.ClearAsync();
        database.Execute("""SELECT count(*) FROM "JournalBodies" """).Should().Be("0");
        await EndAsync(first, Begin(first, "GetImItemList"), list);

        await VerifyBodiesAsync(second, list);
    }

    [PostgresFact]
    public async Task A_body_that_two_instances_send_is_stored_by_each()
    {
        await using var database = JournalDatabase.Create();
        var (first, second) = (database.StartInstance()(Realm), database.StartInstance()(Realm));

        await Task.WhenAll(
            EndAsync(first, Begin(first, "GetImItemList"), Body('a')), EndAsync(second, Begin(second, "GetImItemList"), Body('a')));

        await VerifyBodiesAsync(first, Body('a'), Body('a'));
    }

    [PostgresFact]
    public async Task A_large_body_is_stored_without_credentials()
    {
        await using var database = JournalDatabase.Create();
        var journal = database.StartInstance()(Realm);
        var body = Encoding.UTF8.GetBytes($"<a><Password>hunter2</Password>{new string('a', Length)}</a>");

        for (var i = 0; i < 2; i++)
            await EndAsync(journal, Begin(journal, "GetImItemList"), body);

        var found = (await journal.FindAsync(new JournalFilter(), CancellationToken.None)).Entries;
        found.Should().HaveCount(2).And.OnlyContain(entry => entry.IsResponseRedacted);
        Encoding.UTF8.GetString(found[1].ResponseBody.ToArray()).Should().StartWith("<a><Password>(hidden)</Password>aaa");
        database.Execute("""SELECT encode("Body", 'escape') LIKE '%hunter2%' FROM "JournalBodies" """).Should().Be("f");
    }

    private static byte[] Body(char letter) => Encoding.UTF8.GetBytes(new string(letter, Length));

    private static async Task VerifyBodiesAsync(IRequestJournal journal, params byte[][] expected)
    {
        var found = await journal.FindAsync(new JournalFilter(), CancellationToken.None);
        found.Entries.Should().HaveCount(expected.Length);
        foreach (var (index, entry) in found.Entries.Index())
            entry.ResponseBody.ToArray().AsSpan().SequenceEqual(expected[index]).Should().BeTrue("the entry {0} has its body", entry.Id);
    }
}
