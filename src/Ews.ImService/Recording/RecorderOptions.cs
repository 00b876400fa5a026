using System.Net;
using System.Security.Cryptography.X509Certificates;

namespace Ews.ImService.Recording;

/// <summary>The options of a recorder.</summary>
internal sealed record RecorderOptions
{
    /// <summary>Gets the root of the server to which requests are forwarded.</summary>
    public required Uri Server { get; init; }

    /// <summary>Gets the URLs to listen on.</summary>
    public required IReadOnlyList<string> Urls { get; init; }

    /// <summary>Gets the credentials that replace those of the clients; <c>null</c> to forward the sign-in of the clients.</summary>
    public NetworkCredential? Credentials { get; init; }

    /// <summary>Gets the certificates that are trusted as issuers of that of the server; <c>null</c> for those of the system.</summary>
    public X509Certificate2Collection? TrustedIssuers { get; init; }

    /// <summary>Gets a value that indicates whether every certificate of the server is accepted.</summary>
    public bool IsInsecure { get; init; }

    /// <summary>Gets a value that indicates whether URLs of the server in Autodiscover and WSDL responses stay as they are.</summary>
    public bool KeepsUrls { get; init; }

    /// <summary>Gets a value that indicates whether addresses are replaced by pseudonyms in the recording.</summary>
    public bool HasPseudonyms { get; init; }

    /// <summary>Gets the mailbox of requests that name none; <c>null</c> if it is unknown.</summary>
    public string? Mailbox { get; init; }
}
