using System.Globalization;
using System.Text;

namespace Ews.ImService.Benchmarks.Load;

/// <summary>A request as it is sent, and the body that the response must have.</summary>
/// <remarks>
/// The expected body consists of fixed bytes with one gap: the id of a new group, or the groups that were added to a list. The name of a
/// new group is written over the bytes at the name offsets of request and body; all names have the same length.
/// </remarks>
internal sealed class Exchange
{
    private const string NamePrefix = "g";
    private const string NoError = "<ResponseCode>NoError</ResponseCode>";

    private Exchange(byte[] request, int requestNameOffset, byte[] body, int bodyNameOffset, int gapOffset, int gapLength)
    {
        Request = request;
        RequestNameOffset = requestNameOffset;
        Body = body;
        BodyNameOffset = bodyNameOffset;
        GapOffset = gapOffset;
        GapLength = gapLength;
    }

    /// <summary>Gets the name that a request has before another one is written over it.</summary>
    public static string SampleName { get; } = Name(0);

    /// <summary>Gets the HTTP request with head and body.</summary>
    public byte[] Request { get; }

    /// <summary>Gets the position of the name in the request, or -1.</summary>
    public int RequestNameOffset { get; }

    /// <summary>Gets the expected body without the gap.</summary>
    public byte[] Body { get; }

    /// <summary>Gets the position of the name in the expected body, or -1.</summary>
    public int BodyNameOffset { get; }

    /// <summary>Gets the position of the gap.</summary>
    public int GapOffset { get; }

    /// <summary>Gets the length of the gap before anything was written.</summary>
    public int GapLength { get; }

    /// <summary>Returns the name of a group.</summary>
    public static string Name(long number) => NamePrefix + number.ToString("000000000", CultureInfo.InvariantCulture);

    /// <summary>Writes the number of a group name over another one.</summary>
    public static void WriteName(byte[] bytes, int offset, long number)
    {
        for (var i = offset + SampleName.Length - 1; i > offset; i--)
        {
            bytes[i] = (byte)('0' + (number % 10));
            number /= 10;
        }
    }

    /// <summary>Creates an exchange whose response has exactly the given body.</summary>
    public static Exchange Exact(byte[] request, string body) => Create(request, body, -1, -1, body.Length, 0);

    /// <summary>Creates an exchange that reads a list, to which groups may be added.</summary>
    public static Exchange List(byte[] request, string body) =>
        Create(request, body, -1, -1, body.IndexOf("</Groups>", StringComparison.Ordinal), 0);

    /// <summary>Creates an exchange that adds a group, from a request and a response with <see cref="SampleName"/>.</summary>
    public static Exchange AddGroup(byte[] request, string body)
    {
        const string IdStart = "<ExchangeStoreId Id=\"";
        var gap = body.IndexOf(IdStart, StringComparison.Ordinal) + IdStart.Length;
        var gapLength = body.IndexOf('"', gap) - gap;
        return Create(
            request,
            body.Remove(gap, gapLength),
            request.AsSpan().IndexOf(Encoding.UTF8.GetBytes(SampleName)),
            body.IndexOf(SampleName, StringComparison.Ordinal),
            gap,
            gapLength);
    }

    /// <summary>Returns a copy that a connection may write names to.</summary>
    public Exchange Copy() => new([.. Request], RequestNameOffset, [.. Body], BodyNameOffset, GapOffset, GapLength);

    private static Exchange Create(byte[] request, string body, int requestName, int bodyName, int gap, int gapLength)
    {
        if (!body.Contains(NoError, StringComparison.Ordinal))
            throw new RunException($"The response reports an error: {body[..Math.Min(body.Length, 1000)]}");
        var bytes = Encoding.UTF8.GetBytes(body);
        return bytes.Length == body.Length
            ? new Exchange(request, requestName, bytes, bodyName, gap, gapLength)
            : throw new RunException("The response has characters outside ASCII; offsets would be wrong.");
    }
}
