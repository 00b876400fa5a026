namespace Ews.ImService.Mailbox;

/// <summary>Which mailbox: an address in a realm. Realms are worlds of their own, so that tests which run side by side do not meet.</summary>
/// <param name="Realm">The realm's name; letter case counts.</param>
/// <param name="SmtpAddress">The primary address, in any letter case.</param>
public readonly record struct MailboxKey(string Realm, string SmtpAddress)
{
    /// <summary>The name of the realm of whoever names none.</summary>
    public const string DefaultRealm = "";

    /// <summary>A mailbox of the default realm.</summary>
    public static MailboxKey Of(string smtpAddress) => new(DefaultRealm, smtpAddress);

    /// <inheritdoc/>
    public bool Equals(MailboxKey other) => Realm == other.Realm && Mailbox.SmtpAddress.Comparer.Equals(SmtpAddress, other.SmtpAddress);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Realm, Mailbox.SmtpAddress.Comparer.GetHashCode(SmtpAddress));

    /// <inheritdoc/>
    public override string ToString() => Realm == DefaultRealm ? SmtpAddress : $"{SmtpAddress} in realm {Realm}";
}
