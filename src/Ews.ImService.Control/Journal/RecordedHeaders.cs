using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Ews.ImService.Control.Journal;

/// <summary>The headers of a message at one point in time, with credentials.</summary>
/// <remarks>The web server reuses its header collections, but not the strings in them.</remarks>
internal readonly struct RecordedHeaders
{
    private readonly KeyValuePair<string, StringValues>[]? _headers;

    /// <summary>Copies the names and values of headers.</summary>
    public RecordedHeaders(IHeaderDictionary headers)
    {
        _headers = new KeyValuePair<string, StringValues>[headers.Count];
        headers.CopyTo(_headers, 0);
        foreach (var (name, values) in _headers)
        {
            Size += name.Length;
            foreach (var value in values)
                Size += value?.Length ?? 0;
        }
    }

    /// <summary>Returns headers that were stored.</summary>
    public static RecordedHeaders From(IReadOnlyDictionary<string, string> headers)
    {
        var all = new HeaderDictionary();
        foreach (var (name, value) in headers)
            all[name] = value;
        return new RecordedHeaders(all);
    }

    /// <summary>Gets the number of characters.</summary>
    public int Size { get; }

    /// <summary>Returns the value of a header, with credentials; <c>null</c> if there is none.</summary>
    public string? Find(string name)
    {
        foreach (var header in _headers ?? [])
        {
            if (header.Key.Equals(name, StringComparison.OrdinalIgnoreCase))
                return header.Value;
        }

        return null;
    }

    /// <summary>Adds the headers to others, with credentials.</summary>
    public void CopyTo(IHeaderDictionary headers)
    {
        foreach (var (name, values) in _headers ?? [])
            headers[name] = values;
    }

    /// <summary>Returns the headers by name; names are case-insensitive. Credentials are redacted.</summary>
    public IReadOnlyDictionary<string, string> Redact() => (_headers ?? []).ToDictionary(
        header => header.Key,
        header => Redaction.Header(header.Key, header.Value.ToString()),
        StringComparer.OrdinalIgnoreCase);
}
