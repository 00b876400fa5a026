#if EWS_TESTING_PACKAGE
namespace Ews.ImService.Testing;
#else
namespace Ews.ImService.Control.Contract;
#endif

/// <summary>The service and its settings.</summary>
internal sealed record ServerState
{
    /// <summary>Gets the version of the program.</summary>
    public required string Version { get; init; }

    /// <summary>Gets the time at which the service was started, by the clock of the system.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Gets the first EWS URL for clients, or that of the proxy that forwarded the call.</summary>
    public required string EwsUrl { get; init; }

    /// <summary>Gets the full path of the database file, <c>:memory:</c>, or the URL of a PostgreSQL database without the password.
    /// </summary>
    public required string Database { get; init; }

    /// <summary>Gets the name of this instance of a service on PostgreSQL; <c>null</c> for a database file.</summary>
    public string? Instance { get; init; }

    /// <summary>Gets the settings in force, in the order of the documentation. Lists without items are not included.</summary>
    public required IReadOnlyList<ServerSetting> Settings { get; init; }

    /// <summary>Gets findings about settings that probably do not have the intended effect, one sentence each.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }
}

/// <summary>A setting in force.</summary>
internal sealed record ServerSetting
{
    /// <summary>Gets the key, such as <c>Limits:MaxGroups</c>.</summary>
    public required string Key { get; init; }

    /// <summary>Gets the value as it was given, or the default; <c>(hidden)</c> for a secret that was given.</summary>
    public required string Value { get; init; }

    /// <summary>Gets a value that indicates whether the setting was not given.</summary>
    public required bool IsDefault { get; init; }

    /// <summary>Gets a value that indicates whether the value is hidden if it is given.</summary>
    public required bool IsSecret { get; init; }
}

/// <summary>The newest events of the log.</summary>
/// <param name="Epoch">A text that is new for each start of the service, whose ids begin with 1 again.</param>
/// <param name="LastId">The id of the newest event; 0 if there is none.</param>
/// <param name="Lines">The events, oldest first.</param>
internal sealed record LogPage(string Epoch, long LastId, IReadOnlyList<LogLine> Lines);

/// <summary>An event of the log.</summary>
/// <param name="Id">The id.</param>
/// <param name="Text">The text, at most 2,000 characters. That of an exception has several lines.</param>
internal sealed record LogLine(long Id, string Text);
