using Ews.ImService.Control.Contract;

namespace Ews.ImService.Recording;

/// <summary>Applies pseudonyms to all texts of a journal entry.</summary>
internal static class PseudonymousEntry
{
    /// <summary>Returns an entry with pseudonyms.</summary>
    public static JournalEntry Create(JournalEntry entry, Pseudonyms pseudonyms) => entry with
    {
        Path = pseudonyms.Replace(entry.Path)!,
        Mailbox = pseudonyms.Replace(entry.Mailbox),
        Request = Create(entry.Request, pseudonyms),
        Response = Create(entry.Response, pseudonyms),
    };

    private static JournalMessage? Create(JournalMessage? message, Pseudonyms pseudonyms) => message is null ? null : message with
    {
        Headers = message.Headers.ToDictionary(header => header.Key, header => pseudonyms.Replace(header.Value)!),
        Body = pseudonyms.Replace(message.Body),
    };
}
