namespace Ews.ImService.Commands;

/// <summary>The file that contains the URL of a service while it is ready.</summary>
internal sealed class UrlFile : IDisposable
{
    private readonly string _path;

    /// <summary>Deletes the file that an earlier process may have left.</summary>
    /// <param name="path">The full path of the file.</param>
    /// <exception cref="StartException">The file cannot be deleted.</exception>
    public UrlFile(string path)
    {
        _path = path;
        UserFile.Delete(path);
    }

    /// <summary>Writes the URL and a line break. A reader finds no file or the complete file.</summary>
    /// <exception cref="StartException">The file cannot be written.</exception>
    public void Write(string url) => UserFile.WriteAtOnce(_path, url + "\n");

    /// <inheritdoc/>
    public void Dispose() => UserFile.Delete(_path);
}
