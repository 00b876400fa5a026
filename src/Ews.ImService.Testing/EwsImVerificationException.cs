namespace Ews.ImService.Testing;

/// <summary>The exception that is thrown when a verification of the test fails.</summary>
/// <remarks>Every test framework reports it as a failed test. The message shows what was expected and what was found.</remarks>
public sealed class EwsImVerificationException : Exception
{
    /// <summary>Initializes a new instance of the <see cref="EwsImVerificationException"/> class.</summary>
    public EwsImVerificationException()
    {
    }

    /// <summary>Initializes a new instance of the <see cref="EwsImVerificationException"/> class with a message.</summary>
    /// <param name="message">The message that describes the failure.</param>
    public EwsImVerificationException(string message)
        : base(message)
    {
    }

    /// <summary>Initializes a new instance of the <see cref="EwsImVerificationException"/> class with a message and a cause.</summary>
    /// <param name="message">The message that describes the failure.</param>
    /// <param name="innerException">The exception that caused this one.</param>
    public EwsImVerificationException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
