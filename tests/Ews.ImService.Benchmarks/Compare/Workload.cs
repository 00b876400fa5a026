using Ews.ImService.Benchmarks.Baselines;
using Ews.ImService.Benchmarks.Load;

namespace Ews.ImService.Benchmarks.Compare;

/// <summary>The mailboxes of a load, and its requests with their expected responses, which the service has returned.</summary>
/// <remarks>
/// Connections that only write share one mailbox, and so do connections that only read. In the mix every connection has a mailbox of its
/// own: it knows the length of its list, and a fast server does not have to return longer lists than a slow one.
/// </remarks>
internal sealed class Workload
{
    private readonly LoadDefinition _load;
    private readonly List<string> _mailboxes;
    private readonly Dictionary<string, string> _lists = [];
    private string _addGroupResponse = "";
    private int _addedLength;
    private List<Exchange> _reads = [];
    private List<Exchange> _writes = [];

    private Workload(LoadDefinition load)
    {
        _load = load;
        _mailboxes = load is { Reads: true, Writes: true }
            ? [.. Enumerable.Range(0, load.Connections).Select(Mailboxes.Address)]
            : [Mailboxes.Default];
    }

    /// <summary>Gets the number of groups of each mailbox before a phase.</summary>
    public int InitialGroups { get; private set; }

    /// <summary>Seeds the service and obtains the expected responses from it.</summary>
    public static async Task<Workload> CreateAsync(LoadDefinition load, EwsClient service)
    {
        var workload = new Workload(load);
        await service.SeedAsync(workload._mailboxes.Select(mailbox => load.Reads ? Mailboxes.WithList(mailbox) : Mailboxes.Empty(mailbox)));
        foreach (var mailbox in workload._mailboxes)
        {
            var before = await service.CallAsync(Requests.GetImItemList, mailbox);
            workload._addGroupResponse = await service.CallAsync(Requests.AddImGroup(Exchange.SampleName), mailbox);
            workload._lists[mailbox] = await service.CallAsync(Requests.GetImItemList, mailbox);
            workload._addedLength = workload._lists[mailbox].Length - before.Length;
        }

        workload.InitialGroups = (await service.CountGroupsAsync())[workload._mailboxes[0]];
        workload._reads = [.. workload._mailboxes.Select(mailbox => Exchange.List(
            Requests.Http(Requests.EwsPath, Requests.GetImItemList, mailbox), workload._lists[mailbox]))];
        workload._writes = [.. workload._mailboxes.Select(mailbox => Exchange.AddGroup(
            Requests.Http(Requests.EwsPath, Requests.AddImGroup(Exchange.SampleName), mailbox), workload._addGroupResponse))];
        await service.TakeSnapshotAsync();
        return workload;
    }

    /// <summary>Writes the database file of L1.</summary>
    public void WritePlainData(string file) => PlainData.Write(file, _addGroupResponse, Exchange.SampleName, _lists);

    /// <summary>Verifies that a server returns the lists of the service.</summary>
    public async Task VerifyListsAsync(EwsClient server)
    {
        foreach (var (mailbox, list) in _lists)
        {
            if (await server.CallAsync(Requests.GetImItemList, mailbox) != list)
                throw new RunException($"L1 does not return the list of {mailbox} as the service does.");
        }
    }

    /// <summary>Writes the files with the responses of L0: to a write, and to a read.</summary>
    public string[] WriteResponses(string folder)
    {
        string[] files = [Path.Combine(folder, "l0-write.xml"), Path.Combine(folder, "l0-read.xml")];
        File.WriteAllText(files[0], _addGroupResponse);
        File.WriteAllText(files[1], _lists[_mailboxes[0]]);
        return files;
    }

    /// <summary>Connects to the service or L1.</summary>
    public LoadConnection Connect(int port, int index) => new(
        port,
        _load.Reads ? _reads[index % _reads.Count] : null,
        _load.Writes ? _writes[index % _writes.Count] : null,
        _addedLength,
        index);

    /// <summary>Connects to L0, whose responses do not depend on the requests.</summary>
    public LoadConnection ConnectToEmpty(int port, int index)
    {
        var (mailbox, list) = (_mailboxes[index % _mailboxes.Count], _lists[_mailboxes[0]]);
        var read = Exchange.Exact(Requests.Http(EmptyServer.ListPath, Requests.GetImItemList, mailbox), list);
        var write = Exchange.Exact(
            Requests.Http(Requests.EwsPath, Requests.AddImGroup(Exchange.SampleName), mailbox), _addGroupResponse);
        return new LoadConnection(port, _load.Reads ? read : null, _load.Writes ? write : null, addedLength: 0, index);
    }

    /// <summary>Returns the number of groups that each mailbox must have after the writes of the connections.</summary>
    public IReadOnlyDictionary<string, int> ExpectedGroups(IReadOnlyList<LoadConnection> connections) => connections
        .Select((connection, index) => (Mailbox: _mailboxes[index % _mailboxes.Count], connection.AcknowledgedWrites))
        .GroupBy(pair => pair.Mailbox)
        .ToDictionary(group => group.Key, group => InitialGroups + group.Sum(pair => pair.AcknowledgedWrites));
}
