using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;
using Ews.ImService.Mailbox;
using Ews.ImService.Protocol;
using Ews.ImService.Protocol.Operations;
using Ews.ImService.Protocol.SignIn;

namespace Ews.ImService.Tests.Operations;

/// <summary>Ben sends requests with the ids of Anna's mailbox: her data are neither returned nor changed.</summary>
public sealed partial class IsolationTests
{
    private const string Anna = "anna@contoso.com";
    private const string Ben = "ben@contoso.com";
    private const string AnnaSid = "S-1-5-21-1-2-3-1001";
    private const string Password = "Password-1";

    /// <summary>The names of the objects in a golden mailbox, and those in her mailbox.</summary>
    private static readonly (string Golden, string Hers)[] Names =
        [("Team", "Climbers"), ("Ben Jones", "Zoe Zander"), ("All", "Everybody"), ("Cleo", "Yara"), ("Brown", "Yellow")];

    private static readonly (string Kind, string Value)[] Impersonations =
    [
        ("SmtpAddress", Anna),
        ("SmtpAddress", "A.Smith@contoso.com"),
        ("PrimarySmtpAddress", Anna),
        ("PrincipalName", "anna@corp.contoso.com"),
        ("SID", AnnaSid),
    ];

    /// <summary>Gets requests that name another mailbox in a way that golden requests do not.</summary>
    private static IEnumerable<string> OtherRequests =>
    [
        EwsRequest.For("GetPersona", "<m:EmailAddress><t:EmailAddress>ben@contoso.com</t:EmailAddress></m:EmailAddress>"),
        FindPeople("<m:QueryString>zander</m:QueryString>"),
        FindPeople($"<m:ParentFolderId>{HerFolder("quickcontacts")}</m:ParentFolderId>"),
        FindPeople($"<m:ParentFolderId>{HerFolder("mycontacts")}</m:ParentFolderId>"),
        EwsRequest.For("ResolveNames", "<m:UnresolvedEntry>yellow</m:UnresolvedEntry>", attributes: " ReturnFullContactData='true'"),
        EwsRequest.For("CreateItem", $"<m:SavedItemFolderId>{HerFolder("contacts")}</m:SavedItemFolderId><m:Items><t:Contact/></m:Items>"),
        EwsRequest.FindItem("contacts"),
        EwsRequest.FindItem(HerFolder("contacts")),
        EwsRequest.GetFolder(HerFolder("contacts")),
        EwsRequest.FindFolder(HerFolder("contacts")),
    ];

    [Fact]
    public async Task No_operation_reaches_another_mailbox()
    {
        await using var service = await TestService.StartAsync(GoldenMailbox.Settings);
        var hers = await CreateHersAsync(request => service.PostAsync(With(request, EwsRequest.Impersonating("SmtpAddress", Anna))));
        var before = (await service.MailboxAsync(Anna))!;
        await service.AddGroupAsync("Mine");

        foreach (var request in OtherRequests)
            ShouldNotContain(await service.PostWithoutEffectAsync(request), hers, 200);
        var mine = await GoldenMailbox.CreateAsync(service.PostAsync);
        foreach (var entry in OperationTable.Entries)
        {
            foreach (var request in RequestsWith(hers, mine, entry.Name))
                ShouldNotContain(await service.PostWithoutEffectAsync(request), hers, 200);
        }

        (await service.MailboxAsync(Anna)).Should().BeSameAs(before);
        (await service.PostAsync(EwsRequest.SetImGroup(hers.Id("Group"), "Stolen")))
            .Should().BeError("ErrorNonExistentMailbox", "No mailbox with such guid.").Value("MessageXml")
            .Should().Be(before.MailboxGuid.ToString());
    }

    [Fact]
    public async Task No_operation_and_no_header_reaches_the_mailbox_of_another_user()
    {
        Account[] accounts = [People.Account(Anna, "anna@corp.contoso.com", AnnaSid, "a.smith@contoso.com"), People.Account(Ben)];
        var rights = new ImpersonationRights([People.Grant("admin@contoso.com", Anna)]);
        await using var service = await TestService.StartAsync(GoldenMailbox.Settings with
        {
            Accounts = new AccountDirectory(accounts, autoCreate: true, rights),
            Passwords = new Passwords(accounts.ToDictionary(account => account.SmtpAddress, _ => StoredPassword.Create(Password))),
            SignIn = new SignInOptions { Mode = SignInMode.Users },
        });
        using var anna = CreateClient(service, Anna);
        using var ben = CreateClient(service, Ben);
        var hers = await CreateHersAsync(request => PostAsync(anna, request));
        var before = (await service.MailboxAsync(Anna))!;

        foreach (var entry in OperationTable.Entries)
        {
            var request = hers.Resolve(new GoldenFolder(entry.Name).Request.Spelled("http"));
            ShouldNotContain(await PostAsync(ben, request, ("X-AnchorMailbox", Anna), ("X-User-Identity", Anna)), hers, 200);
            foreach (var (kind, value) in Impersonations)
            {
                var response = await PostAsync(ben, With(request, EwsRequest.Impersonating(kind, value)));
                response.Should().BeFault(
                    "ErrorImpersonateUserDenied", "The account does not have permission to impersonate the requested user.");
                ShouldNotContain(response, hers, 500);
            }

            foreach (var header in new[] { "OpenAsAdminOrSystemService", "SerializedSecurityContext" })
                ShouldNotContain(await PostAsync(ben, With(request, $"{EwsRequest.Version}<t:{header}/>")), hers, 500);
            ShouldNotContain(await PostAsync(service.Client, request), hers, 401);
        }

        foreach (var request in OtherRequests)
            ShouldNotContain(await PostAsync(ben, request), hers, 200);
        (await service.MailboxAsync(Anna)).Should().BeSameAs(before);
    }

    /// <summary>Returns the golden request once for each of its ids, which is then hers.</summary>
    private static IEnumerable<string> RequestsWith(GoldenMailbox hers, GoldenMailbox mine, string operation)
    {
        var request = new GoldenFolder(operation).Request.Spelled("http");
        return Enumerable.Range(0, GoldenMailbox.CountPlaceholders(request)).Select(index => mine.Resolve(request, hers, index));
    }

    /// <summary>Creates the objects of a golden mailbox in hers, with names that no other mailbox contains.</summary>
    private static async Task<GoldenMailbox> CreateHersAsync(Func<string, Task<EwsResponse>> postAsync)
    {
        var hers = await GoldenMailbox.CreateAsync(request =>
            postAsync(Names.Aggregate(request, (text, name) => text.Replace($">{name.Golden}<", $">{name.Hers}<"))));
        var (list, contacts) = (await postAsync(EwsRequest.GetImItemList()), await postAsync(EwsRequest.FindItem("contacts")));
        (list.Text + contacts.Text).Should().ContainAll(Names.Select(name => name.Hers));
        return hers;
    }

    private static void ShouldNotContain(EwsResponse response, GoldenMailbox hers, int status)
    {
        response.Status.Should().Be(status, response.Text);
        response.Text.Should().NotContainAny(hers.Ids);
        response.Text.Should().NotContainAny(Names.Select(name => name.Hers));
    }

    /// <summary>Returns the request with other headers instead of its version.</summary>
    private static string With(string request, string header) =>
        VersionHeader().Replace(request, header, 1);

    [GeneratedRegex("<t:RequestServerVersion[^>]*/>")]
    private static partial Regex VersionHeader();

    private static HttpClient CreateClient(TestService service, string user)
    {
        var client = new HttpClient { BaseAddress = service.Client.BaseAddress };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{Password}")));
        return client;
    }

    private static async Task<EwsResponse> PostAsync(HttpClient client, string request, params (string Name, string Value)[] headers)
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, EwsOptions.Path)
        {
            Content = new StringContent(request, Encoding.UTF8, "text/xml"),
        };
        foreach (var (name, value) in headers)
            message.Headers.Add(name, value);
        using var response = await client.SendAsync(message);
        var body = await response.Content.ReadAsByteArrayAsync();
        return new EwsResponse((int)response.StatusCode, response.Content.Headers.ContentType?.ToString(), body);
    }

    private static string HerFolder(string name) =>
        $"<t:DistinguishedFolderId Id='{name}'><t:Mailbox><t:EmailAddress>{Anna}</t:EmailAddress></t:Mailbox></t:DistinguishedFolderId>";

    private static string FindPeople(string rest) =>
        EwsRequest.For("FindPeople", "<m:IndexedPageItemView BasePoint='Beginning' MaxEntriesReturned='9' Offset='0'/>" + rest);
}
