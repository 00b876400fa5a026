#if EWS_TESTING_PACKAGE
namespace Ews.ImService.Testing;
#else
namespace Ews.ImService.Control.Contract;
#endif

/// <summary>The number of objects in a mailbox.</summary>
internal sealed record MailboxSummary
{
    /// <summary>Gets the primary SMTP address.</summary>
    public required string SmtpAddress { get; init; }

    /// <summary>Gets the GUID from which EWS ids are derived.</summary>
    public required Guid MailboxGuid { get; init; }

    /// <summary>Gets the number of IM groups, including system groups.</summary>
    public required int Groups { get; init; }

    /// <summary>Gets the number of IM contacts.</summary>
    public required int ImContacts { get; init; }

    /// <summary>Gets the number of contacts that are not on the IM list.</summary>
    public required int Contacts { get; init; }
}

/// <summary>The mailboxes of a realm.</summary>
/// <param name="Count">The number of mailboxes that match, including those above the limit.</param>
/// <param name="Mailboxes">The mailboxes, ordered by address.</param>
internal sealed record MailboxList(int Count, IReadOnlyList<MailboxSummary> Mailboxes);

/// <summary>The snapshots of a realm.</summary>
/// <param name="Snapshots">The names in ordinal order.</param>
/// <param name="Details">The snapshots in the same order.</param>
internal sealed record SnapshotList(IReadOnlyList<string> Snapshots, IReadOnlyList<SnapshotSummary> Details);

/// <summary>A snapshot.</summary>
/// <param name="Name">The name.</param>
/// <param name="TakenAt">The time of the realm at which the snapshot was taken.</param>
/// <param name="Mailboxes">The number of mailboxes.</param>
public sealed record SnapshotSummary(string Name, DateTimeOffset TakenAt, int Mailboxes);

/// <summary>The realms of the service.</summary>
/// <param name="Realms">The names in ordinal order; the name of the default realm is empty.</param>
internal sealed record RealmList(IReadOnlyList<string> Realms);

/// <summary>The calls of the control API.</summary>
internal sealed record ControlApiIndex
{
    /// <summary>Gets the name of the realm that the request addresses; the name of the default realm is empty.</summary>
    public required string Realm { get; init; }

    /// <summary>Gets the path of the OpenAPI document.</summary>
    public required string Openapi { get; init; }

    /// <summary>Gets the path of the JSON schema of seed documents.</summary>
    public required string SeedSchema { get; init; }

    /// <summary>Gets the calls, such as <c>GET /_control/v1/journal</c>.</summary>
    public required IReadOnlyList<string> Calls { get; init; }
}
