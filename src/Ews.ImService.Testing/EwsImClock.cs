using System.Text.Json;

namespace Ews.ImService.Testing;

/// <summary>Controls the clock of a realm, which provides the creation and modification times of its contacts.</summary>
/// <remarks>By default, the clock follows <see cref="EwsImServerOptions.TimeProvider"/>.</remarks>
public sealed class EwsImClock
{
    private readonly EwsImRealm _realm;

    internal EwsImClock(EwsImRealm realm) => _realm = realm;

    /// <summary>Gets the current time of the realm.</summary>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>The current time, in UTC.</returns>
    /// <exception cref="EwsImServerException">The server cannot be reached.</exception>
    public async Task<DateTimeOffset> GetUtcNowAsync(CancellationToken cancellationToken = default) =>
        (await _realm.GetAsync("clock", ContractJson.Default.ClockState, cancellationToken).ConfigureAwait(false)).Now;

    /// <summary>Stops the clock.</summary>
    /// <param name="at">The time at which the clock stops; <see langword="null"/> (the default) for the current time of the realm.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>The time of the stopped clock, in UTC.</returns>
    /// <exception cref="EwsImServerException">
    /// <paramref name="at"/> is before 1900-01-01 or after 4500-01-01, or the server cannot be reached.
    /// </exception>
    public Task<DateTimeOffset> FreezeAsync(DateTimeOffset? at = null, CancellationToken cancellationToken = default)
    {
        var json = JsonSerializer.Serialize(new ClockFreeze { At = at }, ContractJson.Default.ClockFreeze);
        return ChangeAsync(HttpMethod.Put, "clock", json, cancellationToken);
    }

    /// <summary>Moves the clock forward, whether it is running or frozen.</summary>
    /// <param name="by">
    /// The time to add, rounded down to whole milliseconds and at most 100 years. A negative value moves the clock back.
    /// </param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>The time to which the clock has moved, in UTC.</returns>
    /// <exception cref="EwsImServerException">
    /// <paramref name="by"/> is out of range, the time would be before 1900-01-01 or after 4500-01-01, or the server cannot be reached.
    /// </exception>
    public Task<DateTimeOffset> AdvanceAsync(TimeSpan by, CancellationToken cancellationToken = default)
    {
        var advance = new ClockAdvance { Milliseconds = (long)by.TotalMilliseconds };
        var json = JsonSerializer.Serialize(advance, ContractJson.Default.ClockAdvance);
        return ChangeAsync(HttpMethod.Post, "clock/advance", json, cancellationToken);
    }

    /// <summary>Resets the clock, so that it runs and shows the time of <see cref="EwsImServerOptions.TimeProvider"/> again.</summary>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>A task that completes when the clock is reset.</returns>
    /// <exception cref="EwsImServerException">The server cannot be reached.</exception>
    public Task ResetAsync(CancellationToken cancellationToken = default) =>
        _realm.SendAsync(HttpMethod.Delete, "clock", null, cancellationToken);

    private async Task<DateTimeOffset> ChangeAsync(HttpMethod method, string path, string json, CancellationToken cancellationToken) =>
        (await _realm.SendAsync(method, path, json, cancellationToken).ConfigureAwait(false)).Read(ContractJson.Default.ClockState).Now;
}
