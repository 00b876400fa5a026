namespace Ews.ImService.Commands;

/// <summary>The exit codes of the program.</summary>
internal static class ExitCode
{
    /// <summary>The command succeeded.</summary>
    public const int Success = 0;

    /// <summary>The command failed.</summary>
    public const int Failure = 1;

    /// <summary>An argument or a setting is not valid.</summary>
    public const int InvalidSettings = 2;

    /// <summary>The codes with their meanings, for the help and the documentation.</summary>
    public static readonly IReadOnlyList<(int Code, string Meaning)> All =
    [
        (Success, "The command succeeded. 'serve', 'tail' and 'record' were stopped by Ctrl+C or a termination signal."),
        (Failure, "The command failed: for example, the service did not respond, rejected the request, or was not ready in time; or the "
            + "responses of 'replay' differ."),
        (InvalidSettings, "An argument or a setting is not valid. Nothing was done."),
    ];
}
