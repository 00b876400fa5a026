using System.Net.Http.Headers;
using System.Text;
using Ews.ImService.Mailbox;
using Ews.ImService.Protocol;
using Ews.ImService.Settings;
using Serilog.Events;

namespace Ews.ImService.Tests;

/// <summary>The whole service on a loopback port of its own, with a database of its own.</summary>
internal sealed class TestService : IAsyncDisposable
{
    public const string DefaultMailbox = "user@contoso.com";

    private readonly ImServiceHost _host;

    private TestService(ImServiceHost host)
    {
        _host = host;
        Client = new HttpClient { BaseAddress = host.EwsUrls[0] };
    }

    public HttpClient Client { get; }

    public static ServiceSettings InMemory => new()
    {
        Urls = ["http://127.0.0.1:0"],
        DatabasePath = ":memory:",
        LogLevel = LogEventLevel.Fatal,
    };

    public static ServiceSettings WithAnyDistributionGroup => InMemory with { Directory = new AddressList([], [], anyDistributionGroup: true) };

    public static Task<TestService> StartAsync(EwsOptions options) => StartAsync(InMemory with { Ews = options });

    public static async Task<TestService> StartAsync(ServiceSettings? settings = null)
    {
        var host = ImServiceHost.Create(settings ?? InMemory);
        await host.StartAsync();
        return new TestService(host);
    }

    /// <summary>Posts bytes as they are.</summary>
    public async Task<EwsResponse> PostAsync(byte[] body, string? contentType = "text/xml; charset=utf-8", string path = EwsOptions.Path)
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = contentType is null ? null : MediaTypeHeaderValue.Parse(contentType);
        using var response = await Client.PostAsync(path, content);
        return new EwsResponse((int)response.StatusCode, response.Content.Headers.ContentType?.ToString(), await response.Content.ReadAsByteArrayAsync());
    }

    public Task<EwsResponse> PostAsync(string body) => PostAsync(Encoding.UTF8.GetBytes(body));

    /// <summary>Posts a request, and checks that it left the mailbox as it was.</summary>
    public async Task<EwsResponse> PostWithoutEffectAsync(string body, string mailbox = DefaultMailbox)
    {
        var before = await MailboxAsync(mailbox);
        var answer = await PostAsync(body);
        var after = await MailboxAsync(mailbox);

        Contents(after).Should().BeEquivalentTo(Contents(before), "a refused request changes nothing");
        return answer;
    }

    /// <summary>Adds a group through the front door.</summary>
    /// <returns>Its id.</returns>
    public async Task<string> AddGroupAsync(string displayName = "Team") =>
        (await PostAsync(EwsRequest.AddImGroup(displayName))).Should().Succeed().Id("ExchangeStoreId");

    /// <summary>Adds a contact through the front door.</summary>
    /// <returns>Its id.</returns>
    public async Task<string> AddContactAsync(string imAddress, string? groupId = null) =>
        (await PostAsync(EwsRequest.AddNewImContactToGroup(imAddress, groupId: groupId))).Should().Succeed().All("SourceId")[^1].Attribute("Id")!.Value;

    public async Task<MailboxState?> MailboxAsync(string address = DefaultMailbox) => await _host.Store.FindAsync(Key(address), CancellationToken.None);

    /// <summary>Loads what no request can make, such as ids that were not minted here.</summary>
    public async Task LoadAsync(Action<MailboxEdit> load) => (await _host.Store.ChangeAsync(
        Key(DefaultMailbox),
        mailbox =>
        {
            load(mailbox);
            return (EwsResult<Done>)default(Done);
        },
        CancellationToken.None)).Succeeded.Should().BeTrue();

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _host.DisposeAsync();
    }

    private static MailboxKey Key(string address) => new(MailboxKey.DefaultRealm, SmtpAddress.Parse(address));

    private static object Contents(MailboxState? mailbox) => mailbox is null
        ? new { Groups = new List<string> { "Other Contacts", "Tagged", "Favorites" }, Contacts = new List<string>(), Items = new List<string>() }
        : new
        {
            Groups = mailbox.Groups.Values.OrderBy(group => group.Ordinal)
                .Select(group => group.DisplayName + string.Concat(mailbox.MembersOf(group).Where(_ => group.Type != GroupType.OtherContacts).Select(member => "," + member.Id))).ToList(),
            Contacts = mailbox.ImContacts.Select(contact => contact.Id + contact.DisplayName + contact.ImAddress + contact.Version).ToList(),
            Items = mailbox.OrdinaryContacts.Select(contact => contact.Id.Value + contact.Version).ToList(),
        };
}
