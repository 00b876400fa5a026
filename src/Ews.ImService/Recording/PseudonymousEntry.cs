using System.Text;
using System.Text.RegularExpressions;
using Ews.ImService.Control.Contract;
using Ews.ImService.Control.Journal;

namespace Ews.ImService.Recording;

/// <summary>Applies pseudonyms to all texts of a journal entry.</summary>
internal static partial class PseudonymousEntry
{
    /// <summary>Returns an entry with pseudonyms. A body that is not UTF-8 is hidden.</summary>
    public static JournalEntry Create(JournalEntry entry, Pseudonyms pseudonyms)
    {
        foreach (var text in new[] { entry.Mailbox, entry.Path }.Concat(Texts(entry.Request)).Concat(Texts(entry.Response)))
            pseudonyms.Learn(text);
        return entry with
        {
            Path = pseudonyms.Replace(entry.Path)!,
            Mailbox = pseudonyms.Replace(entry.Mailbox),
            Request = Create(entry.Request, pseudonyms),
            Response = Create(entry.Response, pseudonyms),
        };
    }

    private static IEnumerable<string?> Texts(JournalMessage? message) => message is null ? [] : [message.Body, .. message.Headers.Values];

    private static JournalMessage? Create(JournalMessage? message, Pseudonyms pseudonyms) => message is null ? null : message with
    {
        Headers = message.Headers.ToDictionary(header => header.Key, header => pseudonyms.Replace(header.Value)!),
        Body = message.BodyBase64 is null ? BodyOf(message, pseudonyms) : Redaction.Hidden,
        BodyBase64 = null,
        IsRedacted = message.IsRedacted || message.BodyBase64 is not null,
    };

    private static string? BodyOf(JournalMessage message, Pseudonyms pseudonyms) => message.Body is null
        ? null
        : MimeContent().Replace(pseudonyms.Replace(message.Body)!, match => Mime(match.Value, pseudonyms));

    /// <summary>Returns the Base64 text of a vCard with pseudonyms.</summary>
    private static string Mime(string base64, Pseudonyms pseudonyms)
    {
        var bytes = new byte[base64.Length];
        return Convert.TryFromBase64String(base64, bytes, out var length)
            ? Convert.ToBase64String(Encoding.Latin1.GetBytes(pseudonyms.Replace(Encoding.Latin1.GetString(bytes, 0, length))!))
            : base64;
    }

    [GeneratedRegex(@"(?<=<(?:\w+:)?MimeContent(?:\s[^>]*)?>)[^<]+")]
    private static partial Regex MimeContent();
}
