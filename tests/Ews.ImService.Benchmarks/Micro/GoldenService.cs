using System.Text;
using System.Text.RegularExpressions;
using Ews.ImService.Mailbox;
using Ews.ImService.Protocol;
using Ews.ImService.Protocol.Operations;
using Ews.ImService.Protocol.Soap;
using Ews.ImService.Protocol.Xml;
using Ews.ImService.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Ews.ImService.Benchmarks.Micro;

/// <summary>The operations with a mailbox in memory, on which the golden requests of the tests succeed.</summary>
internal sealed partial class GoldenService : IAsyncDisposable
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "golden");
    private static readonly MailboxKey Mailbox = new(MailboxKey.DefaultRealm, SmtpAddress.Parse("user@contoso.com"));

    private readonly SingleWriterStore _store;
    private readonly ServiceProvider _services;
    private readonly Dictionary<string, string> _ids = [];

    private GoldenService()
    {
        _store = MailboxStorage.Start(new MailboxStoreOptions(MailboxStoreOptions.InMemory, new MailboxLimits(), new SystemRealms()));

        // Without kept responses, so that the list is written every time.
        _services = new ServiceCollection()
            .AddLogging()
            .AddResponseCompression()
            .AddSingleton<IMailboxStore>(_store)
            .AddSingleton<IRealms>(new SystemRealms())
            .AddSingleton(TimeProvider.System)
            .AddSingleton(new AccountDirectory([], autoCreate: true, new ImpersonationRights([])))
            .AddSingleton(new AddressList(
                [new DirectoryUser(SmtpAddress.Parse("anna@contoso.com"), "Anna Smith") { Photo = new UserPhoto(new byte[] { 1, 2, 3 }) }],
                [],
                anyDistributionGroup: true))
            .AddEws(new EwsOptions { ResponseCacheBytes = 0 })
            .BuildServiceProvider();
    }

    /// <summary>Gets the names of all operations whose requests need no subscription.</summary>
    public static IEnumerable<string> Operations =>
        OperationTable.Entries.Select(entry => entry.Name).Except(["Unsubscribe", "GetEvents", "GetStreamingEvents"]);

    /// <summary>Gets the writer of responses.</summary>
    public SoapWriter Writer => _services.GetRequiredService<SoapWriter>();

    /// <summary>Creates the mailbox of the golden requests: a group with an IM contact, a distribution group, and a contact.</summary>
    public static async Task<GoldenService> CreateAsync()
    {
        var service = new GoldenService();
        var outcome = await service._store.ChangeAsync<Done>(Mailbox, service.AddObjects, CancellationToken.None);
        return outcome.Succeeded ? service : throw new RunException(outcome.Error.MessageText);
    }

    /// <summary>Returns the golden request of an operation, with ids of the mailbox.</summary>
    public byte[] Request(string operation)
    {
        var file = Directory.EnumerateFiles(Folder, "Request.xml", SearchOption.AllDirectories)
            .Single(file => Path.GetFileName(Path.GetDirectoryName(file)) == operation);
        return Encoding.UTF8.GetBytes(Placeholder().Replace(File.ReadAllText(file), match => _ids[match.Groups["name"].Value]));
    }

    /// <summary>Executes a golden request.</summary>
    /// <returns>The namespace spelling of the request, and the response, which is a success.</returns>
    public async Task<(EwsNamespaces Namespaces, OperationResponse Response)> ExecuteAsync(string operation)
    {
        var envelope = SoapReader.Read(RequestDecoder.Decode(Request(operation), charset: null));
        _services.GetRequiredService<OperationTable>().TryFind(operation, out var target);
        var caller = new Caller(Mailbox, Mailbox.SmtpAddress.Value);
        var response = await target!.RespondAsync(new RequestReader(envelope.Body[0]), caller, CancellationToken.None);
        return response.Code == ResponseMessageXml.NoError
            ? (envelope.Namespaces, response)
            : throw new RunException($"{operation} failed: {response.Code}");
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _store.DisposeAsync();
    }

    private EwsResult<Done> AddObjects(MailboxEdit edit)
    {
        var group = edit.AddImGroup("Team").Value!;
        var contact = edit.AddNewImContactToGroup("ben@contoso.com", "Ben Jones", group.Id.Value).Value!;
        var item = edit.CreateContact(
            ContactProperties.Empty.With(ContactPath.GivenName, "Cleo").With(ContactPath.Surname, "Brown")).Value!;
        _ids["Group"] = group.Id.Value;
        _ids["DistributionGroup"] = edit.AddDistributionGroupToImList(SmtpAddress.Parse("all@contoso.com"), "All").Value!.Id.Value;
        _ids["Contact"] = contact.Id.Value;
        _ids["Persona"] = contact.PersonaId.Value;
        _ids["Folder"] = MailboxFolder.QuickContacts.Id(edit.State.MailboxGuid);
        _ids["Item"] = item.Id;
        _ids["UserFolder"] = edit.CreateFolder(
            MailboxFolder.Contacts, MailboxFolder.ContactClass, [new PropertyChange(MailboxEdit.FolderDisplayName, ["Suppliers"])])
            .Value!.Id(edit.State.MailboxGuid);
        return default(Done);
    }

    [GeneratedRegex("""(?:(?<=\bId=")\{(?<name>\w+)\}|(?<=<m:(?<name>Group|Contact)Id\s+Id=")[^"{]+)(?=")""")]
    private static partial Regex Placeholder();
}
