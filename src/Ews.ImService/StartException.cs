namespace Ews.ImService;

/// <summary>The exception that is thrown when the service cannot start, or a command fails. The message is for the user.</summary>
internal sealed class StartException(string message, Exception? innerException = null) : Exception(message, innerException);
