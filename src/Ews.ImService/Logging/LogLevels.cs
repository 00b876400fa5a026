using Ews.ImService.Settings;

namespace Ews.ImService.Logging;

/// <summary>The minimum levels of log events by their source.</summary>
internal static class LogLevels
{
    /// <summary>The source of ASP.NET Core, and of EF Core.</summary>
    private const string Microsoft = "Microsoft";

    /// <summary>The source of the client of PostgreSQL, which logs each statement.</summary>
    private const string Npgsql = "Npgsql";

    /// <summary>The source of one event, which repeats the message of a failed start, with a stack trace.</summary>
    private const string Host = "Microsoft.Extensions.Hosting.Internal.Host";

    /// <summary>Returns the minimum levels of sources, and of the sources below them, that differ from that of the service.</summary>
    /// <param name="level">The minimum level of the service.</param>
    public static IEnumerable<(string Source, LogThreshold Level)> Overrides(LogThreshold level) =>
        [(Microsoft, ForLibraries(level)), (Npgsql, ForLibraries(level)), (Host, LogThreshold.Fatal)];

    /// <summary>Returns the minimum level of a source.</summary>
    /// <param name="source">The source, such as the name of a class.</param>
    /// <param name="level">The minimum level of the service.</param>
    public static LogThreshold Of(string source, LogThreshold level)
    {
        if (IsIn(source, Host))
            return LogThreshold.Fatal;
        return IsIn(source, Microsoft) || IsIn(source, Npgsql) ? ForLibraries(level) : level;
    }

    private static LogThreshold ForLibraries(LogThreshold level) => level > LogThreshold.Warning ? level : LogThreshold.Warning;

    private static bool IsIn(string source, string ancestor) =>
        source.StartsWith(ancestor, StringComparison.Ordinal) && (source.Length == ancestor.Length || source[ancestor.Length] == '.');
}
