namespace Ews.ImService;

/// <summary>The service cannot start here. The message is one line for the user.</summary>
internal sealed class StartException(string message, Exception? cause = null) : Exception(message, cause);
