namespace Ews.ImService.Storage;

/// <summary>The exception that is thrown when the database cannot be used.</summary>
/// <remarks>The message is one line for the user. It names the database, the problem, and what to do about it.</remarks>
public sealed class StorageException : IOException
{
    /// <summary>Creates an exception.</summary>
    /// <param name="message">The message for the user.</param>
    public StorageException(string message)
        : base(message)
    {
    }

    /// <summary>Creates an exception with its cause.</summary>
    /// <param name="message">The message for the user.</param>
    /// <param name="cause">The exception of the database or the file system.</param>
    public StorageException(string message, Exception cause)
        : base(message, cause)
    {
    }

    /// <summary>
    /// Gets a value that indicates whether the requests that failed together can run again one by one; the default is <c>true</c>. It is
    /// <c>false</c> if the database cannot be reached, or may have committed the change.
    /// </summary>
    public bool MayRunAgain { get; init; } = true;
}
