using Ews.ImService.Control.Contract;
using Ews.ImService.Control.Server;

namespace Ews.ImService.Logging;

/// <summary>Keeps the newest events of the log in memory.</summary>
/// <remarks>
/// It keeps the texts that are written anyway, or events that are formatted when they are read, so that a request costs no more than
/// storing a reference.
/// </remarks>
internal sealed class LogTail : ILogTail
{
    /// <summary>The number of events that are kept.</summary>
    public const int Capacity = 1000;

    /// <summary>The maximum length of the text of an event in characters. The end of a longer one is replaced by an ellipsis.</summary>
    public const int MaxLength = 2000;

    private readonly Lock _lock = new();
    private readonly object[] _events = new object[Capacity];
    private long _lastId;
    private string? _epoch;

    /// <inheritdoc/>
    public long LastId => Volatile.Read(ref _lastId);

    /// <summary>Adds the text of an event, which can end with a line break.</summary>
    public void Add(string text) => AddEvent(text.Length > MaxLength + Environment.NewLine.Length ? Cut(text) : text);

    /// <summary>Adds an event, whose text is what <see cref="object.ToString"/> returns when the log is read.</summary>
    public void AddEvent(object logEvent)
    {
        lock (_lock)
            _events[_lastId++ % Capacity] = logEvent;
    }

    /// <inheritdoc/>
    public LogPage Read(long after, int limit)
    {
        var events = new List<(long Id, object Event)>();
        string epoch;
        long lastId;
        lock (_lock)
        {
            epoch = _epoch ??= Guid.NewGuid().ToString("N");
            lastId = _lastId;
            for (var id = Math.Max(after, lastId - Math.Min(limit, Capacity)) + 1; id <= lastId; id++)
                events.Add((id, _events[(id - 1) % Capacity]));
        }

        return new LogPage(epoch, lastId, [.. events.Select(item => new LogLine(item.Id, Cut(item.Event.ToString()!.TrimEnd())))]);
    }

    private static string Cut(string text) => text.Length <= MaxLength ? text : text[..(MaxLength - 1)] + LogValue.Ellipsis;
}
