using System.IO.Compression;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using Ews.ImService.Protocol;
using Microsoft.Data.Sqlite;

namespace Ews.ImService.Tests.Upgrade;

/// <summary>Files that earlier versions of the service wrote, opened by this version. README.md describes the files.</summary>
public sealed class UpgradeTests : IDisposable
{
    private const int EarlierVersions = 5;
    private const long SchemaVersion = 6;
    private const string GroupInTheLog = "In the write-ahead log";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private readonly TemporaryDirectory _directory = new();

    /// <summary>Gets the versions of the schema, each with a file of a service that was terminated, and of one that was killed.</summary>
    public static TheoryData<int, bool> Files
    {
        get
        {
            var files = new TheoryData<int, bool>();
            for (var version = 1; version <= EarlierVersions; version++)
            {
                files.Add(version, false);
                files.Add(version, true);
            }

            return files;
        }
    }

    private string DatabasePath => _directory.File("mailboxes.db");

    public void Dispose() => _directory.Dispose();

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Everything_in_the_file_of_an_earlier_version_is_still_there(int version, bool killed)
    {
        Unpack(version, killed);

        await using var service = await StartAsync();

        foreach (var mailbox in Expected(version))
        {
            var list = (await PostAsync(service, mailbox, Body("GetImItemList"))).Should().Succeed();
            UserGroups(list).Should().BeEquivalentTo(killed ? mailbox.Groups.Append(new Group(GroupInTheLog, [])) : mailbox.Groups);
            Personas(list).Should().BeEquivalentTo(mailbox.Contacts);
            Items(await PostAsync(service, mailbox, FindItems)).Should().BeEquivalentTo(mailbox.Items);
            if (mailbox.Realm.Length == 0)
                (await service.MailboxAsync(mailbox.Address))!.ImListMigrationCompleted.Should().Be(mailbox.Migrated);
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public async Task The_file_of_an_earlier_version_accepts_writes_which_the_next_start_finds(int version, bool killed)
    {
        Unpack(version, killed);
        var mailboxes = Expected(version);
        var added = new List<string>();
        await using (var service = await StartAsync())
        {
            foreach (var mailbox in mailboxes)
            {
                var group = mailbox.Groups[0].Id!;
                (await PostAsync(service, mailbox, Body("AddImGroup", "<m:DisplayName>New</m:DisplayName>"))).Should().Succeed();
                var renaming = Id("GroupId", group) + "<m:NewDisplayName>Renamed</m:NewDisplayName>";
                (await PostAsync(service, mailbox, Body("SetImGroup", renaming))).Should().Succeed();
                var contact = await PostAsync(
                    service, mailbox, Body("AddNewImContactToGroup", "<m:ImAddress>new@contoso.com</m:ImAddress>" + Id("GroupId", group)));
                added.Add(contact.Should().Succeed().All("SourceId")[^1].Attribute("Id")!.Value);
                var removal = Id("ContactId", mailbox.Groups[0].Members[1]) + Id("GroupId", group);
                (await PostAsync(service, mailbox, Body("RemoveImContactFromGroup", removal))).Should().Succeed();
            }
        }

        await using var restarted = await StartAsync();

        foreach (var (mailbox, contact) in mailboxes.Zip(added))
        {
            var list = await PostAsync(restarted, mailbox, Body("GetImItemList"));
            var groups = UserGroups(list).ToList();
            groups.Select(group => group.Name).Should().Contain("New").And.NotContain(mailbox.Groups[0].Name);
            groups.Single(group => group.Name == "Renamed").Should().BeEquivalentTo(
                new { mailbox.Groups[0].Id, Members = (string[])[mailbox.Groups[0].Members[0], contact] });
            mailbox.Contacts.Select(it => it.Source).Should().NotContain(contact, "the counter of ids continues");
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public async Task The_file_of_an_earlier_version_is_intact_after_the_upgrade(int version, bool killed)
    {
        Unpack(version, killed);

        await using (await StartAsync())
        {
        }

        Directory.EnumerateFiles(_directory.Path).Should().Equal(DatabasePath);
        using var connection = new SqliteConnection($"Data Source={DatabasePath};Pooling=false");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA integrity_check";
        command.ExecuteScalar().Should().Be("ok");
        command.CommandText = "PRAGMA foreign_key_check";
        command.ExecuteScalar().Should().BeNull();
        command.CommandText = "PRAGMA user_version";
        command.ExecuteScalar().Should().Be(SchemaVersion);
    }

    private static string FindItems => Body(
        "FindItem",
        "<m:ItemShape><t:BaseShape>AllProperties</t:BaseShape></m:ItemShape>"
        + "<m:ParentFolderIds><t:DistinguishedFolderId Id='contacts'/></m:ParentFolderIds>",
        " Traversal='Shallow'");

    private static string Body(string operation, string content = "", string attributes = "") =>
        $"<m:{operation}{attributes}>{content}</m:{operation}>";

    private static string Id(string element, string id) => $"""<m:{element} Id="{id}"/>""";

    private static List<Mailbox> Expected(int version) =>
        JsonSerializer.Deserialize<List<Mailbox>>(File.ReadAllText(Source($"schema-{version}.json")), Json)!;

    private static string Source(string file, [CallerFilePath] string thisFile = "") =>
        Path.Combine(Path.GetDirectoryName(thisFile)!, file);

    private void Unpack(int version, bool killed)
    {
        var name = $"schema-{version}{(killed ? "-killed" : "")}.db";
        Unpack(name, DatabasePath);
        if (killed)
            Unpack(name + "-wal", DatabasePath + "-wal");
    }

    private static void Unpack(string name, string target)
    {
        using var source = new GZipStream(File.OpenRead(Source(name + ".gz")), CompressionMode.Decompress);
        using var file = File.Create(target);
        source.CopyTo(file);
    }

    private Task<TestService> StartAsync() => TestService.StartAsync(TestService.InMemory with { DatabasePath = DatabasePath });

    private static Task<EwsResponse> PostAsync(TestService service, Mailbox mailbox, string body)
    {
        var request = EwsRequest.Envelope(EwsRequest.Impersonating("PrimarySmtpAddress", mailbox.Address), body);
        var path = mailbox.Realm.Length == 0 ? EwsOptions.Path : $"/realms/{mailbox.Realm}{EwsOptions.Path}";
        return service.PostAsync(Encoding.UTF8.GetBytes(request), path: path);
    }

    private static IEnumerable<Group> UserGroups(EwsResponse list) => list.All("ImGroup")
        .Select(group => new Group(Text(group, "DisplayName"), list.Members(Text(group, "DisplayName")).ToArray())
        {
            Type = Text(group, "GroupType"),
            Id = Child(group, "ExchangeStoreId")!.Attribute("Id")!.Value,
        })
        .Where(group => group.Type is "IPM.DistList.MOC.UserGroup" or "IPM.DistList.MOC.DG")
        .Select(group => group.Name == GroupInTheLog ? new Group(group.Name, group.Members) : group);

    private static IEnumerable<ImContact> Personas(EwsResponse list) => list.All("Persona").Select(persona => new ImContact(
        Child(persona, "PersonaId")!.Attribute("Id")!.Value,
        persona.Descendants().Last(element => element.Name.LocalName == "SourceId").Attribute("Id")!.Value,
        Text(persona, "DisplayName")));

    private static IEnumerable<Item> Items(EwsResponse items) => items.Should().Succeed().All("Contact").Select(contact => new Item(
        Child(contact, "ItemId")!.Attribute("Id")!.Value,
        Text(contact, "DisplayName"),
        contact.Descendants().First(element => element.Name.LocalName == "Entry").Value,
        Text(contact, "JobTitle")));

    private static string Text(XElement parent, string name) => Child(parent, name)!.Value;

    private static XElement? Child(XElement parent, string name) =>
        parent.Elements().SingleOrDefault(element => element.Name.LocalName == name);

    /// <summary>The content of a mailbox, by the responses of the earlier version.</summary>
    private sealed record Mailbox(
        string Realm, string Address, bool Migrated, List<Group> Groups, List<ImContact> Contacts, List<Item> Items);

    private sealed record Group(string Name, IReadOnlyList<string> Members)
    {
        public string? Type { get; init; }

        public string? Id { get; init; }
    }

    private sealed record ImContact(string Persona, string Source, string Name);

    private sealed record Item(string Id, string Name, string Email, string JobTitle);
}
