namespace Ews.ImService.Storage;

/// <summary>The database cannot be used. The message is one line for the user: it names the file and says what is wrong.</summary>
public sealed class StorageException : IOException
{
    /// <summary>Says what is wrong.</summary>
    public StorageException(string message)
        : base(message)
    {
    }

    /// <summary>Says what is wrong, and what showed it.</summary>
    public StorageException(string message, Exception cause)
        : base(message, cause)
    {
    }
}
