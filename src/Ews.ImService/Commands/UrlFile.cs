namespace Ews.ImService.Commands;

/// <summary>The file that contains the URL of a service while it is ready.</summary>
internal sealed class UrlFile : IDisposable
{
    private readonly string _path;
    private string? _text;

    /// <summary>Deletes the file that an earlier process may have left, and verifies that a file can be written.</summary>
    /// <param name="path">The full path of the file.</param>
    /// <exception cref="StartException">The file cannot be deleted, or cannot be written.</exception>
    public UrlFile(string path)
    {
        _path = path;
        UserFile.Delete(path);
        UserFile.VerifyWritable(path);
    }

    /// <summary>Writes the URL and a line break. A reader finds no file or the complete file.</summary>
    /// <exception cref="StartException">The file cannot be written.</exception>
    public void Write(string url) => UserFile.WriteAtOnce(_path, _text = url + "\n");

    /// <summary>Deletes the file, unless another service has written its URL to it.</summary>
    public void Dispose()
    {
        if (File.Exists(_path) && UserFile.Read(_path) == _text)
            UserFile.Delete(_path);
    }
}
