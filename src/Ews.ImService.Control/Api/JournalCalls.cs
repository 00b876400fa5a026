using System.Text.Json;
using Ews.ImService.Control.Journal;
using Ews.ImService.Protocol;
using Microsoft.AspNetCore.Http;

namespace Ews.ImService.Control.Api;

/// <summary>Calls about the journal.</summary>
internal static class JournalCalls
{
    private const long LongestWait = 10 * 60 * 1000;
    private const long DefaultWait = 5000;

    public static Task ListAsync(ControlCall call)
    {
        var query = ReadQuery(call);
        var limit = call.NumberQuery("limit");
        call.EndQuery();
        var found = call.Realm.Journal.Find(query);
        return AnswerAsync(call, limit < found.Entries.Count ? found with { Entries = found.Entries.TakeLast((int)limit.Value).ToList() } : found);
    }

    public static Task CountAsync(ControlCall call)
    {
        var query = ReadQuery(call);
        call.EndQuery();
        return call.AnswerAsync(json =>
        {
            json.WriteStartObject();
            json.WriteNumber("count", call.Realm.Journal.Find(query).Entries.Count);
            json.WriteEndObject();
        });
    }

    public static async Task WaitAsync(ControlCall call)
    {
        var query = ReadQuery(call);
        var count = call.NumberQuery("count") ?? 1;
        var version = call.NumberQuery("version");
        var timeout = call.NumberQuery("timeoutMilliseconds") ?? DefaultWait;
        call.EndQuery();
        if (timeout > LongestWait)
            throw new ControlException(StatusCodes.Status400BadRequest, $"The parameter timeoutMilliseconds has to be at most {LongestWait}.");
        var found = await WaitAsync(call, query, (int)Math.Min(count, int.MaxValue), version, TimeSpan.FromMilliseconds(timeout));
        if (found.Entries.Count < count || found.Version == version)
            throw new ControlException(StatusCodes.Status504GatewayTimeout, $"Within {timeout} ms, {found.Entries.Count} of {count} such requests have come{(found.Version == version ? ", and nothing has changed" : "")}.");
        await AnswerAsync(call, found);
    }

    private static async Task<JournalExtract> WaitAsync(ControlCall call, JournalQuery query, int count, long? version, TimeSpan timeout)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(call.Cancellation, call.Stopping);
        try
        {
            return await call.Realm.Journal.WaitAsync(query, count, version, timeout, end.Token);
        }
        catch (OperationCanceledException) when (call.Stopping.IsCancellationRequested)
        {
            throw new ControlException(StatusCodes.Status503ServiceUnavailable, "The service ends.");
        }
    }

    public static Task ReadAsync(ControlCall call)
    {
        call.EndQuery();
        var id = long.Parse(call.Route("id"), System.Globalization.CultureInfo.InvariantCulture);
        var entry = call.Realm.Journal.Find(id)
            ?? throw new ControlException(StatusCodes.Status404NotFound, id <= call.Realm.Journal.LastId ? $"The journal has request {id} no more; it keeps the newest." : $"There was no request {id} yet.");
        return call.AnswerAsync(json => Write(json, entry, isWhole: true));
    }

    public static Task ClearAsync(ControlCall call)
    {
        call.EndQuery();
        call.Realm.Journal.Clear();
        return call.DoneAsync();
    }

    private static Task AnswerAsync(ControlCall call, JournalExtract found)
    {
        var isWhole = call.BooleanQuery("bodies") ?? false;
        return call.AnswerAsync(json =>
        {
            json.WriteStartObject();
            json.WriteNumber("count", found.Entries.Count);
            json.WriteNumber("version", found.Version);
            json.WriteStartArray("entries");
            foreach (var entry in found.Entries)
                Write(json, entry, isWhole);
            json.WriteEndArray();
            json.WriteEndObject();
        });
    }

    private static JournalQuery ReadQuery(ControlCall call)
    {
        call.BooleanQuery("bodies");
        var state = call.Query("state");
        if (state is not null && !Enum.GetNames<JournalState>().Contains(state, StringComparer.OrdinalIgnoreCase))
            throw new ControlException(StatusCodes.Status400BadRequest, $"The parameter state is '{state}'; it has to be arrived, answered or failed.");
        return new JournalQuery
        {
            Operation = ReadOperation(call),
            Mailbox = call.Query("mailbox"),
            ResponseCode = call.Query("responseCode"),
            Status = call.NumberQuery("status") is { } status ? (int)Math.Min(status, int.MaxValue) : null,
            State = state is null ? null : Enum.Parse<JournalState>(state, ignoreCase: true),
            IsEarly = call.BooleanQuery("early"),
            Contains = call.Query("contains"),
            After = call.NumberQuery("after"),
        };
    }

    private static string? ReadOperation(ControlCall call)
    {
        var operation = call.Query("operation");
        return operation is null || EwsNames.IsOperation(operation)
            ? operation
            : throw new ControlException(StatusCodes.Status400BadRequest, $"The parameter operation is '{operation}', which is no EWS operation.");
    }

    private static void Write(Utf8JsonWriter json, JournalEntry entry, bool isWhole)
    {
        json.WriteStartObject();
        json.WriteNumber("id", entry.Id);
        json.WriteString("time", entry.Time);
        json.WriteString("state", entry.State.ToString().ToLowerInvariant());
        json.WriteString("method", entry.Method);
        json.WriteString("path", entry.Path);
        json.WriteString("operation", entry.Operation);
        json.WriteString("mailbox", entry.Mailbox);
        json.WriteString("responseCode", entry.ResponseCode);
        WriteNumber(json, "status", entry.Status);
        json.WriteString("fault", entry.Fault);
        WriteNumber(json, "earlyByMilliseconds", entry.EarlyByMilliseconds);
        WriteNumber(json, "milliseconds", entry.Milliseconds);
        json.WriteNumber("requestBytes", entry.RequestBody.Length);
        json.WriteNumber("responseBytes", entry.ResponseBody.Length);
        if (isWhole)
        {
            WriteMessage(json, "request", entry.RequestHeaders, entry.RequestBody);
            WriteMessage(json, "response", entry.ResponseHeaders, entry.ResponseBody);
        }

        json.WriteEndObject();
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, double? number)
    {
        if (number is { } value)
            json.WriteNumber(name, value);
        else
            json.WriteNull(name);
    }

    private static void WriteMessage(Utf8JsonWriter json, string name, IReadOnlyDictionary<string, string> headers, ReadOnlyMemory<byte> body)
    {
        json.WriteStartObject(name);
        json.WriteStartObject("headers");
        foreach (var (header, value) in headers)
            json.WriteString(header, value);
        json.WriteEndObject();
        if (Redaction.Body(body) is { } text)
            json.WriteString("body", text);
        else
            json.WriteBase64String("bodyBase64", body.Span);
        json.WriteEndObject();
    }
}
