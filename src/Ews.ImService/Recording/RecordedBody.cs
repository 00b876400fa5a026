using System.Xml;
using Ews.ImService.Control.Contract;
using Ews.ImService.Control.Journal;

namespace Ews.ImService.Recording;

/// <summary>Removes secrets from the bodies of all requests and responses, because clients send more than EWS through the recorder.
/// </summary>
/// <remarks>Bodies that cannot be searched for secrets are not recorded.</remarks>
internal static class RecordedBody
{
    private const string Form = "application/x-www-form-urlencoded";

    /// <summary>Returns a message with a body without secrets.</summary>
    /// <param name="headers">The headers of the message, without secrets.</param>
    /// <param name="body">The decompressed body; <c>null</c> if it could not be decompressed.</param>
    /// <param name="contentType">The value of the header Content-Type.</param>
    public static JournalMessage Create(IReadOnlyDictionary<string, string> headers, byte[]? body, string? contentType)
    {
        if (body is null)
            return Hide(headers);
        var (text, isRedacted) = Redaction.Body(body);
        if (isRedacted)
            return new JournalMessage { Headers = headers, Body = text, IsRedacted = true };
        if (text is null)
            return IsXml(body) ? new JournalMessage { Headers = headers, BodyBase64 = Convert.ToBase64String(body) } : Hide(headers);
        var redacted = Redact(text, contentType ?? "");
        return new JournalMessage { Headers = headers, Body = redacted ?? text, IsRedacted = redacted is not null };
    }

    private static JournalMessage Hide(IReadOnlyDictionary<string, string> headers) =>
        new() { Headers = headers, Body = Redaction.Hidden, IsRedacted = true };

    /// <summary>Returns a text without secrets; <c>null</c> if it contains none.</summary>
    private static string? Redact(string text, string contentType)
    {
        if (contentType.StartsWith(Form, StringComparison.OrdinalIgnoreCase) && text.TrimStart() is not ['<', ..])
            return Changed(text, Redaction.Query("?" + text)[1..]);
        if (contentType.Contains("json", StringComparison.OrdinalIgnoreCase) || text.TrimStart() is ['{' or '[', ..])
            return text.Length == 0 ? null : SecretJson.Redact(text);
        var isXml = SoapXml.Parse(text) is not null || SoapXml.Parse(text, isStream: true)?.Name.LocalName == "Envelope";
        return !isXml && Redaction.MayContainSecret(text) ? Redaction.Hidden : null;
    }

    private static string? Changed(string text, string redacted) =>
        redacted.Contains(Redaction.Hidden, StringComparison.Ordinal) ? redacted : null;

    /// <summary>Returns <c>true</c> if a body that is not UTF-8 is XML in another encoding; otherwise, <c>false</c>.</summary>
    private static bool IsXml(byte[] body)
    {
        try
        {
            using var reader = XmlReader.Create(new MemoryStream(body), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit });
            reader.MoveToContent();
            reader.Skip();
            return true;
        }
        catch (XmlException)
        {
            return false;
        }
    }
}
