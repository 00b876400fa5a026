using System.Buffers;
using System.Diagnostics;
using System.Text.Json;
using Ews.ImService.Control.Contract;
using Ews.ImService.Control.Journal;
using Ews.ImService.Protocol.Interception;
using Microsoft.AspNetCore.Http;
using Npgsql;

namespace Ews.ImService.Postgres.Journal;

/// <summary>Converts entries to rows, which contain no credentials, and back.</summary>
internal static class StoredEntry
{
    /// <summary>Returns the row of an entry.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="open">The request of the entry.</param>
    /// <param name="shared">The large body to which the row refers, or <c>null</c>.</param>
    /// <param name="instance">The name of the instance that received the request.</param>
    public static JournalEntryRow ToRow(RecordedRequest entry, OpenEntry open, SharedBody? shared, string instance)
    {
        var (requestBody, isRequestRedacted) = Redaction.BodyBytes(entry.RequestBody);
        var (responseBody, isResponseRedacted) = shared is null
            ? Redaction.BodyBytes(entry.ResponseBody.IsSingleSegment ? entry.ResponseBody.First : entry.ResponseBody.ToArray())
            : (ReadOnlyMemory<byte>.Empty, shared.IsRedacted);
        return new JournalEntryRow
        {
            Realm = open.Journal.Realm,
            Key = open.Key,
            Size = entry.HeadSize + requestBody.Length + responseBody.Length,
            Time = entry.Time.UtcDateTime,
            Instance = instance,
            State = Name(entry.State),
            Method = entry.Method,
            Scheme = entry.Scheme,
            PathBase = entry.RawPathBase.ToUriComponent(),
            Path = entry.Path,
            Operation = Text(entry.Operation),
            Mailbox = Text(entry.Mailbox),
            ResponseCode = entry.ResponseCode,
            Status = entry.Status,
            Milliseconds = entry.Duration?.TotalMilliseconds,
            Fault = entry.Fault,
            FaultKind = entry.FaultKind is { } kind ? Name(kind) : null,
            EarlyByMilliseconds = entry.EarlyBy?.TotalMilliseconds,
            ReplayOf = entry.ReplayOf,
            TraceId = entry.TraceId,
            IsAdmitted = entry.Admission is not null,
            User = Text(entry.Admission?.User),
            RequestHeaders = ToJson(entry.RequestHeaders),
            RequestBody = entry.IsBodyReceived ? requestBody.ToArray() : null,
            IsRequestRedacted = isRequestRedacted,
            ResponseHeaders = ToJson(entry.ResponseHeaders),
            ResponseBody = shared is null ? responseBody.ToArray() : null,
            ResponseBodyId = shared?.Id,
            IsResponseRedacted = isResponseRedacted,
        };
    }

    /// <summary>Returns the entry of the current row.</summary>
    /// <param name="row">The row.</param>
    /// <param name="bodies">The large bodies of earlier rows, to which the body of this one is added.</param>
    public static RecordedRequest Read(NpgsqlDataReader row, Dictionary<Guid, ReadOnlySequence<byte>> bodies)
    {
        var (path, query) = SplitPath(row.GetString(row.GetOrdinal(nameof(JournalEntryRow.Path))));
        var entry = new RecordedRequest
        {
            Id = Get<long>(nameof(JournalEntryRow.Id)),
            AddedAt = Get<long>(nameof(JournalEntryRow.AddedAt)),
            ChangedAt = Get<long>(nameof(JournalEntryRow.ChangedAt)),
            Time = new DateTimeOffset(Get<DateTime>(nameof(JournalEntryRow.Time)), TimeSpan.Zero),
            State = Parse<JournalState>(Get<string>(nameof(JournalEntryRow.State))),
            Method = Get<string>(nameof(JournalEntryRow.Method)),
            Scheme = Get<string>(nameof(JournalEntryRow.Scheme)),
            RawPathBase = PathString.FromUriComponent(Get<string>(nameof(JournalEntryRow.PathBase))),
            RawPath = path,
            RawQuery = query,
            Operation = Find<string>(nameof(JournalEntryRow.Operation)),
            Mailbox = Find<string>(nameof(JournalEntryRow.Mailbox)),
            ResponseCode = Find<string>(nameof(JournalEntryRow.ResponseCode)),
            Status = Find<int?>(nameof(JournalEntryRow.Status)),
            Duration = ToTime(Find<double?>(nameof(JournalEntryRow.Milliseconds))),
            Fault = Find<string>(nameof(JournalEntryRow.Fault)),
            FaultKind = Find<string>(nameof(JournalEntryRow.FaultKind)) is { } kind ? Parse<FaultKind>(kind) : null,
            EarlyBy = ToTime(Find<double?>(nameof(JournalEntryRow.EarlyByMilliseconds))),
            ReplayOf = Find<long?>(nameof(JournalEntryRow.ReplayOf)),
            Trace = Find<string>(nameof(JournalEntryRow.TraceId)) is { } trace ? ActivityTraceId.CreateFromString(trace) : null,
            Admission = Get<bool>(nameof(JournalEntryRow.IsAdmitted)) ? new Admission(Find<string>(nameof(JournalEntryRow.User))) : null,
            RawRequestHeaders = FromJson(Get<string>(nameof(JournalEntryRow.RequestHeaders))),
            RawResponseHeaders = FromJson(Get<string>(nameof(JournalEntryRow.ResponseHeaders))),
            RequestBody = Find<byte[]>(nameof(JournalEntryRow.RequestBody)),
            IsRequestRedacted = Get<bool>(nameof(JournalEntryRow.IsRequestRedacted)),
            ResponseBody = ReadResponseBody(),
            IsResponseRedacted = Get<bool>(nameof(JournalEntryRow.IsResponseRedacted)),
            IsBodyReceived = Find<byte[]>(nameof(JournalEntryRow.RequestBody)) is not null,
        };
        entry.IsFinal = entry.State == JournalState.Failed;
        return entry;

        ReadOnlySequence<byte> ReadResponseBody()
        {
            if (Find<Guid?>(nameof(JournalEntryRow.ResponseBodyId)) is not { } id)
                return new ReadOnlySequence<byte>(Get<byte[]>(nameof(JournalEntryRow.ResponseBody)));
            if (Find<byte[]>(JournalStatements.SharedBody) is { } body)
                bodies[id] = new ReadOnlySequence<byte>(body);
            return bodies[id];
        }

        T Get<T>(string column) => row.GetFieldValue<T>(row.GetOrdinal(column));

        T? Find<T>(string column) => row.GetOrdinal(column) is var index && row.IsDBNull(index) ? default : row.GetFieldValue<T>(index);
    }

    /// <summary>Returns a time in microseconds, which PostgreSQL stores.</summary>
    public static DateTimeOffset Round(DateTimeOffset time) => time.AddTicks(-(time.Ticks % TimeSpan.TicksPerMicrosecond));

    /// <summary>Updates an entry that was read before.</summary>
    public static void Update(RecordedRequest entry, RecordedRequest newer)
    {
        (entry.Operation, entry.Mailbox, entry.Admission) = (newer.Operation, newer.Mailbox, newer.Admission);
        (entry.Fault, entry.FaultKind, entry.EarlyBy) = (newer.Fault, newer.FaultKind, newer.EarlyBy);
        (entry.RequestBody, entry.IsBodyReceived, entry.IsRequestRedacted) =
            (newer.RequestBody, newer.IsBodyReceived, newer.IsRequestRedacted);
        (entry.ResponseCode, entry.Status, entry.RawResponseHeaders) = (newer.ResponseCode, newer.Status, newer.RawResponseHeaders);
        (entry.ResponseBody, entry.IsResponseRedacted, entry.Duration) = (newer.ResponseBody, newer.IsResponseRedacted, newer.Duration);
        (entry.State, entry.IsFinal, entry.ChangedAt) = (newer.State, newer.IsFinal, newer.ChangedAt);
    }

    private static string Name<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());

    private static T Parse<T>(string name)
        where T : struct, Enum => Enum.Parse<T>(name, ignoreCase: true);

    /// <summary>Returns a text without zeros, which PostgreSQL does not store.</summary>
    private static string? Text(string? text) => text?.Replace('\0', '\uFFFD');

    private static TimeSpan? ToTime(double? milliseconds) =>
        milliseconds is { } value ? TimeSpan.FromTicks((long)Math.Round(value * TimeSpan.TicksPerMillisecond)) : null;

    private static (PathString Path, QueryString Query) SplitPath(string text)
    {
        var end = text.IndexOf('?', StringComparison.Ordinal);
        return end < 0
            ? (PathString.FromUriComponent(text), QueryString.Empty)
            : (PathString.FromUriComponent(text[..end]), new QueryString(text[end..]));
    }

    private static string ToJson(IReadOnlyDictionary<string, string> headers)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            foreach (var (name, value) in headers)
                json.WriteString(name, Text(value));
            json.WriteEndObject();
        }

        return System.Text.Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static RecordedHeaders FromJson(string json)
    {
        using var document = JsonDocument.Parse(json);
        return RecordedHeaders.From(document.RootElement.EnumerateObject().ToDictionary(
            header => header.Name, header => header.Value.GetString()!, StringComparer.OrdinalIgnoreCase));
    }
}
