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

    /// <summary>Writes a text file under a temporary name and renames it, so that it is complete when it is found.</summary>
    /// <exception cref="StartException">The file cannot be written.</exception>
    public static void WriteAtOnce(string file, string text) => Use(file, "written", () =>
    {
        var incomplete = Incomplete(file);
        File.WriteAllText(incomplete, text);
        File.Move(incomplete, file, overwrite: true);
        return file;
    });

    /// <summary>Verifies that <see cref="WriteAtOnce"/> can create its temporary file.</summary>
    /// <exception cref="StartException">The file cannot be written.</exception>
    public static void VerifyWritable(string file) => Use(file, "written", () =>
    {
        var incomplete = Incomplete(file);
        File.WriteAllText(incomplete, string.Empty);
        File.Delete(incomplete);
        return file;
    });

    /// <summary>Deletes a file, if it exists.</summary>
    /// <exception cref="StartException">The file cannot be deleted.</exception>
    public static void Delete(string file) => Use(file, "deleted", () =>
    {
        if (Path.Exists(file))
            File.Delete(file);
        return file;
    });

    /// <summary>Returns a file, or the files in a folder that match a pattern, in the order of their names.</summary>
    /// <exception cref="StartException">The folder cannot be read, or contains no such file.</exception>
    public static IReadOnlyList<string> Find(string path, string pattern)
    {
        if (!Directory.Exists(path))
            return [path];
        var files = Use(path, "read", () => Directory.GetFiles(path, pattern).Order(StringComparer.Ordinal).ToList());
        return files.Count > 0 ? files : throw new StartException($"The folder '{path}' contains no file {pattern}.");
    }

    private static string Incomplete(string file) => $"{file}.{Environment.ProcessId}.tmp";

    private static T Use<T>(string file, string verb, Func<T> use)
    {
        try
        {
            return use();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            var kind = Directory.Exists(file) ? "folder" : "file";
            throw new StartException($"The {kind} '{file}' cannot be {verb}: {e.Message}", e);
        }
    }
}
