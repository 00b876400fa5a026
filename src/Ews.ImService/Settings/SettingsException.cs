namespace Ews.ImService.Settings;

/// <summary>The configuration cannot be used.</summary>
/// <param name="problems">One line each: the key, what is wrong with it, what it has to be.</param>
internal sealed class SettingsException(IReadOnlyList<string> problems) : Exception(string.Join('\n', problems))
{
    /// <summary>One line each: the key, what is wrong with it, what it has to be.</summary>
    public IReadOnlyList<string> Problems { get; } = problems;
}
