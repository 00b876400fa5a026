namespace Ews.ImService;

/// <summary>The service cannot start here. The message is one line for the user.</summary>
internal sealed class StartException(string message, Exception cause) : Exception(message, cause);
