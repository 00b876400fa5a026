using System.Globalization;
using Ews.ImService.Inspector.Tests.Browser;

namespace Ews.ImService.Inspector.Tests.Figures;

/// <summary>The published service in a separate process, with a journal for 10,000 requests.</summary>
internal sealed class MeasuredService(ServerProcess process) : IDisposable
{
    public const int JournalEntries = 10_000;

    private static readonly byte[] List = Requests.Http(Requests.EwsPath, Requests.GetImItemList, Mailboxes.Default);

    public static MeasuredService Start(string program, string folder)
    {
        var port = ServerProcess.FreePort();
        string[] arguments =
        [
            "--urls", string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"), "--db", ":memory:",
            "--Control:JournalEntries", JournalEntries.ToString(CultureInfo.InvariantCulture), "--Control:JournalBytes", "1000000000",
        ];
        var process = ServerProcess.Start(program, arguments, new Dictionary<string, string>(), port, folder);
        process.WaitUntilListening().Dispose();
        return new MeasuredService(process);
    }

    public void Dispose() => process.Dispose();

    /// <summary>Opens a window without the inspector.</summary>
    public Task<InspectorSession> OpenWindowAsync() =>
        InspectorSession.StartAsync(InspectorOptions.Wide, EwsImServer.Attach(process.Url));

    public BlockingConnection Connect() => new(process.Connect());

    /// <summary>Sends requests on one connection.</summary>
    public void Send(int count)
    {
        using var connection = Connect();
        for (var i = 0; i < count; i++)
            connection.Call(List);
    }
}
