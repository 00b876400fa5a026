using System.Net.Http.Headers;
using System.Text;
using Ews.ImService.Mailbox;
using Ews.ImService.Protocol;
using Ews.ImService.Protocol.SignIn;

namespace Ews.ImService.Tests;

/// <summary>What is Anna's cannot be seen or changed by anybody else.</summary>
public sealed class IsolationTests
{
    private const string Anna = "anna@contoso.com";
    private const string Ben = "ben@contoso.com";
    private const string AnnaSid = "S-1-5-21-1-2-3-1001";
    private const string Password = "Password-1";

    [Fact]
    public async Task Nothing_of_one_mailbox_can_be_reached_through_another_by_any_operation()
    {
        await using var service = await TestService.StartAsync();
        var hers = await Hers.MakeAsync(request => service.PostAsync(With(request, EwsRequest.Impersonating("SmtpAddress", Anna))));
        var myGroup = await service.AddGroupAsync("Mine");
        var myContact = await service.AddContactAsync("mine@contoso.com");
        var before = (await service.MailboxAsync(Anna))!;

        foreach (var request in hers.RequestsOfOthers(myGroup, myContact).Values.SelectMany(requests => requests))
            hers.ShouldNotBeIn(await service.PostWithoutEffectAsync(request), 200);

        (await service.MailboxAsync(Anna)).Should().BeSameAs(before);
        (await service.PostAsync(EwsRequest.SetImGroup(hers.Group, "Stolen")))
            .Should().BeError("ErrorNonExistentMailbox", "No mailbox with such guid.").Value("MessageXml").Should().Be(before.MailboxGuid.ToString());
    }

    [Fact]
    public async Task Nothing_of_one_user_can_be_reached_by_another_who_signs_in_by_any_operation_and_header()
    {
        Account[] accounts = [People.Account(Anna, "anna@corp.contoso.com", AnnaSid, "a.smith@contoso.com"), People.Account(Ben)];
        await using var service = await TestService.StartAsync(TestService.InMemory with
        {
            Accounts = new AccountDirectory(accounts, autoCreate: true, new ImpersonationRights([People.Grant("admin@contoso.com", Anna)])),
            Directory = new AddressList([], [], anyDistributionGroup: true),
            Passwords = new Passwords(accounts.ToDictionary(account => account.SmtpAddress, _ => StoredPassword.Create(Password))),
            SignIn = new SignInOptions { Mode = SignInMode.Users },
        });
        using var anna = SignedIn(service, Anna);
        using var ben = SignedIn(service, Ben);
        var hers = await Hers.MakeAsync(request => PostAsync(anna, request));
        var myGroup = (await PostAsync(ben, EwsRequest.AddImGroup("Mine"))).Should().Succeed().Id("ExchangeStoreId");
        var myContact = (await PostAsync(ben, EwsRequest.AddNewImContactToGroup("mine@contoso.com"))).Should().Succeed().Id("SourceId");
        var before = (await service.MailboxAsync(Anna))!;

        foreach (var (operation, requests) in hers.RequestsOfOthers(myGroup, myContact))
        {
            foreach (var request in requests)
                hers.ShouldNotBeIn(await PostAsync(ben, request, ("X-AnchorMailbox", Anna), ("X-User-Identity", Anna)), 200);

            var any = requests.FirstOrDefault() ?? RequestThatNamesNobody(operation);
            foreach (var (kind, value) in new[] { ("SmtpAddress", Anna), ("SmtpAddress", "A.Smith@contoso.com"), ("PrimarySmtpAddress", Anna), ("PrincipalName", "anna@corp.contoso.com"), ("SID", AnnaSid) })
            {
                var answer = await PostAsync(ben, With(any, EwsRequest.Impersonating(kind, value)));
                answer.Should().BeFault("ErrorImpersonateUserDenied", "The account does not have permission to impersonate the requested user.");
                hers.ShouldNotBeIn(answer, 500);
            }

            foreach (var header in new[] { "OpenAsAdminOrSystemService", "SerializedSecurityContext" })
                hers.ShouldNotBeIn(await PostAsync(ben, With(any, $"{EwsRequest.Version}<t:{header}/>")), 500);
            hers.ShouldNotBeIn(await PostAsync(service.Client, any), 401);
        }

        (await service.MailboxAsync(Anna)).Should().BeSameAs(before);
    }

    private static string RequestThatNamesNobody(string operation) => operation switch
    {
        "AddImGroup" => EwsRequest.AddImGroup("Stolen"),
        "AddDistributionGroupToImList" => EwsRequest.AddDistributionGroupToImList("all@contoso.com"),
        "SetImListMigrationCompleted" => EwsRequest.For(operation, "<m:ImListMigrationCompleted>true</m:ImListMigrationCompleted>"),
        "GetUserPhoto" => EwsRequest.For(operation, "<m:Email>secret@contoso.com</m:Email><m:SizeRequested>HR48x48</m:SizeRequested>"),
        "ConvertId" => EwsRequest.For(operation, $"<m:SourceIds><t:AlternateId Format='EwsId' Id='AAA=' Mailbox='{Anna}'/></m:SourceIds>", attributes: " DestinationFormat='HexEntryId'"),
        "GetServerTimeZones" => EwsRequest.For(operation, ""),
        _ => throw new ArgumentOutOfRangeException(nameof(operation), operation, "An operation without any request."),
    };

    private static string With(string request, string header) => request.Replace(EwsRequest.Version, header, StringComparison.Ordinal);

    private static HttpClient SignedIn(TestService service, string name)
    {
        var client = new HttpClient { BaseAddress = service.Client.BaseAddress };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{name}:{Password}")));
        return client;
    }

    private static async Task<EwsResponse> PostAsync(HttpClient client, string request, params (string Name, string Value)[] headers)
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, EwsOptions.Path) { Content = new StringContent(request, Encoding.UTF8, "text/xml") };
        foreach (var (name, value) in headers)
            message.Headers.Add(name, value);
        using var response = await client.SendAsync(message);
        return new EwsResponse((int)response.StatusCode, response.Content.Headers.ContentType?.ToString(), await response.Content.ReadAsByteArrayAsync());
    }

    /// <summary>The ids of what is in Anna's mailbox.</summary>
    private sealed record Hers(string Group, string Contact, string Persona, string Item, string Folder)
    {
        public static async Task<Hers> MakeAsync(Func<string, Task<EwsResponse>> postAsHer)
        {
            var group = (await postAsHer(EwsRequest.AddImGroup("Hers"))).Should().Succeed().Id("ExchangeStoreId");
            var added = (await postAsHer(EwsRequest.AddNewImContactToGroup("secret@contoso.com", "Secret", group))).Should().Succeed();
            var item = (await postAsHer(EwsRequest.CreateItem("<t:DisplayName>Secret</t:DisplayName>"))).Should().Succeed().Id("ItemId");
            return new(group, added.Id("SourceId"), added.Id("PersonaId"), item, added.Id("FolderId"));
        }

        /// <summary>What somebody else might send who knows all of her ids: none changes even his own mailbox. Each operation is there; where it takes no id, with no request.</summary>
        public Dictionary<string, string[]> RequestsOfOthers(string myGroup, string myContact)
        {
            var folder = $"<t:FolderId Id='{Folder}'/>";
            var requests = new Dictionary<string, string[]>
            {
                ["AddImGroup"] = [],
                ["SetImGroup"] = [EwsRequest.SetImGroup(Group, "Stolen")],
                ["RemoveImGroup"] = [EwsRequest.RemoveImGroup(Group)],
                ["AddImContactToGroup"] = [EwsRequest.AddImContactToGroup(myContact, Group), EwsRequest.AddImContactToGroup(Contact, myGroup)],
                ["AddNewImContactToGroup"] = [EwsRequest.AddNewImContactToGroup("b@contoso.com", groupId: Group)],
                ["AddNewTelUriContactToGroup"] = [EwsRequest.AddNewTelUriContactToGroup(groupId: Group)],
                ["RemoveImContactFromGroup"] = [EwsRequest.RemoveImContactFromGroup(myContact, Group), EwsRequest.RemoveImContactFromGroup(Contact, myGroup)],
                ["RemoveContactFromImList"] = [EwsRequest.RemoveContactFromImList(Contact)],
                ["AddDistributionGroupToImList"] = [],
                ["RemoveDistributionGroupFromImList"] = [EwsRequest.RemoveDistributionGroupFromImList(Group)],
                ["GetImItemList"] = [EwsRequest.GetImItemList()],
                ["GetImItems"] = [EwsRequest.GetImItems([Contact], [Group])],
                ["SetImListMigrationCompleted"] = [],
                ["GetPersona"] =
                [
                    EwsRequest.For("GetPersona", $"<m:PersonaId Id='{Persona}'/>"),
                    EwsRequest.For("GetPersona", "<m:EmailAddress><t:EmailAddress>secret@contoso.com</t:EmailAddress></m:EmailAddress>"),
                ],
                ["FindPeople"] =
                [
                    FindPeople("<m:QueryString>secret</m:QueryString>"),
                    FindPeople($"<m:ParentFolderId>{folder}</m:ParentFolderId>"),
                    FindPeople($"<m:ParentFolderId>{HerFolder("quickcontacts")}</m:ParentFolderId>"),
                    FindPeople($"<m:ParentFolderId>{HerFolder("mycontacts")}</m:ParentFolderId>"),
                ],
                ["GetUserPhoto"] = [],
                ["CreateItem"] = [CreateIn(HerFolder("contacts")), CreateIn(folder)],
                ["GetItem"] = [EwsRequest.GetItem([Item, Contact, Group])],
                ["UpdateItem"] = [EwsRequest.UpdateItem(Item, EwsRequest.SetField("contacts:DisplayName", "<t:DisplayName>x</t:DisplayName>"))],
                ["DeleteItem"] = [EwsRequest.DeleteItem(Item, Contact, Group)],
                ["FindItem"] = [EwsRequest.FindItem("contacts"), EwsRequest.FindItem(HerFolder("contacts")), EwsRequest.FindItem(folder)],
                ["GetFolder"] = [EwsRequest.GetFolder(HerFolder("contacts")), EwsRequest.GetFolder(folder)],
                ["FindFolder"] = [EwsRequest.FindFolder(HerFolder("contacts")), EwsRequest.FindFolder(folder)],
                ["ResolveNames"] = [EwsRequest.For("ResolveNames", "<m:UnresolvedEntry>secret</m:UnresolvedEntry>", attributes: " ReturnFullContactData='true'")],
                ["ConvertId"] = [],
                ["GetServerTimeZones"] = [],
            };
            requests.Keys.Should().BeEquivalentTo(Operations.OperationTableTests.Table.All.Select(operation => operation.Name), "a new operation needs its requests here");
            return requests;
        }

        public void ShouldNotBeIn(EwsResponse answer, int status)
        {
            answer.Status.Should().Be(status, answer.Text);
            answer.Text.Should().NotContainEquivalentOf(">secret").And.NotContainAny(Contact, Item, Persona);
        }

        private static string HerFolder(string name) => $"<t:DistinguishedFolderId Id='{name}'><t:Mailbox><t:EmailAddress>{Anna}</t:EmailAddress></t:Mailbox></t:DistinguishedFolderId>";

        private static string CreateIn(string folder) => EwsRequest.For("CreateItem", $"<m:SavedItemFolderId>{folder}</m:SavedItemFolderId><m:Items><t:Contact/></m:Items>");

        private static string FindPeople(string rest) => EwsRequest.For("FindPeople", "<m:IndexedPageItemView BasePoint='Beginning' MaxEntriesReturned='9' Offset='0'/>" + rest);
    }
}
