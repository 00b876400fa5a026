using System.Collections.Immutable;
using Ews.ImService.Control.Contract;
using Ews.ImService.Control.Documents;
using Ews.ImService.Mailbox;

namespace Ews.ImService.Control.Seeds;

/// <summary>Creates the mailboxes of a seed document. The rules are those of <see cref="MailboxImporter"/>.</summary>
internal static class SeedReader
{
    private static readonly Dictionary<SeedGroupType, string> GroupTypes = new()
    {
        [SeedGroupType.UserGroup] = GroupType.UserGroup,
        [SeedGroupType.DistributionGroup] = GroupType.DistributionGroup,
        [SeedGroupType.OtherContacts] = GroupType.OtherContacts,
        [SeedGroupType.Tagged] = GroupType.Tagged,
        [SeedGroupType.Favorites] = GroupType.Favorites,
    };

    /// <summary>Returns the type of a group in a seed document.</summary>
    /// <param name="groupType">One of the values of <see cref="GroupType"/>.</param>
    public static SeedGroupType TypeOf(string groupType) => GroupTypes.Single(type => type.Value == groupType).Key;

    /// <summary>Creates the mailboxes of a seed document.</summary>
    /// <param name="document">The document.</param>
    /// <param name="limits">The limits of each mailbox.</param>
    /// <param name="clock">The clock for times that the document omits.</param>
    /// <param name="newGuid">Creates the GUIDs that the document omits.</param>
    /// <param name="problems">Receives the violations of rules in the document, which is not read further when they are full.</param>
    public static IReadOnlyList<MailboxState> Read(
        SeedDocument document, MailboxLimits limits, TimeProvider clock, Func<SmtpAddress, long, Guid> newGuid, DocumentProblems problems)
    {
        var mailboxes = new List<MailboxState>();
        var addresses = new HashSet<SmtpAddress>();
        foreach (var (index, seed) in document.Mailboxes.Index().TakeWhile(_ => !problems.IsFull))
        {
            var result = MailboxImporter.Import(Describe(seed), limits, clock, newGuid);
            foreach (var violation in result.Violations)
                problems.Add($"$.mailboxes[{index}].{violation.Path}", violation.Message);
            if (result.Mailbox.SmtpAddress != default && !addresses.Add(result.Mailbox.SmtpAddress))
            {
                problems.Add(
                    $"$.mailboxes[{index}].smtpAddress", $"must be unique, but another mailbox has the address '{seed.SmtpAddress}'");
            }

            mailboxes.Add(result.Mailbox);
        }

        return mailboxes;
    }

    private static MailboxDescription Describe(SeedMailbox seed) => new()
    {
        SmtpAddress = seed.SmtpAddress,
        MailboxGuid = seed.MailboxGuid,
        LastCounter = seed.LastCounter,
        ImListMigrationCompleted = seed.ImListMigrationCompleted ?? false,
        Culture = seed.Culture,
        Folders = [.. (seed.Folders ?? []).Select(Describe)],
        Groups = [.. (seed.Groups ?? []).Select(Describe)],
        ImContacts = [.. (seed.ImContacts ?? []).Select(DescribeImContact)],
        Contacts = [.. (seed.Contacts ?? []).Select(contact => Describe(contact) with { Folder = contact.Folder })],
        Oof = seed.Oof is null ? null : Describe(seed.Oof),
    };

    private static OofDescription Describe(SeedOofSettings seed) => new()
    {
        State = Enum.Parse<OofState>((seed.State ?? SeedOofState.Disabled).ToString()),
        ExternalAudience = Enum.Parse<OofAudience>((seed.ExternalAudience ?? SeedOofAudience.All).ToString()),
        Start = seed.Start?.UtcDateTime,
        End = seed.End?.UtcDateTime,
        InternalReply = seed.InternalReply,
        ExternalReply = seed.ExternalReply,
    };

    private static FolderDescription Describe(SeedFolder seed) => new()
    {
        Path = seed.Path,
        DisplayName = seed.DisplayName,
        FolderClass = seed.FolderClass,
        Ordinal = seed.Ordinal,
        Version = seed.Version,
        CreationTime = seed.CreationTime?.UtcDateTime,
        LastModifiedTime = seed.LastModifiedTime?.UtcDateTime,
        Properties = Describe(seed.Properties),
    };

    private static GroupDescription Describe(SeedGroup seed) => new()
    {
        Type = GroupTypes[seed.Type ?? SeedGroupType.UserGroup],
        DisplayName = seed.DisplayName,
        SmtpAddress = seed.SmtpAddress,
        Id = seed.Id,
        Ordinal = seed.Ordinal,
        Members = [.. (seed.Members ?? []).Select(Describe)],
    };

    private static MemberDescription Describe(SeedMember seed) =>
        new() { Contact = seed.Contact, TelUri = seed.TelUri, Ordinal = seed.Ordinal };

    private static ContactDescription DescribeImContact(SeedImContact seed) => Describe(seed) with
    {
        ImAddress = seed.ImAddress,
        TelUri = seed.TelUri is { } telUri
            ? new TelUriContact(telUri.TelUriAddress, telUri.ImContactSipUriAddress, telUri.ImTelephoneNumber)
            : null,
    };

    private static ContactDescription Describe(SeedItem seed) => new()
    {
        DisplayName = seed.DisplayName,
        Id = seed.Id,
        PersonaId = seed.PersonaId,
        Ordinal = seed.Ordinal,
        Version = seed.Version,
        CreationTime = seed.CreationTime?.UtcDateTime,
        LastModifiedTime = seed.LastModifiedTime?.UtcDateTime,
        Properties = Describe(seed.Properties),
        Attachments = [.. (seed.Attachments ?? []).Select(Describe)],
    };

    private static AttachmentDescription Describe(SeedAttachment seed) => new()
    {
        Name = seed.Name,
        Content = Convert.FromBase64String(seed.Content),
        ContentType = seed.ContentType,
        ContentId = seed.ContentId,
        ContentLocation = seed.ContentLocation,
        IsInline = seed.IsInline ?? false,
        IsContactPhoto = seed.IsContactPhoto ?? false,
        Number = seed.Number,
        LastModifiedTime = seed.LastModifiedTime?.UtcDateTime,
    };

    private static Dictionary<string, ImmutableArray<string>> Describe(IReadOnlyDictionary<string, IReadOnlyList<string>?>? properties) =>
        (properties ?? new Dictionary<string, IReadOnlyList<string>?>())
            .ToDictionary(property => property.Key, property => (property.Value ?? []).ToImmutableArray());
}
