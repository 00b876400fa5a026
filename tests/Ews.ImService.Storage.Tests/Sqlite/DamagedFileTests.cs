using System.Buffers.Binary;
using System.Globalization;
using Ews.ImService.Mailbox;
using Ews.ImService.Storage.Sqlite;

namespace Ews.ImService.Storage.Tests.Sqlite;

/// <summary>Files with damage of all kinds: each is either usable, or rejected with one line and not changed.</summary>
public sealed class DamagedFileTests : IAsyncLifetime, IDisposable
{
    private const int HeaderBytes = 100;
    private const int PageBytes = 4096;
    private const int Contacts = 100;

    private static readonly MailboxKey[] Mailboxes =
        [.. Enumerable.Range(0, 3).Select(number => TestMailboxes.Key($"user{number}@contoso.com"))];

    private readonly TestDatabase _database = new();
    private byte[] _intact = [];

    private string LogPath => _database.Path + "-wal";

    public async Task InitializeAsync()
    {
        await using (var store = await _database.OpenAsync())
        {
            foreach (var mailbox in Mailboxes)
            {
                await store.ChangeAsync(mailbox, edit => edit.AddImGroup("Team"), default);
                for (var number = 0; number < Contacts; number++)
                    await store.ChangeAsync(mailbox, edit => edit.AddNewImContactToGroup($"{number}@contoso.com", "Name", null), default);
            }
        }

        _intact = await File.ReadAllBytesAsync(_database.Path);
        _intact.Length.Should().BeGreaterThan(20 * PageBytes);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => _database.Dispose();

    [Fact]
    public async Task A_truncated_file_is_rejected_and_not_changed()
    {
        int[] odd = [1, 15, 16, 99, 100, 101, 511, 512, PageBytes - 1, PageBytes + 1, _intact.Length - 1];
        for (var length = PageBytes; length < _intact.Length; length += PageBytes)
            await AssertRejectedAsync(_intact[..length]);
        foreach (var length in odd)
            await AssertRejectedAsync(_intact[..length]);
    }

    [Fact]
    public async Task A_file_with_a_random_byte_in_its_header_is_usable_or_not_changed()
    {
        var random = new Random(1);
        for (var offset = 0; offset < HeaderBytes; offset++)
        {
            var content = _intact.ToArray();
            content[offset] ^= (byte)random.Next(1, 256);
            await AssertUsableOrRejectedAsync(content);
        }
    }

    [Fact]
    public async Task A_file_with_random_bytes_anywhere_is_usable_or_not_changed()
    {
        var random = new Random(2);
        for (var round = 0; round < 100; round++)
        {
            var content = _intact.ToArray();
            random.NextBytes(content.AsSpan(random.Next(content.Length - 64), random.Next(1, 64)));
            await AssertUsableOrRejectedAsync(content);
        }
    }

    [Fact]
    public async Task A_file_with_a_random_page_is_rejected_and_not_changed()
    {
        var random = new Random(3);
        for (var page = 0; page < _intact.Length / PageBytes; page++)
        {
            var content = _intact.ToArray();
            random.NextBytes(content.AsSpan(page * PageBytes, PageBytes));
            await AssertRejectedAsync(content);
        }
    }

    [Fact]
    public async Task The_check_for_damage_of_a_large_file_ends_after_a_number_of_pages()
    {
        var content = _intact.ToArray();
        content.AsSpan(content.Length - PageBytes).Fill(0xFF);
        await File.WriteAllBytesAsync(_database.Path, content);
        using var connection = _database.Connect();

        DatabaseFile.FindDamage(connection.Handle!, maxPages: 1000).Should().BeTrue();
        DatabaseFile.FindDamage(connection.Handle!, maxPages: 5).Should().BeFalse();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(-1)]
    public async Task A_file_whose_tables_are_not_those_of_its_schema_version_is_rejected_and_not_changed(int version)
    {
        var content = _intact.ToArray();
        BinaryPrimitives.WriteInt32BigEndian(content.AsSpan(60), version);

        await AssertRejectedAsync(content);
    }

    [Theory]
    [InlineData("DROP TABLE Contacts")]
    [InlineData("ALTER TABLE ImGroups DROP COLUMN SmtpAddress")]
    [InlineData("ALTER TABLE Mailboxes RENAME TO Boxes")]
    [InlineData("DELETE FROM __EFMigrationsHistory WHERE MigrationId LIKE '%Realms'")]
    [InlineData("DROP TABLE __EFMigrationsHistory")]
    public async Task A_file_with_a_part_of_the_tables_is_rejected_and_not_changed(string change)
    {
        using (var connection = _database.Connect())
        {
            using var command = connection.CreateCommand();
            command.CommandText = change;
            command.ExecuteNonQuery();
        }

        await AssertRejectedAsync(await File.ReadAllBytesAsync(_database.Path));
    }

    private Task AssertRejectedAsync(byte[] content) => OpenAsync(content, mustBeRejected: true);

    private Task AssertUsableOrRejectedAsync(byte[] content) => OpenAsync(content, mustBeRejected: false);

    private async Task OpenAsync(byte[] content, bool mustBeRejected)
    {
        File.Delete(LogPath);
        await File.WriteAllBytesAsync(_database.Path, content);
        var damage = Describe(content);
        try
        {
            await using var store = await _database.OpenAsync();
            mustBeRejected.Should().BeFalse($"{damage} must be rejected");
        }
        catch (StorageException e)
        {
            e.Message.Should().Contain(_database.Path, damage).And.NotContain("\n").And.NotContain("SQLite Error", damage);
            Directory.EnumerateFileSystemEntries(_database.DirectoryPath).Should().Equal([_database.Path], damage);
            (await File.ReadAllBytesAsync(_database.Path)).AsSpan().SequenceEqual(content).Should().BeTrue($"{damage} must remain");
        }
    }

    private string Describe(byte[] content)
    {
        if (content.Length != _intact.Length)
            return string.Create(CultureInfo.InvariantCulture, $"a file of {content.Length} bytes");
        var offset = content.AsSpan().CommonPrefixLength(_intact);
        return string.Create(CultureInfo.InvariantCulture, $"a file that differs from offset {offset}");
    }
}
