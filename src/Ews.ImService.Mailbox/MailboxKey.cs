namespace Ews.ImService.Mailbox;

/// <summary>Identifies a mailbox: an address in a realm. Realms are isolated from each other.</summary>
/// <param name="Realm">The name of the realm, which is case-sensitive.</param>
/// <param name="SmtpAddress">The primary address.</param>
public readonly record struct MailboxKey(string Realm, SmtpAddress SmtpAddress)
{
    /// <summary>The name of the default realm, for requests that name no realm.</summary>
    public const string DefaultRealm = "";

    /// <inheritdoc/>
    public override string ToString() => Realm == DefaultRealm ? SmtpAddress.Value : $"{SmtpAddress} in realm {Realm}";
}
