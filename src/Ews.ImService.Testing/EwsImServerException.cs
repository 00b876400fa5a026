namespace Ews.ImService.Testing;

/// <summary>The exception that is thrown when the server cannot start, cannot be reached or rejects a request.</summary>
/// <remarks>The message lists every problem that the server found.</remarks>
public sealed class EwsImServerException : Exception
{
    /// <summary>Initializes a new instance of the <see cref="EwsImServerException"/> class.</summary>
    public EwsImServerException()
    {
    }

    /// <summary>Initializes a new instance of the <see cref="EwsImServerException"/> class with a message.</summary>
    /// <param name="message">The message that describes the error.</param>
    public EwsImServerException(string message)
        : base(message)
    {
    }

    /// <summary>Initializes a new instance of the <see cref="EwsImServerException"/> class with a message and a cause.</summary>
    /// <param name="message">The message that describes the error.</param>
    /// <param name="innerException">The exception that caused this one.</param>
    public EwsImServerException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
