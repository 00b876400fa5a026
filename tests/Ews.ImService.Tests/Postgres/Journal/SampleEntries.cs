using System.Buffers;
using System.Diagnostics;
using System.Text;
using Ews.ImService.Control.Contract;
using Ews.ImService.Control.Journal;
using Microsoft.AspNetCore.Http;

namespace Ews.ImService.Tests.Postgres.Journal;

/// <summary>The journal entries of requests.</summary>
internal static class SampleEntries
{
    /// <summary>Adds the entry of a request that has arrived.</summary>
    public static RecordedRequest Begin(
        IRequestJournal journal,
        string operation,
        RecordedHeaders? headers = null,
        QueryString query = default,
        string body = "<a/>")
    {
        var entry = new RecordedRequest
        {
            Time = new DateTimeOffset(2026, 11, 22, 10, 0, 0, TimeSpan.Zero),
            Method = "POST",
            RawPath = "/EWS/Exchange.asmx",
            RawQuery = query,
            RawRequestHeaders = headers ?? new RecordedHeaders(new HeaderDictionary { ["Host"] = "localhost" }),
            Trace = ActivityTraceId.CreateRandom(),
        };
        journal.Add(entry);
        using (journal.Update(entry))
        {
            (entry.Operation, entry.Mailbox, entry.Fault, entry.FaultKind) = (operation, "anna@contoso.com", "busy", FaultKind.ServerBusy);
            (entry.RequestBody, entry.IsBodyReceived) = (Encoding.UTF8.GetBytes(body), true);
            entry.EarlyBy = TimeSpan.FromMilliseconds(12.5);
        }

        return entry;
    }

    /// <summary>Completes and stores an entry.</summary>
    public static async Task EndAsync(IRequestJournal journal, RecordedRequest entry, byte[]? body = null)
    {
        using (journal.Update(entry))
        {
            (entry.ResponseCode, entry.Status, entry.State) = ("NoError", 200, JournalState.Answered);
            entry.RawResponseHeaders = new RecordedHeaders(new HeaderDictionary { ["Content-Type"] = "text/xml" });
            (entry.ResponseBody, entry.Duration) = (new ReadOnlySequence<byte>(body ?? [.. "<b/>"u8]), TimeSpan.FromMilliseconds(3.25));
        }

        await journal.StoreAsync(entry);
        entry.IsFinal = true;
    }
}
