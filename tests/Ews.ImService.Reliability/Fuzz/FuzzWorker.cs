using Ews.ImService.Reliability.Fuzz.Wire;

namespace Ews.ImService.Reliability.Fuzz;

/// <summary>Sends cases: requests without waiting on one connection per service, anything else on a connection of its own.</summary>
internal sealed class FuzzWorker(FuzzState state) : IDisposable
{
    private const int PipelineLength = 16;
    private const int MaxPipelinedBytes = 32 * 1024;

    private readonly Dictionary<FuzzTarget, FuzzConnection> _connections = [];

    public void Dispose()
    {
        foreach (var connection in _connections.Values)
            connection.Dispose();
    }

    /// <summary>Sends cases and checks their responses.</summary>
    public async Task RunAsync(IReadOnlyList<(long Number, (string Area, FuzzCase Sent) Case)> cases)
    {
        foreach (var target in cases.Where(one => CanShare(one.Case.Sent)).GroupBy(one => one.Case.Sent.Target))
        {
            foreach (var pipeline in target.Chunk(PipelineLength))
                await RunPipelineAsync(target.Key, pipeline);
        }

        foreach (var (number, (area, sent)) in cases.Where(one => !CanShare(one.Case.Sent)))
            await RunAloneAsync(number, area, sent);
    }

    private static bool CanShare(FuzzCase sent) =>
        sent is { IsOneRequest: true, Next: null } && sent.Bytes.Length <= MaxPipelinedBytes / PipelineLength * 4;

    private async Task RunPipelineAsync(FuzzTarget target, (long Number, (string Area, FuzzCase Sent) Case)[] cases)
    {
        if (!_connections.TryGetValue(target, out var connection) || connection.IsClosed)
            _connections[target] = connection = Renew(target, connection);
        var answered = 0;
        try
        {
            var replies = await connection.ExchangeAsync([.. cases.Select(one => one.Case.Sent)]);
            for (; answered < replies.Count; answered++)
                state.Check(cases[answered].Number, cases[answered].Case.Area, cases[answered].Case.Sent, [replies[answered]]);
        }
        catch (Exception e) when (e is OperationCanceledException or InvalidDataException)
        {
            _connections[target] = Renew(target, connection); // Sent again one by one, to find the case.
        }

        // The service closes the connection after a message that is not HTTP, so that the following ones have no response yet.
        foreach (var (number, (area, sent)) in cases[answered..])
            await RunAloneAsync(number, area, sent);
    }

    private FuzzConnection Renew(FuzzTarget target, FuzzConnection? connection)
    {
        connection?.Dispose();
        return state.Connect(target);
    }

    private async Task RunAloneAsync(long number, string area, FuzzCase sent)
    {
        using var connection = state.Connect(sent.Target);
        var next = sent;
        try
        {
            while (next is not null)
            {
                sent = next;
                var replies = sent.IsOneRequest ? await connection.ExchangeAsync([sent]) : await connection.SendAllAsync(sent);
                state.Check(number, area, sent, replies);
                next = replies.Count > 0 && !connection.IsClosed ? sent.Next?.Invoke(replies[0]) : null;
            }
        }
        catch (OperationCanceledException)
        {
            state.Add(number, area, sent, $"There is no response within {FuzzConnection.Timeout.TotalSeconds} seconds.", []);
        }
        catch (InvalidDataException e)
        {
            state.Add(number, area, sent, e.Message, []);
        }
    }
}
