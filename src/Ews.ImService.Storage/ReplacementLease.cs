namespace Ews.ImService.Storage;

/// <summary>The right to replace mailboxes of a realm, which one process has at a time.</summary>
/// <param name="Realm">The name of the realm.</param>
/// <param name="Id">The id, which is never used again.</param>
internal sealed record ReplacementLease(string Realm, Guid Id);
