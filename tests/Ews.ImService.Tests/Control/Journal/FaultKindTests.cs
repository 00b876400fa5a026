using System.Text.Json;

namespace Ews.ImService.Tests.Control.Journal;

/// <summary>The kind of the triggered fault in a journal entry.</summary>
public sealed class FaultKindTests
{
    [Fact]
    public async Task An_entry_keeps_the_kind_of_its_fault_when_the_rule_is_replaced_or_deleted()
    {
        await using var service = await TestService.StartAsync();

        await service.PostAsync(EwsRequest.GetImItemList());
        await service.SendAsync("POST", "/faults", """{ "id": "a", "kind": "serverBusy", "backOffMilliseconds": 1 }""");
        await service.PostAsync(EwsRequest.GetImItemList());
        await service.SendAsync("POST", "/faults", """{ "id": "a", "kind": "malformed" }""");
        await service.PostAsync(EwsRequest.GetImItemList());
        await service.SendAsync("DELETE", "/faults/a");

        var list = await service.GetJsonAsync(ControlCalls.Api + "/journal");
        var entry = await service.GetJsonAsync(ControlCalls.Api + "/journal/2");

        list.GetProperty("entries").EnumerateArray().Select(KindOf).Should().Equal(null, "serverBusy", "malformed");
        KindOf(entry).Should().Be("serverBusy");
    }

    private static string? KindOf(JsonElement entry) => entry.GetProperty("faultKind").GetString();
}
