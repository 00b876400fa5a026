using System.Text.Json;

namespace Ews.ImService.Tests.Control.Journal;

/// <summary>Reading the journal through the control API.</summary>
public sealed class JournalPageTests
{
    [Fact]
    public async Task Older_entries_are_read_in_pages()
    {
        await using var service = await TestService.StartAsync();
        for (var i = 1; i <= 5; i++)
            await service.AddGroupAsync($"Team {i}");

        (await IdsAsync(service, "limit=2")).Should().Equal(4, 5);
        (await IdsAsync(service, "limit=2&before=4")).Should().Equal(2, 3);
        (await IdsAsync(service, "limit=2&before=2")).Should().Equal(1);
        (await IdsAsync(service, "limit=2&before=1")).Should().BeEmpty();
        (await IdsAsync(service, "after=1&before=4")).Should().Equal(2, 3);
    }

    [Fact]
    public async Task Entries_are_selected_by_the_fault_rule_that_they_triggered()
    {
        await using var service = await TestService.StartAsync();
        await service.SendAsync("POST", "/faults", """{ "kind": "serverBusy", "id": "busy", "times": 1 }""");
        await service.SendAsync("POST", "/faults", """{ "kind": "malformed", "id": "bad", "times": 1 }""");
        for (var i = 0; i < 3; i++)
            await service.PostAsync(EwsRequest.GetImItemList());

        (await IdsAsync(service, "fault=busy")).Should().Equal(1);
        (await IdsAsync(service, "faulted=true")).Should().Equal(1, 2);
        (await IdsAsync(service, "faulted=false")).Should().Equal(3);
        (await IdsAsync(service, "fault=other")).Should().BeEmpty();
    }

    [Fact]
    public async Task A_body_from_which_secrets_were_removed_is_marked()
    {
        await using var service = await TestService.StartAsync();
        const string Secret =
            "<o:Password xmlns:o='http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd'>top</o:Password>";
        await service.PostAsync(EwsRequest.GetImItemList());
        await service.PostAsync(EwsRequest.GetImItemList(Secret));

        (await IsRedactedAsync(1)).Should().Be((false, false));
        (await IsRedactedAsync(2)).Should().Be((true, false));

        async Task<(bool, bool)> IsRedactedAsync(int id)
        {
            var entry = await service.GetJsonAsync($"{ControlCalls.Api}/journal/{id}");
            entry.GetRawText().Should().NotContain("top<");
            return (Read(entry, "request"), Read(entry, "response"));
        }

        static bool Read(JsonElement entry, string message) => entry.GetProperty(message).GetProperty("isRedacted").GetBoolean();
    }

    [Fact]
    public async Task A_page_states_which_entries_were_evicted_since_the_journal_was_cleared()
    {
        await using var service = await TestService.StartAsync(TestService.InMemory with { Control = new() { JournalEntries = 2 } });
        await SendAsync(requests: 2);
        (await EvictedThroughIdAsync("journal")).Should().Be(0);

        await SendAsync(requests: 3);
        (await EvictedThroughIdAsync("journal?after=4")).Should().Be(3);
        (await EvictedThroughIdAsync("journal/wait?operation=GetImItemList&count=2")).Should().Be(3);

        await service.SendAsync("DELETE", "/journal");
        (await EvictedThroughIdAsync("journal")).Should().Be(0);
        await SendAsync(requests: 3);
        (await EvictedThroughIdAsync("journal")).Should().Be(6);
        await service.SendAsync("POST", "/reset");
        (await EvictedThroughIdAsync("journal")).Should().Be(0);

        async Task SendAsync(int requests)
        {
            for (var i = 0; i < requests; i++)
                await service.PostAsync(EwsRequest.GetImItemList());
        }

        async Task<long> EvictedThroughIdAsync(string path) =>
            (await service.GetJsonAsync($"{ControlCalls.Api}/{path}")).GetProperty("evictedThroughId").GetInt64();
    }

    private static async Task<List<long>> IdsAsync(TestService service, string filter)
    {
        var page = await service.GetJsonAsync($"{ControlCalls.Api}/journal?{filter}");
        return [.. page.GetProperty("entries").EnumerateArray().Select(entry => entry.GetProperty("id").GetInt64())];
    }
}
