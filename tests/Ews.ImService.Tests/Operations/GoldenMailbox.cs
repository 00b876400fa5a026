using System.Text.RegularExpressions;
using Ews.ImService.Mailbox;
using Ews.ImService.Settings;

namespace Ews.ImService.Tests.Operations;

/// <summary>
/// The mailbox on which golden requests run: the IM group Team with the IM contact Ben Jones, the distribution group All, the contact Cleo
/// Brown, and the folder Suppliers in Contacts. The directory contains Anna Smith.
/// </summary>
/// <remarks>
/// An id of a golden request is a placeholder for an id of this mailbox: <c>{Group}</c>, <c>{DistributionGroup}</c>, <c>{Contact}</c>
/// (the IM contact), <c>{Persona}</c> and <c>{Attachment}</c> (of the IM contact), <c>{Item}</c> (the contact), <c>{Folder}</c> (Quick
/// Contacts) or <c>{UserFolder}</c> (Suppliers). The
/// requests that Microsoft documents contain other ids as <c>GroupId</c> and <c>ContactId</c>; these are also placeholders. The texts of
/// subscriptions are <c>{SubscriptionId}</c> and <c>{Watermark}</c>, of a pull subscription after which a contact was created.
/// </remarks>
internal sealed partial class GoldenMailbox
{
    private static readonly byte[] Photo = [1, 2, 3];

    private readonly Dictionary<string, string> _ids = new(StringComparer.Ordinal);

    private readonly Dictionary<string, string> _texts = new(StringComparer.Ordinal);

    private GoldenMailbox()
    {
    }

    /// <summary>Gets the settings of a service on which golden requests run.</summary>
    public static ServiceSettings Settings => TestService.InMemory with
    {
        Directory = new AddressList(
            [People.User("anna@contoso.com", "Anna Smith") with { CompanyName = "Contoso", Title = "Clerk", Photo = new UserPhoto(Photo) }],
            [],
            anyDistributionGroup: true),
    };

    /// <summary>Gets the ids of the objects in the mailbox.</summary>
    public IReadOnlyCollection<string> Ids => _ids.Values;

    /// <summary>Creates the objects in a mailbox.</summary>
    /// <param name="postAsync">Posts a request of the owner of the mailbox.</param>
    public static async Task<GoldenMailbox> CreateAsync(Func<string, Task<EwsResponse>> postAsync)
    {
        var mailbox = new GoldenMailbox();
        var group = (await postAsync(EwsRequest.AddImGroup("Team"))).Should().Succeed().Id("ExchangeStoreId");
        var contact = (await postAsync(EwsRequest.AddNewImContactToGroup("ben@contoso.com", "Ben Jones", group))).Should().Succeed();
        var attachment = (await postAsync(EwsRequest.CreateAttachment(contact.Id("SourceId"), EwsRequest.Picture(Photo))))
            .Should().Succeed();
        var distributionGroup = (await postAsync(EwsRequest.AddDistributionGroupToImList("all@contoso.com", "All"))).Should().Succeed();
        var userFolder = (await postAsync(EwsRequest.CreateFolder(
            "contacts", "<t:ContactsFolder><t:DisplayName>Suppliers</t:DisplayName></t:ContactsFolder>"))).Should().Succeed();
        var subscription = (await postAsync(EwsRequest.SubscribeToPull("contacts"))).Should().Succeed();
        var item = (await postAsync(EwsRequest.CreateItem(
            "<t:GivenName>Cleo</t:GivenName><t:Surname>Brown</t:Surname>"))).Should().Succeed();

        mailbox._ids["Group"] = group;
        mailbox._ids["DistributionGroup"] = distributionGroup.Id("ExchangeStoreId");
        mailbox._ids["Contact"] = contact.Id("SourceId");
        mailbox._ids["Persona"] = contact.Id("PersonaId");
        mailbox._ids["Folder"] = contact.Id("FolderId");
        mailbox._ids["UserFolder"] = userFolder.Id("FolderId");
        mailbox._ids["Item"] = item.Id("ItemId");
        mailbox._ids["Attachment"] = attachment.Id("AttachmentId");
        foreach (var name in new[] { "SubscriptionId", "Watermark" })
            mailbox._texts[$"{{{name}}}"] = subscription.Value(name);
        return mailbox;
    }

    /// <summary>Returns the id for a placeholder.</summary>
    public string Id(string placeholder) => _ids[placeholder];

    /// <summary>Returns the number of placeholders in a golden request.</summary>
    public static int CountPlaceholders(string request) => Placeholder().Count(request);

    /// <summary>Returns a golden request with ids of this mailbox instead of the placeholders.</summary>
    public string Resolve(string request) => Placeholder().Replace(ResolveTexts(request), IdOf);

    /// <summary>Returns a golden request with ids of this mailbox, and with one id of another mailbox.</summary>
    /// <param name="request">The golden request.</param>
    /// <param name="other">The other mailbox.</param>
    /// <param name="index">The index of the placeholder to replace with an id of the other mailbox.</param>
    public string Resolve(string request, GoldenMailbox other, int index)
    {
        var count = 0;
        return Placeholder().Replace(ResolveTexts(request), placeholder => count++ == index ? other.IdOf(placeholder) : IdOf(placeholder));
    }

    private string ResolveTexts(string request) =>
        _texts.Aggregate(request, (text, one) => text.Replace(one.Key, one.Value, StringComparison.Ordinal));

    private string IdOf(Match placeholder) => Id(placeholder.Groups["name"].Value);

    [GeneratedRegex("""(?:(?<=\bId=")\{(?<name>\w+)\}|(?<=<m:(?<name>Group|Contact)Id\s+Id=")[^"{]+)(?=")""")]
    private static partial Regex Placeholder();
}
