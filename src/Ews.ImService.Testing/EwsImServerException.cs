namespace Ews.ImService.Testing;

/// <summary>The stand-in could not do what was asked of it; the message says why.</summary>
public class EwsImServerException : Exception
{
    /// <summary>Without a message.</summary>
    public EwsImServerException()
    {
    }

    /// <summary>With a message.</summary>
    public EwsImServerException(string message)
        : base(message)
    {
    }

    /// <summary>With a message and a cause.</summary>
    public EwsImServerException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}

/// <summary>The stand-in was asked something else than the test says; a failure of the test in every test framework.</summary>
public sealed class EwsImVerificationException : EwsImServerException
{
    /// <summary>Without a message.</summary>
    public EwsImVerificationException()
    {
    }

    /// <summary>With a message.</summary>
    public EwsImVerificationException(string message)
        : base(message)
    {
    }

    /// <summary>With a message and a cause.</summary>
    public EwsImVerificationException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
