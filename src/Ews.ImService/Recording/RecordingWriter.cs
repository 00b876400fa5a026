using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Ews.ImService.Control.Contract;

namespace Ews.ImService.Recording;

/// <summary>Writes a recording. Each line is complete in the file before the next one begins.</summary>
internal sealed class RecordingWriter : IDisposable
{
    private readonly Lock _lock = new();
    private readonly FileStream _file;

    /// <summary>Creates the file, which only its owner can read.</summary>
    /// <exception cref="StartException">The file exists, or cannot be written.</exception>
    public RecordingWriter(string path, RecordingHeader header)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            Share = FileShare.Read,
            BufferSize = 0, // A line that cannot be written must not remain in a buffer.
        };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        try
        {
            _file = new FileStream(path, options);
            Write(header, RecordingJson.Line.RecordingHeader);
        }
        catch (IOException) when (File.Exists(path))
        {
            throw new StartException($"The file '{path}' exists. Use --out to name another file.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StartException($"The file '{path}' cannot be written: {e.Message}", e);
        }
    }

    /// <summary>Adds an entry. Entries are added in the order in which they end; their ids have the order of arrival.</summary>
    /// <exception cref="IOException">The entry cannot be written. The file does not contain a part of it.</exception>
    public void Add(JournalEntry entry) => Write(entry, RecordingJson.Line.JournalEntry);

    /// <summary>Deletes the file.</summary>
    public void Delete()
    {
        Dispose();
        File.Delete(_file.Name);
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private void Write<T>(T record, JsonTypeInfo<T> type)
    {
        byte[] line = [.. JsonSerializer.SerializeToUtf8Bytes(record, type), (byte)'\n'];
        lock (_lock)
        {
            var end = _file.Position;
            try
            {
                _file.Write(line);
            }
            catch (IOException)
            {
                _file.SetLength(end);
                throw;
            }
        }
    }
}
