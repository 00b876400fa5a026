using System.Diagnostics;
using Ews.ImService.Control.Realms;
using Ews.ImService.Protocol.Observation;
using Microsoft.AspNetCore.Http;

namespace Ews.ImService.Control.Journal;

/// <summary>One request on its way: fills its journal entry, and finds the fault that strikes it.</summary>
internal sealed class ObservedRequest : IObservedRequest
{
    private readonly long _started = Stopwatch.GetTimestamp();
    private readonly Realm _realm;
    private readonly JournalEntry _entry;
    private ResponseCorruption _damage;

    public ObservedRequest(HttpContext context, Realm realm)
    {
        _realm = realm;
        RawBody = context.Response.Body;
        var request = context.Request;
        var (time, path, headers) = (realm.Clock.GetUtcNow(), request.Path + Redaction.Query(request.QueryString.ToString()), Headers(request.Headers));
        _entry = realm.Journal.Add(id => new JournalEntry(id, time, request.Method, path, headers));
    }

    public Stream RawBody { get; }

    public void Received(ReadOnlyMemory<byte> body) => _realm.Journal.Update(_entry, entry => entry.RequestBody = body);

    public InjectedFault? Identified(string? operation, string? mailbox)
    {
        var rule = _realm.Faults.Strike(operation, mailbox, out var early);
        _damage = rule?.Fault.Damage ?? ResponseCorruption.None;
        _realm.Journal.Update(_entry, entry => (entry.Operation, entry.Mailbox, entry.Fault, entry.EarlyByMilliseconds) =
            (operation, mailbox, rule?.Id, early is { } by ? Math.Round(by.TotalMilliseconds, 1) : null));
        return rule?.Fault;
    }

    public void Answered(string? code, ReadOnlyMemory<byte> body) =>
        _realm.Journal.Update(_entry, entry => (entry.ResponseCode, entry.ResponseBody) = (code, body));

    /// <summary>The request is over.</summary>
    public void Ended(HttpContext context)
    {
        var status = context.Response.StatusCode;
        var headers = Headers(context.Response.Headers);
        var isCut = _damage is ResponseCorruption.DroppedBefore or ResponseCorruption.DroppedAfter or ResponseCorruption.Truncated;
        var wasAnswered = !isCut && !context.RequestAborted.IsCancellationRequested;
        var milliseconds = Math.Round(Stopwatch.GetElapsedTime(_started).TotalMilliseconds, 2);
        _realm.Journal.Update(_entry, entry =>
        {
            entry.State = wasAnswered ? JournalState.Answered : JournalState.Failed;
            entry.Status = wasAnswered ? status : null;
            entry.ResponseHeaders = headers;
            entry.Milliseconds = milliseconds;
        });
    }

    private static Dictionary<string, string> Headers(IHeaderDictionary headers) =>
        headers.ToDictionary(header => header.Key, header => Redaction.Header(header.Key, header.Value.ToString()), StringComparer.OrdinalIgnoreCase);
}
