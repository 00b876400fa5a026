using System.Net.Http.Headers;
using System.Text;
using Ews.ImService.Mailbox;
using Ews.ImService.Protocol;
using Ews.ImService.Settings;
using Ews.ImService.Storage;
using Ews.ImService.Tests.Postgres;

namespace Ews.ImService.Tests;

/// <summary>The service on a free loopback port, with its own database.</summary>
internal sealed class TestService : IAsyncDisposable
{
    public const string DefaultMailbox = "user@contoso.com";

    /// <summary>
    /// The environment variable whose value <c>postgres</c> selects a database of PostgreSQL for each service instead of one in memory.
    /// </summary>
    private const string DatabaseVariable = "EWS_IM_TEST_DATABASE";

    private readonly ImServiceHost _host;
    private readonly PostgresDatabase? _database;

    private TestService(ImServiceHost host, PostgresDatabase? database)
    {
        (_host, _database) = (host, database);
        Client = new HttpClient { BaseAddress = host.EwsUrls[0] };
    }

    public HttpClient Client { get; }

    public static ServiceSettings InMemory => new()
    {
        Urls = ["http://127.0.0.1:0"],
        DatabasePath = ":memory:",
        LogLevel = LogThreshold.Fatal,
    };

    public static ServiceSettings WithAnyDistributionGroup =>
        InMemory with { Directory = new AddressList([], [], anyDistributionGroup: true) };

    public static Task<TestService> StartAsync(EwsOptions options) => StartAsync(InMemory with { Ews = options });

    public static async Task<TestService> StartAsync(ServiceSettings? settings = null)
    {
        settings ??= InMemory;
        var database = UsesPostgres(settings) ? new PostgresDatabase() : null;
        var host = ImServiceHost.Create(database is null ? settings : settings with { Postgres = database.SettingsOf("im-1") });
        await host.StartAsync();
        return new TestService(host, database);
    }

    /// <summary>Posts bytes unchanged.</summary>
    public async Task<EwsResponse> PostAsync(byte[] body, string? contentType = "text/xml; charset=utf-8", string path = EwsOptions.Path)
    {
        using var content = new ByteArrayContent(body);
        if (contentType is not null)
            content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        using var response = await Client.PostAsync(path, content);
        var receivedType = response.Content.Headers.ContentType?.ToString();
        return new EwsResponse((int)response.StatusCode, receivedType, await response.Content.ReadAsByteArrayAsync());
    }

    public Task<EwsResponse> PostAsync(string body) => PostAsync(Encoding.UTF8.GetBytes(body));

    /// <summary>Posts a request, and verifies that it does not change the mailbox.</summary>
    public async Task<EwsResponse> PostWithoutEffectAsync(string body, string mailbox = DefaultMailbox)
    {
        var before = await MailboxAsync(mailbox);
        var response = await PostAsync(body);
        var after = await MailboxAsync(mailbox);

        Contents(after).Should().BeEquivalentTo(Contents(before), "a rejected request changes nothing");
        return response;
    }

    /// <summary>Adds a group with a request, and returns its id.</summary>
    public async Task<string> AddGroupAsync(string displayName = "Team") =>
        (await PostAsync(EwsRequest.AddImGroup(displayName))).Should().Succeed().Id("ExchangeStoreId");

    /// <summary>Adds an IM contact with a request, and returns its id.</summary>
    public async Task<string> AddContactAsync(string imAddress, string? groupId = null) =>
        (await PostAsync(EwsRequest.AddNewImContactToGroup(imAddress, groupId: groupId)))
            .Should().Succeed().All("SourceId")[^1].Attribute("Id")!.Value;

    public async Task<MailboxState?> MailboxAsync(string address = DefaultMailbox, string realm = MailboxKey.DefaultRealm) =>
        await _host.Store.FindAsync(new MailboxKey(realm, SmtpAddress.Parse(address)), CancellationToken.None);

    /// <summary>Imports groups and contacts that EWS cannot create, such as those with documented ids.</summary>
    public async Task ImportAsync(MailboxDescription description)
    {
        var result = MailboxImporter.Import(
            description with { SmtpAddress = DefaultMailbox }, new MailboxLimits(), TimeProvider.System, (_, _) => Guid.NewGuid());
        result.Violations.Should().BeEmpty();
        await ReplaceAsync(result.Mailbox);
    }

    /// <summary>Replaces a mailbox.</summary>
    public Task ReplaceAsync(MailboxState mailbox) =>
        _host.Store.ReplaceAsync(MailboxKey.DefaultRealm, [mailbox.SmtpAddress], [mailbox], null, CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _host.DisposeAsync();
        _database?.Dispose();
    }

    private static bool UsesPostgres(ServiceSettings settings) =>
        settings is { Postgres: null, DatabasePath: MailboxStoreOptions.InMemory }
        && Environment.GetEnvironmentVariable(DatabaseVariable) == "postgres";

    private static object Contents(MailboxState? mailbox) => mailbox is null
        ? new
        {
            Groups = new List<string> { "Other Contacts", "Tagged", "Favorites" },
            Contacts = new List<string>(),
            Items = new List<string>(),
            Folders = new List<string>(),
        }
        : new
        {
            Groups = mailbox.OrderedGroups.Select(group => group.DisplayName + Members(mailbox, group)).ToList(),
            Contacts = mailbox.ImContacts
                .Select(contact => contact.Id + contact.DisplayName + contact.ImAddress + contact.Version)
                .ToList(),
            Items = mailbox.OrdinaryContacts.Select(contact => contact.Id.Value + contact.Version).ToList(),
            Folders = mailbox.Folders.Stored
                .Select(folder => FolderPath.Of(mailbox.Folders, folder) + folder.FolderClass + folder.Version)
                .ToList(),
        };

    private static string Members(MailboxState mailbox, ImGroup group) => group.Type == GroupType.OtherContacts
        ? string.Empty
        : string.Concat(mailbox.MembersOf(group).Select(member => "," + member.Id));
}
