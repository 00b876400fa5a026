namespace Ews.ImService.Reliability.Races;

/// <summary>A request of a race.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Path">The path.</param>
/// <param name="Body">The body.</param>
internal sealed record RaceRequest(string Method, string Path, string Body)
{
    /// <summary>Creates a request of the control API.</summary>
    public static RaceRequest Control(string method, string path, string body = "") => new(method, "/_control/v1/" + path, body);

    /// <summary>Creates an EWS request for the default mailbox.</summary>
    public static RaceRequest Ews(string operation) => new("POST", Requests.EwsPath, Requests.Envelope(operation, Mailboxes.Default));
}
