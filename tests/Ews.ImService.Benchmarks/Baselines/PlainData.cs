using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;

namespace Ews.ImService.Benchmarks.Baselines;

/// <summary>Writes the database file of <see cref="PlainServer"/>: the mailboxes of the service, and templates of its responses.</summary>
internal static partial class PlainData
{
    /// <summary>The tables. Only the group table changes while the server runs.</summary>
    private const string Schema = """
        PRAGMA journal_mode = WAL;
        CREATE TABLE Templates (Name TEXT PRIMARY KEY, Text TEXT NOT NULL);
        CREATE TABLE Groups (
            Id INTEGER PRIMARY KEY, Mailbox TEXT NOT NULL, Name TEXT NOT NULL, Type TEXT NOT NULL, EwsId TEXT NOT NULL,
            ChangeKey TEXT NOT NULL);
        CREATE INDEX GroupsOfMailbox ON Groups (Mailbox);
        CREATE TABLE Members (Id INTEGER PRIMARY KEY, GroupId INTEGER NOT NULL, EwsId TEXT NOT NULL, ChangeKey TEXT NOT NULL);
        CREATE INDEX MembersOfGroup ON Members (GroupId);
        CREATE TABLE Contacts (
            Id INTEGER PRIMARY KEY, Mailbox TEXT NOT NULL, PersonaId TEXT NOT NULL, CreationTime TEXT NOT NULL, Name TEXT NOT NULL,
            Address TEXT NOT NULL, EwsId TEXT NOT NULL, ChangeKey TEXT NOT NULL, FolderId TEXT NOT NULL);
        CREATE INDEX ContactsOfMailbox ON Contacts (Mailbox);
        """;

    /// <summary>Writes the file.</summary>
    /// <param name="file">The file, which does not exist.</param>
    /// <param name="addGroupResponse">The response of the service to AddImGroup.</param>
    /// <param name="groupName">The name in this response.</param>
    /// <param name="lists">The responses of the service to GetImItemList, by mailbox.</param>
    public static void Write(string file, string addGroupResponse, string groupName, IReadOnlyDictionary<string, string> lists)
    {
        using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        Execute(connection, Schema);
        using var transaction = connection.BeginTransaction();
        var id = Value(addGroupResponse, "<ExchangeStoreId Id=\"(.*?)\"");
        AddTemplate(connection, PlainTables.GroupResponseTemplate, addGroupResponse.Replace(groupName, "{0}").Replace(id, "{1}"));
        AddTemplate(connection, PlainTables.SampleIdTemplate, id);
        foreach (var (mailbox, list) in lists)
            AddMailbox(connection, mailbox, list);
        AddTemplate(connection, PlainTables.PersonaTemplate, "");
        transaction.Commit();
    }

    private static void AddMailbox(SqliteConnection connection, string mailbox, string list)
    {
        foreach (Match group in Group().Matches(list))
        {
            Execute(
                connection,
                "INSERT INTO Groups (Mailbox, Name, Type, EwsId, ChangeKey) VALUES ($0, $1, $2, $3, $4)",
                [mailbox, .. group.Groups.Values.Skip(1).Take(4).Select(part => part.Value)]);
            foreach (Match member in Member().Matches(group.Groups[5].Value))
            {
                Execute(
                    connection,
                    "INSERT INTO Members (GroupId, EwsId, ChangeKey) VALUES ((SELECT max(Id) FROM Groups), $0, $1)",
                    [.. member.Groups.Values.Skip(1).Select(part => part.Value)]);
            }
        }

        foreach (Match persona in Persona().Matches(list))
        {
            var text = persona.Value;
            string[] values =
            [
                Value(text, "<PersonaId Id=\"(.*?)\""),
                Value(text, "<CreationTime>(.*?)</CreationTime>"),
                Value(text, "<DisplayName>(.*?)</DisplayName>"),
                Value(text, "<ImAddress>(.*?)</ImAddress>"),
                Value(text, "<SourceId Id=\"(.*?)\""),
                Value(text, "<SourceId Id=\".*?\" ChangeKey=\"(.*?)\""),
                Value(text, "<FolderId Id=\"(.*?)\""),
            ];
            Execute(
                connection,
                "INSERT INTO Contacts (Mailbox, PersonaId, CreationTime, Name, Address, EwsId, ChangeKey, FolderId)"
                + " VALUES ($0, $1, $2, $3, $4, $5, $6, $7)",
                [mailbox, .. values]);
            for (var i = 0; i < values.Length; i++)
                text = text.Replace(values[i], $"{{{i}}}");
            AddTemplate(connection, PlainTables.PersonaTemplate, text);
        }

        var template = Persona().Replace(Group().Replace(list, "{0}", 1), "{1}", 1);
        AddTemplate(connection, PlainTables.ListTemplate, Persona().Replace(Group().Replace(template, ""), ""));
    }

    private static string Value(string text, string pattern) => Regex.Match(text, pattern) is { Success: true } match
        ? match.Groups[1].Value
        : throw new RunException($"A response of the service has no match of {pattern}.");

    private static void AddTemplate(SqliteConnection connection, string name, string text) =>
        Execute(connection, "INSERT OR IGNORE INTO Templates (Name, Text) VALUES ($0, $1)", [name, text]);

    private static void Execute(SqliteConnection connection, string sql, params string[] values)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        for (var i = 0; i < values.Length; i++)
            command.Parameters.AddWithValue($"${i}", values[i]);
        command.ExecuteNonQuery();
    }

    [GeneratedRegex("<ImGroup><DisplayName>(.*?)</DisplayName><GroupType>(.*?)</GroupType>"
        + "<ExchangeStoreId Id=\"(.*?)\" ChangeKey=\"(.*?)\"/>"
        + "(?:<MemberCorrelationKey>(.*?)</MemberCorrelationKey>)?</ImGroup>")]
    private static partial Regex Group();

    [GeneratedRegex("<ItemId Id=\"(.*?)\" ChangeKey=\"(.*?)\"/>")]
    private static partial Regex Member();

    [GeneratedRegex("<Persona>.*?</Persona>")]
    private static partial Regex Persona();
}
