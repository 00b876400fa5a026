using System.Security.Cryptography;
using System.Text;

namespace Ews.ImService.Mailbox;

/// <summary>Somebody whom the directory knows.</summary>
/// <param name="SmtpAddress">The primary address.</param>
/// <param name="DisplayName">The name to show.</param>
public sealed record DirectoryUser(SmtpAddress SmtpAddress, string DisplayName)
{
    /// <summary>The IM address; null where it is the SMTP address.</summary>
    public string? ImAddress { get; init; }

    /// <summary>The company.</summary>
    public string? CompanyName { get; init; }

    /// <summary>The job title.</summary>
    public string? Title { get; init; }

    /// <summary>The department.</summary>
    public string? Department { get; init; }

    /// <summary>The photo; null where there is none.</summary>
    public UserPhoto? Photo { get; init; }

    /// <summary>Whether an address is this person's, in mail's form or in IM's.</summary>
    public bool HasAddress(string address)
    {
        var key = Mailbox.ImAddress.Key(address);
        return Mailbox.ImAddress.Key(SmtpAddress.Value) == key || (ImAddress is not null && Mailbox.ImAddress.Key(ImAddress) == key);
    }

    /// <summary>What the directory says of this person, as a contact says it.</summary>
    public ContactProperties Properties => ContactProperties.Empty
        .With(ContactPath.DisplayName, DisplayName)
        .With(ContactPath.EmailAddress1, SmtpAddress.Value)
        .With(ContactPath.ImAddress1, ImAddress ?? SmtpAddress.Value)
        .With(ContactPath.CompanyName, CompanyName)
        .With(ContactPath.JobTitle, Title)
        .With(ContactPath.Department, Department);
}

/// <summary>A photo, as it stands in its file.</summary>
/// <param name="Data">The file's bytes: JPEG, PNG or GIF.</param>
public sealed record UserPhoto(ReadOnlyMemory<byte> Data);

/// <summary>The organisation's directory, from configuration: what is known of people and groups without a mailbox being asked.</summary>
/// <param name="users">The people.</param>
/// <param name="distributionGroups">The SMTP addresses of distribution groups.</param>
/// <param name="anyDistributionGroup">Whether every well-formed address counts as a distribution group's.</param>
public sealed class AddressList(IReadOnlyList<DirectoryUser> users, IEnumerable<SmtpAddress> distributionGroups, bool anyDistributionGroup)
{
    private readonly HashSet<SmtpAddress> _distributionGroups = new(distributionGroups);

    /// <summary>A directory that knows nobody.</summary>
    public static AddressList Empty { get; } = new([], [], anyDistributionGroup: false);

    /// <summary>The name of whoever has a mailbox; the address where the directory does not know it.</summary>
    public string NameOf(SmtpAddress smtpAddress) =>
        users.FirstOrDefault(user => user.SmtpAddress == smtpAddress)?.DisplayName ?? smtpAddress.Value;

    /// <summary>Whether there is a distribution group with this address.</summary>
    public bool HasDistributionGroup(SmtpAddress smtpAddress) => anyDistributionGroup || _distributionGroups.Contains(smtpAddress);

    /// <summary>All people.</summary>
    public IReadOnlyList<DirectoryUser> Users => users;

    /// <summary>All people as personas, as one mailbox sees them: their ids are of that mailbox.</summary>
    public IEnumerable<Persona> Personas(MailboxState mailbox) => users.Select(user => PersonaOf(mailbox, user));

    private static Persona PersonaOf(MailboxState mailbox, DirectoryUser user)
    {
        var id = StoreId.ForPersona(mailbox.MailboxGuid, GuidOf(user));
        return new Persona(new PersonaId(id), CreationTime: null, [new PersonaSource(PersonaAttribution.FromDirectory(id), user.Properties)]);
    }

    /// <summary>The same for one address in every run.</summary>
    private static Guid GuidOf(DirectoryUser user) => new(SHA256.HashData(Encoding.UTF8.GetBytes(user.SmtpAddress.Key)).AsSpan(0, 16));
}
