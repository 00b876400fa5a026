namespace Ews.ImService.Control.Seeds;

/// <summary>The documents that every realm begins with, in the order of loading.</summary>
/// <param name="Documents">Their names, and their bytes.</param>
public sealed record StartSeed(IReadOnlyList<(string Name, ReadOnlyMemory<byte> Json)> Documents)
{
    /// <summary>Reads a file, or the files <c>*.json</c> of a folder in the order of their names.</summary>
    /// <param name="path">The file or folder; null for nothing.</param>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static StartSeed Read(string? path)
    {
        if (path is null)
            return new StartSeed([]);
        var files = Directory.Exists(path) ? Directory.GetFiles(path, "*.json").Order(StringComparer.Ordinal).ToArray() : [path];
        return new StartSeed(files.Select(file => (Path.GetFileName(file), (ReadOnlyMemory<byte>)File.ReadAllBytes(file))).ToList());
    }
}
