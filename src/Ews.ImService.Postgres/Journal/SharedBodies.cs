using System.Buffers;
using System.Runtime.CompilerServices;

namespace Ews.ImService.Postgres.Journal;

/// <summary>The large response bodies in memory. The protocol sends the same body to GetImItemList until the mailbox changes.</summary>
internal sealed class SharedBodies
{
    /// <summary>The length in bytes from which a body is stored apart from its entries.</summary>
    private const int MinLength = 16 * 1024;

    /// <summary>The bodies by the object that contains their first bytes.</summary>
    private readonly ConditionalWeakTable<object, SharedBody> _bodies = [];

    /// <summary>Returns the shared body of a response, or <c>null</c> if it is stored in its entry.</summary>
    public SharedBody? Find(ReadOnlySequence<byte> body)
    {
        if (FindObject(body) is not { } first)
            return null;
        var known = _bodies.GetValue(first, _ => new SharedBody(body));
        return known.IsBodyOf(body) ? known : null;
    }

    /// <summary>Returns the object that contains the first bytes of a large body, or <c>null</c> for a small one.</summary>
    public static object? FindObject(ReadOnlySequence<byte> body) => body.Length < MinLength ? null : body.Start.GetObject();
}
