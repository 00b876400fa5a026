using System.Buffers;
using Ews.ImService.Control;
using Ews.ImService.Control.Contract;
using Ews.ImService.Control.Journal;
using Microsoft.AspNetCore.Http;
using static Ews.ImService.Tests.Postgres.Journal.SampleEntries;

namespace Ews.ImService.Tests.Postgres.Journal;

/// <summary>The journal of a realm at two instances with one database.</summary>
public sealed class SharedJournalTests
{
    private const string Realm = "orders";

    private static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(30);

    [PostgresFact]
    public async Task A_stored_entry_is_complete_at_the_other_instance()
    {
        await using var database = JournalDatabase.Create();
        var journals = new[] { database.StartInstance()(Realm), database.StartInstance()(Realm) };

        for (var round = 1; round <= 50; round++)
        {
            var entry = Begin(journals[round % 2], $"Operation{round}");
            await EndAsync(journals[round % 2], entry);
            var found = await journals[(round + 1) % 2].FindAsync(round, CancellationToken.None);

            found!.Operation.Should().Be($"Operation{round}");
            found.State.Should().Be(JournalState.Answered);
            found.ToEntry(withBodies: true).Should().BeEquivalentTo(
                entry.ToEntry(withBodies: true) with { Id = round }, options => options.Excluding(member => member.Milliseconds));
            found.ToEntry(withBodies: false).Milliseconds.Should().Be(entry.ToEntry(withBodies: false).Milliseconds);
        }
    }

    [PostgresFact]
    public async Task Ids_follow_each_other_and_no_reader_sees_a_gap()
    {
        const int Writers = 8, Requests = 100;
        await using var database = JournalDatabase.Create();
        var journals = new[] { database.StartInstance()(Realm), database.StartInstance()(Realm) };
        using var end = new CancellationTokenSource();

        var reading = Task.Run(async () =>
        {
            var readings = 0;
            while (!end.IsCancellationRequested || readings == 0)
            {
                var found = await journals[readings++ % 2].FindAsync(new JournalFilter(), CancellationToken.None);
                found.Entries.Select(entry => entry.Id).Should().Equal(Enumerable.Range(1, found.Entries.Count).Select(id => (long)id));
            }
        });
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(async () =>
        {
            for (var request = 0; request < Requests; request++)
                await EndAsync(journals[writer % 2], Begin(journals[writer % 2], $"W{writer}R{request}"));
        })));
        await end.CancelAsync();
        await reading;

        var all = (await journals[0].FindAsync(new JournalFilter(), CancellationToken.None)).Entries;
        all.Should().HaveCount(Writers * Requests);
        foreach (var writer in all.GroupBy(entry => entry.Operation!.Split('R')[0]))
        {
            writer.Select(entry => int.Parse(entry.Operation!.Split('R')[1], null)).Should().Equal(
                Enumerable.Range(0, Requests), "each request begins after the one before it");
        }
    }

    [PostgresFact]
    public async Task The_oldest_entries_are_evicted_by_number_and_by_size()
    {
        await using var database = JournalDatabase.Create();
        var byNumber = database.StartInstance(new ControlOptions { JournalEntries = 3 });
        var bySize = database.StartInstance(new ControlOptions { JournalBytes = 10_000 });
        foreach (var journal in new[] { byNumber("number"), bySize("size") })
        {
            for (var i = 0; i < 10; i++)
                await EndAsync(journal, Begin(journal, "AddImGroup"), new byte[4000]);
        }

        var few = await byNumber("number").FindAsync(new JournalFilter(), CancellationToken.None);
        var small = await bySize("size").FindAsync(new JournalFilter(), CancellationToken.None);

        few.Entries.Select(entry => entry.Id).Should().Equal(8, 9, 10);
        few.EvictedThroughId.Should().Be(7);
        small.Entries.Select(entry => entry.Id).Should().Equal(9, 10);
        small.EvictedThroughId.Should().Be(8);
        database.Execute("""SELECT count(*) FROM "JournalEntries" """).Should().Be("5");
        database.Execute("""SELECT "Bytes" <= 10000 FROM "Journals" WHERE "Realm" = 'size'""").Should().Be("t");
    }

    [PostgresFact]
    public async Task A_journal_with_one_entry_above_the_maximum_size_keeps_it()
    {
        await using var database = JournalDatabase.Create();
        var journal = database.StartInstance(new ControlOptions { JournalBytes = 100 })(Realm);

        for (var i = 0; i < 3; i++)
            await EndAsync(journal, Begin(journal, "AddImGroup"), new byte[4000]);

        (await IdsAsync(journal)).Should().Equal(3);
    }

    [PostgresFact]
    public async Task A_request_that_has_not_ended_is_visible_at_the_other_instance()
    {
        await using var database = JournalDatabase.Create();
        var (first, second) = (database.StartInstance()(Realm), database.StartInstance()(Realm));

        var entry = Begin(first, "GetImItemList");
        var arrived = await second.WaitAsync(new JournalFilter { State = "arrived" }, 1, null, MaxWait, CancellationToken.None);
        await EndAsync(first, entry);
        var answered = await second.WaitAsync(new JournalFilter(), 1, arrived.Version, MaxWait, CancellationToken.None);

        arrived.Entries.Should().ContainSingle().Which.Operation.Should().Be("GetImItemList");
        answered.Entries.Should().ContainSingle().Which.State.Should().Be(JournalState.Answered);
        answered.Entries[0].Id.Should().Be(arrived.Entries[0].Id);
        (await first.FindAsync(new JournalFilter(), CancellationToken.None)).Entries.Should().ContainSingle();
    }

    [PostgresFact]
    public async Task A_feed_follows_the_requests_of_all_instances()
    {
        await using var database = JournalDatabase.Create();
        var (first, second) = (database.StartInstance()(Realm), database.StartInstance()(Realm));
        var feed = new JournalFeed(new JournalFilter(), limit: 100, start: null);

        (await second.UpdateAsync(feed, CancellationToken.None)).Should().BeTrue();
        feed.Run()!.Reset.Should().BeTrue();
        (await second.UpdateAsync(feed, CancellationToken.None)).Should().BeFalse();
        await EndAsync(first, Begin(first, "AddImGroup"));
        await EndAsync(second, Begin(second, "SetImGroup"));
        (await second.UpdateAsync(feed, CancellationToken.None)).Should().BeTrue();
        var added = feed.Run()!;
        await first.ResetAsync();
        (await second.UpdateAsync(feed, CancellationToken.None)).Should().BeTrue();
        var reset = feed.Run()!;

        added.Entries.Select(entry => (entry.Id, entry.Operation)).Should().Equal((1, "AddImGroup"), (2, "SetImGroup"));
        (reset.Reset, reset.LastId, reset.Entries.Count).Should().Be((true, 0, 0));
    }

    [PostgresFact]
    public async Task Clearing_keeps_ids_and_a_reset_begins_with_1()
    {
        await using var database = JournalDatabase.Create();
        var (first, second) = (database.StartInstance()(Realm), database.StartInstance()(Realm));
        await EndAsync(first, Begin(first, "A"));
        await EndAsync(second, Begin(second, "B"));

        await second.ClearAsync();
        (await IdsAsync(first)).Should().BeEmpty();
        (await first.FindLastIdAsync(CancellationToken.None)).Should().Be(2);
        await EndAsync(first, Begin(first, "C"));
        (await IdsAsync(second)).Should().Equal(3);
        await first.ResetAsync();
        await EndAsync(second, Begin(second, "D"));

        (await IdsAsync(first)).Should().Equal(1);
    }

    [PostgresFact]
    public async Task A_request_that_arrived_before_a_reset_or_a_deletion_is_not_recorded()
    {
        await using var database = JournalDatabase.Create();
        Func<string, IRequestJournal>[] instances = [database.StartInstance(), database.StartInstance()];
        foreach (var empty in new Func<IRequestJournal, Task>[] { it => it.ResetAsync(), it => it.DeleteAsync(), it => it.ClearAsync() })
        {
            foreach (var other in instances)
            {
                var (journal, emptied) = (instances[0](Realm), other(Realm));
                var before = Begin(journal, "Before");
                var stored = Begin(journal, "Stored");
                await journal.StoreAsync(stored);
                var own = ReferenceEquals(other, instances[0]) ? journal : emptied;
                await empty(own);
                var after = Begin(journal, "After");
                foreach (var entry in new[] { before, stored, after })
                    await EndAsync(journal, entry);

                (await emptied.FindAsync(new JournalFilter(), CancellationToken.None)).Entries.Select(entry => entry.Operation)
                    .Should().Equal("After");
                await journal.ResetAsync();
            }
        }
    }

    [PostgresFact]
    public async Task A_deleted_journal_leaves_no_entries()
    {
        await using var database = JournalDatabase.Create();
        var journal = database.StartInstance()(Realm);
        await EndAsync(journal, Begin(journal, "AddImGroup"));

        await journal.DeleteAsync();

        database.Execute("""SELECT count(*) FROM "JournalEntries" """).Should().Be("0");
        database.Execute("""SELECT count(*) FROM "JournalIds" """).Should().Be("0");
        database.Execute("""SELECT "IsDeleted" FROM "Journals" """).Should().Be("t", "requests at other instances may not have ended");
        database.Execute("""UPDATE "Journals" SET "EmptiedAt" = now() - interval '2 hours'""");
        await database.StartInstance()("other").DeleteAsync();
        database.Execute("""SELECT "Realm" FROM "Journals" """).Should().Be("other");
    }

    [PostgresFact]
    public async Task Credentials_are_not_stored()
    {
        const string Secret = "TopSecretValue";
        const string Body = "<o:Security xmlns:o='http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd'>"
            + $"<o:Password>{Secret}</o:Password></o:Security>";
        await using var database = JournalDatabase.Create();
        var journal = database.StartInstance()(Realm);
        var headers = new HeaderDictionary { ["Authorization"] = $"Basic {Secret}", ["X-Api-Key"] = Secret, ["Cookie"] = $"a={Secret}" };

        var entry = Begin(journal, "GetImItemList", new RecordedHeaders(headers), new QueryString($"?token={Secret}&a=1"), Body);
        await EndAsync(journal, entry, System.Text.Encoding.UTF8.GetBytes($"<TokenValue>{Secret}</TokenValue>"));

        const string everything = """
            SELECT entry::text, encode("RequestBody", 'escape'), encode("ResponseBody", 'escape') FROM "JournalEntries" entry
            """;
        database.Execute(everything).Should().Contain("(hidden)").And.Contain("a=1").And.NotContain(Secret);
        var found = (await journal.FindAsync(1, CancellationToken.None))!.ToEntry(withBodies: true);
        found.Path.Should().Be("/EWS/Exchange.asmx?token=(hidden)&a=1");
        found.Request!.Headers.Should().Contain("Authorization", "Basic (hidden)").And.Contain("X-Api-Key", "(hidden)");
        (found.Request.IsRedacted, found.Response!.IsRedacted).Should().Be((true, true));
    }

    [PostgresFact]
    public async Task A_text_with_zeros_is_stored()
    {
        await using var database = JournalDatabase.Create();
        var journal = database.StartInstance()(Realm);
        var entry = Begin(journal, "Get\0ImItemList", query: new QueryString("?a=%00"));

        await EndAsync(journal, entry, [0, 1, 255]);

        var found = (await journal.FindAsync(1, CancellationToken.None))!;
        (found.Operation, found.Path).Should().Be(("Get\uFFFDImItemList", "/EWS/Exchange.asmx?a=%00"));
        found.ResponseBody.ToArray().Should().Equal(0, 1, 255);
    }

    private static async Task<IEnumerable<long>> IdsAsync(IRequestJournal journal) =>
        (await journal.FindAsync(new JournalFilter(), CancellationToken.None)).Entries.Select(entry => entry.Id);
}
