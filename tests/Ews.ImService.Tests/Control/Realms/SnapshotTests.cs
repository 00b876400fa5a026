using System.Text.Json;

namespace Ews.ImService.Tests.Control.Realms;

public sealed class SnapshotTests
{
    [Fact]
    public async Task Snapshots_are_listed_with_the_time_of_the_realm_and_the_number_of_mailboxes()
    {
        await using var service = await TestService.StartAsync();
        (await service.SendAsync("PUT", "/clock", """{ "at": "2026-11-21T08:30:00Z" }""")).Dispose();
        (await service.SendAsync("PUT", "/snapshots/second")).Dispose();
        await service.AddGroupAsync();
        (await service.SendAsync("POST", "/clock/advance", """{ "milliseconds": 60000 }""")).Dispose();
        (await service.SendAsync("PUT", "/snapshots/first")).Dispose();

        var list = await service.GetJsonAsync(ControlCalls.Api + "/snapshots");

        list.GetProperty("snapshots").Strings().Should().Equal("first", "second");
        list.GetProperty("details").EnumerateArray().Select(Describe).Should().Equal(
            "first at 2026-11-21T08:31:00Z: 1", "second at 2026-11-21T08:30:00Z: 0");
    }

    private static string Describe(JsonElement snapshot) =>
        $"{snapshot.GetProperty("name")} at {snapshot.GetProperty("takenAt")}: {snapshot.GetProperty("mailboxes")}";
}
