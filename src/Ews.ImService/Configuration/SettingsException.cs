namespace Ews.ImService.Configuration;

/// <summary>The exception that is thrown when arguments or settings are not valid.</summary>
/// <param name="problems">One line for each violation.</param>
internal sealed class SettingsException(params IReadOnlyList<string> problems) : Exception(string.Join('\n', problems))
{
    /// <summary>Gets one line for each violation: the setting, the value, and the rule.</summary>
    public IReadOnlyList<string> Problems { get; } = problems;
}
