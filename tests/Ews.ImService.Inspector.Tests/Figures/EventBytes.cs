using System.Globalization;
using Ews.ImService.Inspector.Tests.Browser;

namespace Ews.ImService.Inspector.Tests.Figures;

/// <summary>The bytes that the page receives for each new request: the event, and everything that the page reads because of it.</summary>
internal static class EventBytes
{
    private const int Count = 50;

    public static async Task<IEnumerable<Figure>> MeasureAsync(MeasuredService service)
    {
        await using var session = await service.OpenWindowAsync();
        await session.OpenAsync();
        await Expect(session.Page.StreamState("Live")).ToBeVisibleAsync();
        var network = await session.Page.Context.NewCDPSessionAsync(session.Page);
        long received = 0;
        network.Event("Network.dataReceived").OnEvent += (_, data) =>
            Interlocked.Add(ref received, data!.Value.GetProperty("dataLength").GetInt64());
        await network.SendAsync("Network.enable");

        for (var i = 1; i <= Count; i++)
        {
            // Each request is one event, because the page has shown the previous one.
            service.Send(1);
            await session.Page.RequestRows().GetByText($"{i}", new() { Exact = true }).First.WaitForAsync();
        }

        var bytes = Interlocked.Read(ref received) / Count;
        return [new("Received per new request, with the list open", string.Create(CultureInfo.InvariantCulture, $"{bytes} bytes"), "2 KB")];
    }
}
