using System.Buffers;
using Ews.ImService.Control.Journal;

namespace Ews.ImService.Postgres.Journal;

/// <summary>A large response body, which is stored once for all entries that refer to it.</summary>
/// <remarks>The writer of the journal uses it, one entry after another.</remarks>
internal sealed class SharedBody
{
    private readonly ReadOnlySequence<byte> _source;

    /// <summary>The body without credentials, until it is stored.</summary>
    private ReadOnlyMemory<byte>? _bytes;

    public SharedBody(ReadOnlySequence<byte> source)
    {
        _source = source;
        (_bytes, IsRedacted) = Redact();
        Length = _bytes.Value.Length;
    }

    /// <summary>Gets the key in the table.</summary>
    public Guid Id { get; } = Guid.CreateVersion7();

    /// <summary>Gets the length in bytes without credentials.</summary>
    public int Length { get; }

    /// <summary>Gets a value that indicates whether credentials were removed.</summary>
    public bool IsRedacted { get; }

    /// <summary>Gets or sets the realm whose table rows contain the body, or <c>null</c> if it must be stored. It can have been evicted.
    /// </summary>
    public string? StoredIn
    {
        get;
        set
        {
            field = value;
            if (value is not null)
                _bytes = null;
        }
    }

    /// <summary>Determines whether a response has this body.</summary>
    public bool IsBodyOf(ReadOnlySequence<byte> response) =>
        response.Start.Equals(_source.Start) && response.Length == _source.Length;

    /// <summary>Returns the body without credentials.</summary>
    public byte[] ToArray() => (_bytes ??= Redact().Body).ToArray();

    private (ReadOnlyMemory<byte> Body, bool IsRedacted) Redact() =>
        Redaction.BodyBytes(_source.IsSingleSegment ? _source.First : _source.ToArray());
}
