using Ews.ImService.Mailbox;

namespace Ews.ImService.Protocol;

/// <summary>The options of the EWS endpoint, for behavior that differs between Exchange versions or between their documents.</summary>
public sealed record EwsOptions
{
    /// <summary>The path of the endpoint; case-insensitive.</summary>
    public const string Path = "/EWS/Exchange.asmx";

    /// <summary>Gets the server version in responses; the default is the build in Microsoft's examples.</summary>
    public ServerVersion ServerVersion { get; init; } = new();

    /// <summary>
    /// Gets a value that indicates whether a request without RequestServerVersion is treated as Exchange 2013; the default is
    /// <c>false</c>, which treats it as Exchange 2007, without the IM operations.
    /// </summary>
    public bool AllowMissingVersion { get; init; }

    /// <summary>Gets the maximum length of a request body in bytes; the default is 1,048,576.</summary>
    public int MaxRequestBytes { get; init; } = 1024 * 1024;

    /// <summary>Gets the maximum number of requests in work, beyond which requests are rejected with ErrorServerBusy; the default is
    /// 512.</summary>
    public int MaxRequests { get; init; } = 512;

    /// <summary>Gets the maximum number of requests in work for one mailbox, beyond which requests are rejected with ErrorServerBusy; the
    /// default is 128.</summary>
    public int MaxRequestsPerMailbox { get; init; } = 128;

    /// <summary>Gets the maximum size in bytes of all request bodies that are being received or processed; the default is
    /// 134,217,728.</summary>
    public int MaxBufferedBytes { get; init; } = 128 * 1024 * 1024;

    /// <summary>Gets the length in bytes of a response to GetAttachment, GetItem, FindItem, GetFolder or FindFolder beyond which it
    /// contains ErrorDataSizeLimitExceeded instead of further results; the default is 67,108,864.</summary>
    public int MaxResponseBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>Gets the maximum duration of the transfer of a request body; the default is 100 seconds.</summary>
    public TimeSpan BodyTimeout { get; init; } = TimeSpan.FromSeconds(100);

    /// <summary>Gets the duration from which a request is logged as slow, or zero for none; the default is one second.</summary>
    public TimeSpan SlowRequest { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Gets the maximum memory in bytes for responses to GetImItemList that are kept; the default is 33,554,432.</summary>
    public int ResponseCacheBytes { get; init; } = 32 * 1024 * 1024;

    /// <summary>Gets the maximum number of subscriptions of an account, beyond which Subscribe fails with
    /// ErrorExceededSubscriptionCount; the default is 5,000.</summary>
    public int MaxSubscriptions { get; init; } = 5000;

    /// <summary>Gets the maximum number of streaming connections of an account, beyond which GetStreamingEvents fails with
    /// ErrorExceededConnectionCount; the default is 10.</summary>
    public int MaxStreamingConnections { get; init; } = 10;

    /// <summary>Gets the hosts to which push notifications are sent, in addition to this machine; <c>*</c> for every host. The default is
    /// none.</summary>
    public IReadOnlyList<string> PushHosts { get; init; } = [];

    /// <summary>Gets the name of this server in the affinity cookie of subscriptions; the default is <c>localhost~1</c>.</summary>
    public string ServerName { get; init; } = "localhost~1";

    /// <summary>Gets the form of the email addresses of a persona; the default is <see cref="PersonaProfile.BySpelling"/>.</summary>
    public PersonaProfile PersonaProfile { get; init; } = PersonaProfile.BySpelling;

    /// <summary>Gets the mailbox of anonymous requests without impersonation; the default is <c>user@contoso.com</c>.</summary>
    public SmtpAddress DefaultMailbox { get; init; } = SmtpAddress.Parse("user@contoso.com");
}

/// <summary>Specifies the form of the email addresses of a persona, in which the schema and the documentation differ.</summary>
public enum PersonaProfile
{
    /// <summary>The form of the schema for the http spelling of namespaces, that of the documentation for the https spelling.</summary>
    BySpelling,

    /// <summary>Always <c>EmailAddress</c> inside <c>Address</c> items.</summary>
    Schema,

    /// <summary>Always <c>Address</c> inside <c>EmailAddress</c> items.</summary>
    Documentation,
}
