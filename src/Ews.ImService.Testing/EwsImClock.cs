using System.Text.Json;

namespace Ews.ImService.Testing;

/// <summary>A realm's time, which creation times are of.</summary>
public sealed class EwsImClock
{
    private readonly EwsImRealm _realm;

    internal EwsImClock(EwsImRealm realm) => _realm = realm;

    /// <summary>What time it is.</summary>
    public async Task<DateTimeOffset> ReadAsync(CancellationToken cancellation = default) =>
        (await _realm.SendAsync<ClockState>(HttpMethod.Get, "clock", null, cancellation).ConfigureAwait(false)).Now;

    /// <summary>Makes it stand still.</summary>
    /// <param name="at">Where; null for where it is.</param>
    /// <param name="cancellation">Gives up.</param>
    public Task FreezeAsync(DateTimeOffset? at = null, CancellationToken cancellation = default) =>
        _realm.SendAsync(HttpMethod.Put, "clock", at is null ? "{}" : JsonSerializer.Serialize(new { at }), cancellation);

    /// <summary>Moves it, whether it stands or runs; back, too.</summary>
    /// <param name="by">By how much, in whole milliseconds.</param>
    /// <param name="cancellation">Gives up.</param>
    public Task AdvanceAsync(TimeSpan by, CancellationToken cancellation = default) =>
        _realm.SendAsync(HttpMethod.Post, "clock/advance", JsonSerializer.Serialize(new { milliseconds = (long)by.TotalMilliseconds }), cancellation);

    /// <summary>Lets it run with its source again.</summary>
    public Task ReleaseAsync(CancellationToken cancellation = default) => _realm.SendAsync(HttpMethod.Delete, "clock", null, cancellation);

    private sealed record ClockState(DateTimeOffset Now);
}
