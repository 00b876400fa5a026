using System.Security.Cryptography;
using System.Text;

namespace Ews.ImService.Mailbox;

/// <summary>A user of the directory.</summary>
/// <param name="SmtpAddress">The primary address.</param>
/// <param name="DisplayName">The display name.</param>
public sealed record DirectoryUser(SmtpAddress SmtpAddress, string DisplayName)
{
    /// <summary>Gets the IM address, or <c>null</c> if it is the SMTP address.</summary>
    public string? ImAddress { get; init; }

    /// <summary>Gets the name of the company.</summary>
    public string? CompanyName { get; init; }

    /// <summary>Gets the job title.</summary>
    public string? Title { get; init; }

    /// <summary>Gets the department.</summary>
    public string? Department { get; init; }

    /// <summary>Gets the photo, or <c>null</c> if the user has none.</summary>
    public UserPhoto? Photo { get; init; }

    /// <summary>Determines whether an address is the SMTP address or the IM address of the user.</summary>
    /// <param name="address">The address, with or without <c>sip:</c>.</param>
    public bool HasAddress(string address)
    {
        var key = Mailbox.ImAddress.Key(address);
        return Mailbox.ImAddress.Key(SmtpAddress.Value) == key || (ImAddress is not null && Mailbox.ImAddress.Key(ImAddress) == key);
    }

    /// <summary>Gets the entry of the user as the properties of a contact.</summary>
    public ContactProperties Properties => ContactProperties.Empty
        .With(ContactPath.DisplayName, DisplayName)
        .With(ContactPath.EmailAddress1, SmtpAddress.Value)
        .With(ContactPath.ImAddress1, ImAddress ?? SmtpAddress.Value)
        .With(ContactPath.CompanyName, CompanyName)
        .With(ContactPath.JobTitle, Title)
        .With(ContactPath.Department, Department);
}

/// <summary>The photo of a user.</summary>
/// <param name="Data">The content of the file: JPEG, PNG or GIF.</param>
public sealed record UserPhoto(ReadOnlyMemory<byte> Data);

/// <summary>The directory of the organization: users and distribution groups, which are the same for all mailboxes.</summary>
/// <param name="users">The users.</param>
/// <param name="distributionGroups">The SMTP addresses of distribution groups.</param>
/// <param name="anyDistributionGroup"><c>true</c> to accept every valid address as that of a distribution group.</param>
public sealed class AddressList(IReadOnlyList<DirectoryUser> users, IEnumerable<SmtpAddress> distributionGroups, bool anyDistributionGroup)
{
    private readonly List<SmtpAddress> _distributionGroups = distributionGroups.Distinct().ToList();

    /// <summary>Gets an empty directory.</summary>
    public static AddressList Empty { get; } = new([], [], anyDistributionGroup: false);

    /// <summary>Returns the display name of a user, or the address if the directory does not contain it.</summary>
    /// <param name="smtpAddress">The primary address of the user.</param>
    public string NameOf(SmtpAddress smtpAddress) =>
        users.FirstOrDefault(user => user.SmtpAddress == smtpAddress)?.DisplayName ?? smtpAddress.Value;

    /// <summary>Returns a mailbox with the display name of its owner.</summary>
    /// <param name="mailbox">The mailbox.</param>
    public MailboxState WithOwnerName(MailboxState mailbox)
    {
        ArgumentNullException.ThrowIfNull(mailbox);
        return mailbox with { OwnerName = NameOf(mailbox.SmtpAddress) };
    }

    /// <summary>Determines whether there is a distribution group with an address.</summary>
    /// <param name="smtpAddress">The address.</param>
    public bool HasDistributionGroup(SmtpAddress smtpAddress) => anyDistributionGroup || _distributionGroups.Contains(smtpAddress);

    /// <summary>Gets the addresses of the distribution groups that are known by name.</summary>
    public IReadOnlyList<SmtpAddress> DistributionGroups => _distributionGroups;

    /// <summary>Gets all users.</summary>
    public IReadOnlyList<DirectoryUser> Users => users;

    /// <summary>Finds a user by an address.</summary>
    /// <param name="address">The SMTP address or the IM address of the user.</param>
    /// <returns>The user, or <c>null</c> if the directory does not contain the user.</returns>
    public DirectoryUser? FindUser(string address) => users.FirstOrDefault(user => user.HasAddress(address));

    /// <summary>Finds the photo of a user by an address.</summary>
    /// <param name="address">The SMTP address or the IM address of the user.</param>
    /// <returns>The photo, or <c>null</c> if the directory does not contain the user or the user has no photo.</returns>
    public UserPhoto? FindPhoto(string address) => FindUser(address)?.Photo;

    /// <summary>Returns the personas of all users for one mailbox, whose GUID the persona ids contain.</summary>
    /// <param name="mailbox">The mailbox.</param>
    public IEnumerable<Persona> Personas(MailboxState mailbox) => users.Select(user => PersonaOf(mailbox, user));

    private static Persona PersonaOf(MailboxState mailbox, DirectoryUser user)
    {
        var id = StoreId.ForPersona(mailbox.MailboxGuid, GuidOf(user));
        var source = new PersonaSource(PersonaAttribution.FromDirectory(id), user.Properties);
        return new Persona(new PersonaId(id), CreationTime: null, [source]);
    }

    /// <summary>Returns a GUID that is the same for one address in every process.</summary>
    private static Guid GuidOf(DirectoryUser user) =>
        new(SHA256.HashData(Encoding.UTF8.GetBytes(user.SmtpAddress.Key)).AsSpan(0, 16));
}
