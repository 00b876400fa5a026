using System.Buffers;
using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;

namespace Ews.ImService.Benchmarks.Baselines;

/// <summary>The tables of <see cref="PlainServer"/>: one connection that writes, and one per concurrent reader.</summary>
internal sealed class PlainTables : IDisposable
{
    public const string GroupResponseTemplate = "AddImGroup";
    public const string SampleIdTemplate = "Id";
    public const string ListTemplate = "GetImItemList";
    public const string PersonaTemplate = "Persona";

    private const string GroupType = "IPM.DistList.MOC.UserGroup";
    private const string GroupChangeKey = "EgAAAA==";

    private readonly string _file;
    private readonly Lock _writeLock = new();
    private readonly SqliteConnection _connection;
    private readonly SqliteCommand _insert;
    private readonly ConcurrentBag<ListReader> _readers = [];
    private readonly Template _groupResponse;
    private readonly Template _list;
    private readonly Template _persona;
    private readonly byte[] _sampleId;
    private readonly long _lastSeededGroup;
    private long _lastId;

    public PlainTables(string file)
    {
        _file = file;
        _connection = Open();
        _groupResponse = ReadTemplate(GroupResponseTemplate);
        _list = ReadTemplate(ListTemplate);
        _persona = ReadTemplate(PersonaTemplate);
        _sampleId = Convert.FromBase64String(ReadTemplate(SampleIdTemplate).Parts[0].Text);
        _lastSeededGroup = (long)Scalar("SELECT max(Id) FROM Groups");
        _insert = _connection.CreateCommand();
        _insert.CommandText = "INSERT INTO Groups (Mailbox, Name, Type, EwsId, ChangeKey) VALUES ($mailbox, $name, $type, $id, $key)";
        foreach (var name in new[] { "$mailbox", "$name", "$type", "$id", "$key" })
            _insert.Parameters.Add(name, SqliteType.Text);
        _insert.Parameters["$type"].Value = GroupType;
        _insert.Parameters["$key"].Value = GroupChangeKey;
        _insert.Prepare();
    }

    public void Dispose()
    {
        _insert.Dispose();
        _connection.Dispose();
        foreach (var reader in _readers)
            reader.Close();
    }

    /// <summary>Adds a group, and returns the response after the commit.</summary>
    public byte[] AddGroup(string mailbox, string name)
    {
        var id = NewId();
        lock (_writeLock)
        {
            _insert.Parameters["$mailbox"].Value = mailbox;
            _insert.Parameters["$name"].Value = name;
            _insert.Parameters["$id"].Value = id;
            _insert.ExecuteNonQuery();
        }

        return Encoding.UTF8.GetBytes(_groupResponse.Fill(name, id));
    }

    /// <summary>Reads a mailbox and writes its list. The result is returned to a pool when it is disposed of.</summary>
    public ListReader ReadList(string mailbox)
    {
        var reader = _readers.TryTake(out var pooled) ? pooled : new ListReader(this, Open());
        reader.Read(mailbox);
        return reader;
    }

    /// <summary>Deletes the groups that were added.</summary>
    public void Restore()
    {
        lock (_writeLock)
        {
            using var command = _connection.CreateCommand();
            command.CommandText = "DELETE FROM Groups WHERE Id > $id";
            command.Parameters.AddWithValue("$id", _lastSeededGroup);
            command.ExecuteNonQuery();
        }
    }

    /// <summary>Returns the number of groups in each mailbox.</summary>
    public IReadOnlyList<(string Mailbox, int Count)> CountGroups()
    {
        lock (_writeLock)
        {
            using var command = _connection.CreateCommand();
            command.CommandText = "SELECT Mailbox, count(*) FROM Groups GROUP BY Mailbox";
            using var reader = command.ExecuteReader();
            List<(string Mailbox, int Count)> counts = [];
            while (reader.Read())
                counts.Add((reader.GetString(0), reader.GetInt32(1)));
            return counts;
        }
    }

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection($"Data Source={_file};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA synchronous = NORMAL";
        command.ExecuteNonQuery();
        return connection;
    }

    private Template ReadTemplate(string name) => new((string)Scalar($"SELECT Text FROM Templates WHERE Name = '{name}'"));

    private object Scalar(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar()!;
    }

    /// <summary>Returns an id of the length that the ids of the service have.</summary>
    private string NewId()
    {
        var bytes = _sampleId.AsSpan().ToArray();
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(^sizeof(long)), Interlocked.Increment(ref _lastId));
        return Convert.ToBase64String(bytes);
    }

    /// <summary>A text with places for values, <c>{0}</c>, <c>{1}</c> and so on.</summary>
    internal sealed class Template(string text)
    {
        /// <summary>Gets the parts: a text, and the index of the value after it or -1.</summary>
        public IReadOnlyList<(string Text, byte[] Bytes, int Value)> Parts { get; } = Split(text);

        /// <summary>Returns the text with values.</summary>
        public string Fill(params string[] values) =>
            string.Concat(Parts.Select(part => part.Value < 0 ? part.Text : part.Text + values[part.Value]));

        private static (string Text, byte[] Bytes, int Value)[] Split(string text)
        {
            var pieces = Regex.Split(text, @"\{(\d)\}");
            return [.. pieces.Chunk(2).Select(pair => (
                pair[0],
                Encoding.UTF8.GetBytes(pair[0]),
                pair.Length == 2 ? int.Parse(pair[1], CultureInfo.InvariantCulture) : -1))];
        }
    }

    /// <summary>A connection with its prepared SELECTs, and a buffer for the list.</summary>
    internal sealed class ListReader : IDisposable
    {
        private readonly PlainTables _owner;
        private readonly SqliteConnection _connection;
        private readonly SqliteCommand _groups;
        private readonly SqliteCommand _members;
        private readonly SqliteCommand _contacts;
        private readonly ArrayBufferWriter<byte> _list = new(1 << 19);

        public ListReader(PlainTables owner, SqliteConnection connection)
        {
            (_owner, _connection) = (owner, connection);
            _groups = Prepare("SELECT Id, Name, Type, EwsId, ChangeKey FROM Groups WHERE Mailbox = $key ORDER BY Id");
            _members = Prepare("SELECT EwsId, ChangeKey FROM Members WHERE GroupId = $key ORDER BY Id", SqliteType.Integer);
            _contacts = Prepare("SELECT PersonaId, CreationTime, Name, Address, EwsId, ChangeKey, FolderId FROM Contacts"
                + " WHERE Mailbox = $key ORDER BY Id");
        }

        /// <summary>Gets the list.</summary>
        public ReadOnlyMemory<byte> Bytes => _list.WrittenMemory;

        public void Dispose() => _owner._readers.Add(this);

        /// <summary>Closes the connection.</summary>
        public void Close()
        {
            _groups.Dispose();
            _members.Dispose();
            _contacts.Dispose();
            _connection.Dispose();
        }

        /// <summary>Reads and writes the list of a mailbox.</summary>
        public void Read(string mailbox)
        {
            _list.ResetWrittenCount();
            foreach (var (_, bytes, value) in _owner._list.Parts)
            {
                _list.Write(bytes);
                if (value == 0)
                    WriteGroups(mailbox);
                else if (value == 1)
                    WritePersonas(mailbox);
            }
        }

        private void WriteGroups(string mailbox)
        {
            _groups.Parameters[0].Value = mailbox;
            using var groups = _groups.ExecuteReader();
            while (groups.Read())
            {
                _list.Write("<ImGroup><DisplayName>"u8);
                Write(groups.GetString(1));
                _list.Write("</DisplayName><GroupType>"u8);
                Write(groups.GetString(2));
                _list.Write("</GroupType><ExchangeStoreId Id=\""u8);
                Write(groups.GetString(3));
                _list.Write("\" ChangeKey=\""u8);
                Write(groups.GetString(4));
                _list.Write("\"/>"u8);
                WriteMembers(groups.GetInt64(0));
                _list.Write("</ImGroup>"u8);
            }
        }

        private void WriteMembers(long group)
        {
            _members.Parameters[0].Value = group;
            using var members = _members.ExecuteReader();
            if (!members.HasRows)
                return;
            _list.Write("<MemberCorrelationKey>"u8);
            while (members.Read())
            {
                _list.Write("<ItemId Id=\""u8);
                Write(members.GetString(0));
                _list.Write("\" ChangeKey=\""u8);
                Write(members.GetString(1));
                _list.Write("\"/>"u8);
            }

            _list.Write("</MemberCorrelationKey>"u8);
        }

        private void WritePersonas(string mailbox)
        {
            var values = new string[7];
            _contacts.Parameters[0].Value = mailbox;
            using var contacts = _contacts.ExecuteReader();
            while (contacts.Read())
            {
                for (var i = 0; i < values.Length; i++)
                    values[i] = contacts.GetString(i);
                foreach (var (_, bytes, value) in _owner._persona.Parts)
                {
                    _list.Write(bytes);
                    if (value >= 0)
                        Write(values[value]);
                }
            }
        }

        private void Write(string text) => Encoding.UTF8.GetBytes(text, _list);

        private SqliteCommand Prepare(string sql, SqliteType keyType = SqliteType.Text)
        {
            var command = _connection.CreateCommand();
            command.CommandText = sql;
            command.Parameters.Add("$key", keyType);
            command.Prepare();
            return command;
        }
    }
}
