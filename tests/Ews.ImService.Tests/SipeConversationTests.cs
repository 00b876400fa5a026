using System.Text;
using System.Xml.Linq;
using Ews.ImService.Mailbox;

namespace Ews.ImService.Tests;

/// <summary>
/// The requests of the Pidgin plug-in SIPE, as it writes them, and responses, as it reads them: by local names, regardless of prefixes.
/// </summary>
public sealed class SipeConversationTests
{
    private const string GetUserPhoto =
        "<m:GetUserPhoto> <m:Email>anna@contoso.com</m:Email> <m:SizeRequested>HR48x48</m:SizeRequested> </m:GetUserPhoto>";

    [Fact]
    public async Task Signing_in_adding_moving_renaming_and_removing_succeed_for_SIPE()
    {
        await using var service = await TestService.StartAsync();
        (await ListAsync(service)).Buddies.Should().BeEmpty();

        // Add a buddy to a new group: first the group, then the contact, without a display name.
        var friends = await AddGroupAsync(service, "Friends &amp; family");
        var anna = await AddBuddyAsync(service, "anna@contoso.com", friends);
        var list = await ListAsync(service);
        list.Groups.Should().ContainKey("Friends & family");
        list.Buddies.Should().Equal(new Dictionary<string, string> { ["anna@contoso.com"] = "Friends & family" });

        // Move it to an existing group: first add it, then remove it.
        var work = await AddGroupAsync(service, "Work");
        await SendAsync(service, $"""<m:AddImContactToGroup> {Id("ContactId", anna)} {Id("GroupId", work)} </m:AddImContactToGroup>""");
        await SendAsync(service, RemoveImContactFromGroup(anna, friends));
        (await ListAsync(service)).Buddies["anna@contoso.com"].Should().Be("Work");

        // Move it to a new group: first remove it, which deletes the contact, then create it again.
        await SendAsync(service, RemoveImContactFromGroup(anna, work));
        var fresh = await AddGroupAsync(service, "New");
        var annaAgain = await AddBuddyAsync(service, "anna@contoso.com", fresh);
        annaAgain.Id.Should().NotBe(anna.Id);

        // SIPE keeps the first ids and change keys that it received, even after a rename.
        await SendAsync(service, $"""<m:SetImGroup> {Id("GroupId", fresh)} <m:NewDisplayName>Newer</m:NewDisplayName> </m:SetImGroup>""");
        await AddBuddyAsync(service, "r%26d@contoso.com", fresh);
        (await ListAsync(service)).Buddies.Should().HaveCount(2).And.OnlyContain(buddy => buddy.Value == "Newer");

        // Remove buddies and groups.
        await SendAsync(service, RemoveImContactFromGroup(annaAgain, fresh));
        await SendAsync(service, $"""<m:RemoveImGroup> {Id("GroupId", work)} </m:RemoveImGroup>""");
        var last = await ListAsync(service);
        last.Buddies.Keys.Should().Equal("r%26d@contoso.com");
        last.Groups.Keys.Should().Equal("Other Contacts", "Tagged", "Favorites", "Friends & family", "Newer");
    }

    [Fact]
    public async Task A_missing_photo_does_not_interrupt_the_sign_in_of_SIPE()
    {
        await using var service = await TestService.StartAsync();

        for (var i = 0; i < 3; i++)
        {
            var response = await PostAsync(service, GetUserPhoto);
            response.Should().BeError("ErrorItemNotFound", "The user has no photo.");
        }
    }

    [Fact]
    public async Task Searching_the_directory_returns_people_who_can_be_added()
    {
        await using var service = await TestService.StartAsync(TestService.InMemory with
        {
            Directory = new AddressList(
                [
                    People.User("anna@contoso.com", "Anna Smith") with { CompanyName = "Contoso" },
                    People.User("ben@contoso.com", "Ben Jones"),
                ],
                [],
                false),
        });

        var response = await SendAsync(service, """
            <m:FindPeople> <m:PersonaShape> <t:BaseShape>IdOnly</t:BaseShape> <t:AdditionalProperties>
            <t:FieldURI FieldURI="persona:CompanyName"/> <t:FieldURI FieldURI="persona:DisplayName"/>
            <t:FieldURI FieldURI="persona:EmailAddress"/> <t:FieldURI FieldURI="persona:ImAddress"/>
            </t:AdditionalProperties> </m:PersonaShape>
            <m:IndexedPageItemView BasePoint="Beginning" MaxEntriesReturned="100" Offset="0"/>
            <m:ParentFolderId> <t:DistinguishedFolderId Id="directory"/> </m:ParentFolderId>
            <m:QueryString>anna smi</m:QueryString> </m:FindPeople>
            """);

        var found = Find(response, "People").Elements().Should().ContainSingle().Subject;
        Find(found, "ImAddress").Value.Should().Be("anna@contoso.com");
        Find(found, "DisplayName").Value.Should().Be("Anna Smith");
        Find(found, "CompanyName").Value.Should().Be("Contoso");
        Find(found, "EmailAddress", "EmailAddress").Value.Should().Be("anna@contoso.com");
    }

    private static async Task<(string Id, string ChangeKey)> AddGroupAsync(TestService service, string name)
    {
        var response = await SendAsync(service, $"<m:AddImGroup> <m:DisplayName>{name}</m:DisplayName> </m:AddImGroup>");
        return IdOf(Find(response, "ImGroup", "ExchangeStoreId"));
    }

    private static async Task<(string Id, string ChangeKey)> AddBuddyAsync(TestService service, string address, (string, string) group)
    {
        var response = await SendAsync(
            service,
            $"""<m:AddNewImContactToGroup> <m:ImAddress>{address}</m:ImAddress> {Id("GroupId", group)} </m:AddNewImContactToGroup>""");
        return IdOf(Find(response, "Persona", "Attributions", "Attribution", "SourceId"));
    }

    /// <summary>
    /// Reads the IM list. A group must have both parts of its id; a persona must have an address, and a visible attribution as a Quick
    /// Contact whose id is a member of a group.
    /// </summary>
    private static async Task<(Dictionary<string, string> Groups, Dictionary<string, string> Buddies)> ListAsync(TestService service)
    {
        var response = await SendAsync(service, "<m:GetImItemList/>");
        var groupOfKey = new Dictionary<string, string>();
        var groups = new Dictionary<string, string>();
        foreach (var group in Find(response, "ImItemList", "Groups").Elements())
        {
            var name = Find(group, "DisplayName").Value;
            groups.Add(name, IdOf(Find(group, "ExchangeStoreId")).Id);
            foreach (var member in group.Elements().Where(e => e.Name.LocalName == "MemberCorrelationKey").Elements())
                groupOfKey.Add(member.Attribute("Id")!.Value, name);
        }

        var buddies = Find(response, "ImItemList", "Personas").Elements().ToDictionary(
            persona => Find(persona, "ImAddress").Value,
            persona => groupOfKey[IdOf(Find(QuickContactOf(persona), "SourceId")).Id]);
        return (groups, buddies);
    }

    private static XElement QuickContactOf(XElement persona) => Find(persona, "Attributions").Elements()
        .Single(attribution => Find(attribution, "IsQuickContact").Value == "true" && Find(attribution, "IsHidden").Value == "false");

    private static async Task<XElement> SendAsync(TestService service, string operation)
    {
        var response = await PostAsync(service, operation);
        response.Should().Succeed();
        return response.Xml.Root!.Elements().Single(e => e.Name.LocalName == "Body").Elements().Single();
    }

    private static async Task<EwsResponse> PostAsync(TestService service, string operation)
    {
        const string Namespaces =
            "xmlns:m=\"http://schemas.microsoft.com/exchange/services/2006/messages\" "
            + "xmlns:soap=\"http://schemas.xmlsoap.org/soap/envelope/\" "
            + "xmlns:t=\"http://schemas.microsoft.com/exchange/services/2006/types\" ";
        var envelope = $"<?xml version=\"1.0\"?>\r\n<soap:Envelope {Namespaces}> "
            + "<soap:Header> <t:RequestServerVersion Version=\"Exchange2013\" /> </soap:Header> "
            + $"<soap:Body> {operation} </soap:Body></soap:Envelope>";
        return await service.PostAsync(Encoding.UTF8.GetBytes(envelope), "text/xml; charset=UTF-8");
    }

    private static XElement Find(XElement element, params string[] path) =>
        path.Aggregate(element, (parent, name) => parent.Elements().First(child => child.Name.LocalName == name));

    private static (string Id, string ChangeKey) IdOf(XElement element)
    {
        var id = (element.Attribute("Id")!.Value, element.Attribute("ChangeKey")!.Value);
        id.Item1.Should().NotBeEmpty();
        id.Item2.Should().NotBeEmpty();
        return id;
    }

    private static string RemoveImContactFromGroup((string, string) contact, (string, string) group) =>
        $"""<m:RemoveImContactFromGroup> {Id("ContactId", contact)} {Id("GroupId", group)} </m:RemoveImContactFromGroup>""";

    private static string Id(string element, (string Id, string ChangeKey) id) =>
        $"""<m:{element} Id="{id.Id}" ChangeKey="{id.ChangeKey}" />""";
}
