namespace Ews.ImService.Control.Seeds;

/// <summary>The seed documents with the mailboxes in the initial state of every realm.</summary>
/// <param name="Documents">The names and the JSON of the documents, in the order in which they are loaded.</param>
public sealed record StartSeed(IReadOnlyList<(string Name, ReadOnlyMemory<byte> Json)> Documents)
{
    /// <summary>Reads a file, or the files <c>*.json</c> of a folder in the order of their names.</summary>
    /// <param name="path">The file or folder, or <c>null</c> for no documents.</param>
    /// <exception cref="IOException">The file or folder cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">Access to the file or folder is denied.</exception>
    public static StartSeed Read(string? path)
    {
        if (path is null)
            return new StartSeed([]);
        var files = Directory.Exists(path) ? Directory.GetFiles(path, "*.json").Order(StringComparer.Ordinal).ToArray() : [path];
        return new StartSeed([.. files.Select(file => (Path.GetFileName(file), (ReadOnlyMemory<byte>)File.ReadAllBytes(file)))]);
    }
}
