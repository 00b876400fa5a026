using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Ews.ImService.Reliability.Fuzz.Cases;
using Ews.ImService.Reliability.Fuzz.Oracles;

namespace Ews.ImService.Reliability.Fuzz;

/// <summary>The services that receive the cases, with their mailboxes.</summary>
/// <remarks>
/// They differ in their settings: without sign-in, with sign-in, and with an open control API, so that control calls cannot change the
/// mailboxes and rules of the others. Ids are the same in every run.
/// </remarks>
internal sealed partial class FuzzServices : IDisposable
{
    private const string Other = "other@contoso.com";
    private const string Uninvolved = "uninvolved@contoso.com";
    private const string UninvolvedRealm = "realms/uninvolved/";
    private const string Seed = "_control/v1/seed";

    private readonly RunContext _context;
    private readonly ServerProcess[] _servers;
    private readonly EwsClient[] _clients;
    private string[] _uninvolvedBefore = [];
    private JsonNode _initial = null!;

    private FuzzServices(RunContext context)
    {
        _context = context;
        _servers =
        [
            Start(
                "--Mailboxes:AutoCreate", "false", "--Mailboxes:Declared:0", Mailboxes.Default, "--Mailboxes:Declared:1", Other,
                "--Mailboxes:Declared:2", Uninvolved, "--Directory:AnyDistributionGroup", "true",
                "--Directory:Users:0:SmtpAddress", "anna@contoso.com", "--Directory:Users:0:DisplayName", "Anna Smith",
                "--Realms:MaxRealms", "20"),
            Start(SignInCases.Settings),
            Start("--Control:MaxBodyBytes", "4194304", "--Realms:MaxRealms", "40", "--Control:JournalBytes", "1048576"),
        ];
        foreach (var server in _servers)
            server.Connect().Dispose();
        _clients = [.. _servers.Select(server => new EwsClient(server.Url, SignInCases.ControlToken))];
    }

    /// <summary>Gets the verdict on EWS requests and responses.</summary>
    public SchemaVerdict Verdict { get; private set; } = null!;

    /// <summary>Gets the generators of cases.</summary>
    public IReadOnlyList<CaseGenerator> Generators { get; private set; } = [];

    /// <summary>Gets the resident memory of all services in bytes.</summary>
    public long ResidentBytes => _servers.Sum(server => server.ResidentBytes);

    /// <summary>Starts the services and creates their mailboxes.</summary>
    public static async Task<FuzzServices> StartAsync(RunContext context)
    {
        var services = new FuzzServices(context);
        await services.PrepareAsync();
        return services;
    }

    public void Dispose()
    {
        foreach (var client in _clients)
            client.Dispose();
        foreach (var server in _servers)
            server.Dispose();
    }

    /// <summary>Returns the port of a service.</summary>
    public int Port(FuzzTarget target) => _servers[(int)target].Port;

    /// <summary>Replaces the mailboxes that cases change by their initial content, so that the ids in cases are those of objects.</summary>
    public Task RestoreAsync() => _clients[(int)FuzzTarget.Ews].SendAsync(HttpMethod.Post, Seed, _initial.ToJsonString());

    /// <summary>Verifies that all services run, and that the mailboxes of the uninvolved user are unchanged.</summary>
    /// <exception cref="RunException">A service ended, or a mailbox is different.</exception>
    public async Task VerifyAsync()
    {
        foreach (var server in _servers.Where(server => server.HasExited))
            throw new RunException($"A service ended: {server.ReadErrors()}");
        var after = await ReadUninvolvedAsync();
        foreach (var (before, now) in _uninvolvedBefore.Zip(after).Where(pair => pair.First != pair.Second))
            throw new RunException($"The mailbox of an uninvolved user changed from {before} to {now}.");
    }

    /// <summary>Stops the services and checks their logs.</summary>
    /// <returns>The number of lines in the logs.</returns>
    /// <exception cref="RunException">A service does not stop, or its log contains an error.</exception>
    public async Task<long> StopAsync()
    {
        var lines = 0L;
        foreach (var server in _servers)
        {
            if (await server.TerminateAsync() is not 0 and var code)
                throw new RunException($"A service ended with exit code {code}: {server.ReadErrors()}");
            if (server.ReadErrors() is { Length: > 0 } errors)
                throw new RunException($"A service wrote to standard error: {errors}");
            lines += LogOracle.Check(_context.LogFile(server.Port));
        }

        return lines;
    }

    private ServerProcess Start(params string[] arguments)
    {
        var database = _context.FilePath($"fuzz-{Guid.NewGuid():n}.db");
        return _context.StartService(database, ["--Realms:IdSeed", "1", .. arguments]);
    }

    private async Task PrepareAsync()
    {
        var (ews, control) = (_clients[(int)FuzzTarget.Ews], _clients[(int)FuzzTarget.Control]);
        var ids = await CreateObjectsAsync(ews, Mailboxes.Default, "Team");
        var others = await CreateObjectsAsync(ews, Other, "Other team");
        var uninvolved = await CreateObjectsAsync(ews, Uninvolved, LeakOracle.Secret);
        _initial = JsonNode.Parse(await ews.SendAsync(HttpMethod.Get, Seed, ""))!;
        var mailboxes = _initial["mailboxes"]!.AsArray();
        mailboxes.Remove(mailboxes.Single(mailbox => (string?)mailbox!["smtpAddress"] == Uninvolved));
        var secret = Mailboxes.Seed([new { smtpAddress = Uninvolved, groups = new[] { new { displayName = LeakOracle.Secret } } }]);
        await _clients[(int)FuzzTarget.SignIn].SendAsync(HttpMethod.Put, Seed, secret);
        await control.SendAsync(HttpMethod.Put, UninvolvedRealm + Seed, secret);
        _uninvolvedBefore = await ReadUninvolvedAsync();

        string[] schemas =
        [
            await ews.SendAsync(HttpMethod.Get, "EWS/types.xsd", ""),
            await ews.SendAsync(HttpMethod.Get, "EWS/messages.xsd", ""),
        ];
        var openApi = JsonNode.Parse(await control.SendAsync(HttpMethod.Get, "_control/v1/openapi.json", ""))!;
        var golden = GoldenRequests.Read(ids);
        Verdict = new SchemaVerdict(schemas, golden.Select(GoldenRequests.OperationOf).ToHashSet());
        Generators =
        [
            new OperationCases(golden, Verdict, [.. ids.Values, .. others.Values, .. uninvolved.Values]),
            new HeaderCases(Verdict),
            new EncodingCases(Verdict),
            new CompressionCases(),
            new HttpCases(),
            new FramingCases(),
            new SignInCases(),
            new ControlCases(openApi),
            new SeedCases(openApi, _initial),
        ];
    }

    private async Task<string[]> ReadUninvolvedAsync() =>
    [
        await _clients[(int)FuzzTarget.Ews].SendAsync(HttpMethod.Get, $"{Seed}?mailbox={Uninvolved}", ""),
        await _clients[(int)FuzzTarget.SignIn].SendAsync(HttpMethod.Get, $"{Seed}?mailbox={Uninvolved}", ""),
        await _clients[(int)FuzzTarget.Control].SendAsync(HttpMethod.Get, UninvolvedRealm + Seed, ""),
    ];

    /// <summary>Creates the objects that golden requests name, and returns their ids by placeholder.</summary>
    private static async Task<Dictionary<string, string>> CreateObjectsAsync(EwsClient client, string mailbox, string name)
    {
        var group = Ids(await client.CallAsync(Requests.AddImGroup(name), mailbox))["ExchangeStoreId"];
        var contact = Ids(await client.CallAsync(
            "<m:AddNewImContactToGroup><m:ImAddress>ben@contoso.com</m:ImAddress>"
            + $"<m:DisplayName>Ben {name}</m:DisplayName><m:GroupId Id=\"{group}\"/></m:AddNewImContactToGroup>",
            mailbox));
        var distributionGroup = Ids(await client.CallAsync(
            "<m:AddDistributionGroupToImList><m:SmtpAddress>all@contoso.com</m:SmtpAddress>"
            + $"<m:DisplayName>All {name}</m:DisplayName></m:AddDistributionGroupToImList>",
            mailbox));
        var item = Ids(await client.CallAsync(
            "<m:CreateItem><m:Items><t:Contact><t:GivenName>Cleo</t:GivenName>"
            + $"<t:Surname>{name}</t:Surname></t:Contact></m:Items></m:CreateItem>",
            mailbox));
        var attachment = Ids(await client.CallAsync(
            $"<m:CreateAttachment><m:ParentItemId Id=\"{contact["SourceId"]}\"/><m:Attachments><t:FileAttachment><t:Name>{name}</t:Name>"
            + "<t:Content>AQID</t:Content></t:FileAttachment></m:Attachments></m:CreateAttachment>",
            mailbox));
        var folder = Ids(await client.CallAsync(
            "<m:CreateFolder><m:ParentFolderId><t:DistinguishedFolderId Id=\"contacts\"/></m:ParentFolderId><m:Folders><t:ContactsFolder>"
            + $"<t:DisplayName>{name}</t:DisplayName></t:ContactsFolder></m:Folders></m:CreateFolder>",
            mailbox));
        var subscription = await client.CallAsync(
            "<m:Subscribe><m:PullSubscriptionRequest><t:FolderIds><t:DistinguishedFolderId Id=\"contacts\"/></t:FolderIds>"
            + "<t:EventTypes><t:EventType>CreatedEvent</t:EventType></t:EventTypes><t:Timeout>1440</t:Timeout></m:PullSubscriptionRequest>"
            + "</m:Subscribe>",
            mailbox);
        return new Dictionary<string, string>
        {
            ["Attachment"] = attachment["AttachmentId"],
            ["UserFolder"] = folder["FolderId"],
            ["SubscriptionId"] = Text(subscription, "SubscriptionId"),
            ["Watermark"] = Text(subscription, "Watermark"),
            ["Group"] = group,
            ["Contact"] = contact["SourceId"],
            ["Persona"] = contact["PersonaId"],
            ["Folder"] = contact["FolderId"],
            ["DistributionGroup"] = distributionGroup["ExchangeStoreId"],
            ["Item"] = item["ItemId"],
        };
    }

    private static Dictionary<string, string> Ids(string response) =>
        Id().Matches(response).ToDictionary(match => match.Groups[1].Value, match => match.Groups[2].Value);

    private static string Text(string response, string element) =>
        response.Split($"<{element}>", 2)[1].Split("</", 2)[0];

    [GeneratedRegex("""<(?:\w+:)?(\w+Id) Id="([^"]+)""")]
    private static partial Regex Id();
}
