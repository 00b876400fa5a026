namespace Ews.ImService.Commands;

/// <summary>Reads and writes files that a user names.</summary>
internal static class UserFile
{
    /// <summary>Reads a text file.</summary>
    /// <exception cref="StartException">The file cannot be read.</exception>
    public static string Read(string file) => Use(file, "read", () => File.ReadAllText(file));

    /// <summary>Writes a text file.</summary>
    /// <exception cref="StartException">The file cannot be written.</exception>
    public static void Write(string file, string text) => Use(file, "written", () =>
    {
        File.WriteAllText(file, text);
        return file;
    });

    private static T Use<T>(string file, string verb, Func<T> use)
    {
        try
        {
            return use();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StartException($"The file '{file}' cannot be {verb}: {e.Message}", e);
        }
    }
}
