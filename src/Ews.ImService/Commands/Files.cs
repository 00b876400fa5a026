namespace Ews.ImService.Commands;

/// <summary>Files that a user names.</summary>
internal static class Files
{
    /// <summary>Uses one.</summary>
    /// <exception cref="StartException">It cannot be used.</exception>
    public static T Use<T>(string file, Func<T> use)
    {
        try
        {
            return use();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StartException($"'{file}' cannot be used: {e.Message}", e);
        }
    }
}
