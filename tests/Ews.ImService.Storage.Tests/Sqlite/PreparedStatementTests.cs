using System.Text;
using Ews.ImService.Mailbox;
using Ews.ImService.Storage.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Ews.ImService.Storage.Tests.Sqlite;

/// <summary>The values that prepared statements write and read, compared with those of the EF model.</summary>
public sealed class PreparedStatementTests : IDisposable
{
    private const int MailboxId = 7;

    private static readonly SmtpAddress Address = SmtpAddress.Parse("me@example.com");

    private readonly SqliteMailboxDatabase _database = new(MailboxStoreOptions.InMemory);

    public PreparedStatementTests() => _database.Open();

    public static TheoryData<string> Texts =>
        ["", "Team", "Zoë \"&<>\u0085 \U0001F600", new string('x', 256), new string('ß', 257), new string('\uFFFF', 256), " '; --"];

    public void Dispose() => _database.Dispose();

    [Theory]
    [MemberData(nameof(Texts))]
    public void Rows_of_prepared_statements_are_those_of_the_model(string text)
    {
        var written = RowsWith(text, isCompleted: true);

        _database.TryCommit(new RowChanges([], [.. Insertable(written).Select(row => new RowChange.Insert(row))]));

        ReadWithModel().Should().BeEquivalentTo(written);
        Read(written).Should().BeEquivalentTo(written);
    }

    [Theory]
    [MemberData(nameof(Texts))]
    public void Rows_of_the_model_are_those_of_prepared_statements(string text)
    {
        var written = RowsWith(text, isCompleted: false);
        using (var context = NewContext())
        {
            context.AddRange(Insertable(written));
            context.SaveChanges();
        }

        Read(written).Should().BeEquivalentTo(written);
    }

    [Fact]
    public void An_update_changes_all_columns_and_a_deletion_one_row()
    {
        var before = RowsWith("before", isCompleted: false);
        var after = RowsWith("after", isCompleted: true);
        _database.TryCommit(new RowChanges([], [.. Insertable(before).Select(row => new RowChange.Insert(row))]));

        _database.TryCommit(new RowChanges([], [.. Insertable(after).Select(row => new RowChange.Update(row))]));
        ReadWithModel().Should().BeEquivalentTo(after);

        _database.TryCommit(new RowChanges([], [new RowChange.Delete(after.Memberships[0]), new RowChange.Delete(after.Groups[1])]));
        ReadWithModel().Should().BeEquivalentTo(after with { Memberships = [], Groups = [after.Groups[0]] });
    }

    [Fact]
    public void A_statement_that_was_rejected_is_executed_with_the_values_of_the_next_row()
    {
        var rows = RowsWith("Team", isCompleted: false);
        _database.TryCommit(new RowChanges([], [.. Insertable(rows).Select(row => new RowChange.Insert(row))]));
        var group = Group(9, "Other", "other");

        _database.Invoking(it => it.TryCommit(new RowChanges([], [new RowChange.Insert(rows.Groups[0])])))
            .Should().Throw<StorageException>().WithMessage("*UNIQUE*");
        _database.TryCommit(new RowChanges([], [new RowChange.Insert(group)]));

        ReadWithModel().Should().BeEquivalentTo(rows with { Groups = [.. rows.Groups, group] });
    }

    [Fact]
    public void A_statement_is_not_executed_with_the_parameters_of_its_last_execution()
    {
        using var statement = new PreparedStatement(_database.Connection.Handle!, "SELECT ?1, ?2");
        statement.Bind(1).Bind("one").Query(row => row.GetString(1)).Should().Equal("one");

        statement.Bind(2).Invoking(it => it.Query(row => row.GetString(1))).Should().Throw<InvalidOperationException>();

        statement.Bind(3).Bind("three").Query(row => row.GetString(1)).Should().Equal("three");
        statement.Bind(4).Bind("four").Invoking(it => it.Bind("five")).Should().Throw<SqliteException>();
        statement.Bind(6).Bind("six").Query(row => row.GetString(1)).Should().Equal("six");
    }

    [Theory]
    [MemberData(nameof(Texts))]
    public void Changes_of_prepared_statements_are_those_of_the_model(string text)
    {
        _database.TryCommit(new RowChanges([], [new RowChange.Insert(RowsWith(text, isCompleted: true).Mailbox)]));
        ChangeRow[] written = [Change(1, text, null, null), Change(2, text, text, long.MinValue), Change(long.MaxValue, text, null, 0)];

        _database.TryCommit(new RowChanges([], [.. written.Select(row => new RowChange.Insert(row))]));

        using (var context = NewContext())
            context.Changes.OrderBy(row => row.Number).Should().BeEquivalentTo(written, options => options.WithStrictOrdering());
        _database.LoadChanges(MailboxId, after: 0, maxRows: 9).Should().BeEquivalentTo(written, options => options.WithStrictOrdering());
        _database.LoadChanges(MailboxId, after: 1, maxRows: 1).Should().BeEquivalentTo([written[1]]);
        _database.LoadChanges(MailboxId + 1, after: 0, maxRows: 9).Should().BeEmpty();

        _database.TryCommit(new RowChanges([], []) { ShortenedLogs = [new ShortenedLog(MailboxId, 2)] });
        _database.LoadChanges(MailboxId, after: 0, maxRows: 9).Should().BeEquivalentTo([written[2]]);
    }

    private MailboxRows? Read(MailboxRows written) =>
        _database.Read([new KnownMailbox(new MailboxKey(written.Mailbox.Realm, Address), 0, 0)]).Single().Rows;

    private static ChangeRow Change(long number, string text, string? oldObjectId, long? oldFolder) => new()
    {
        MailboxId = MailboxId,
        Number = number,
        Time = text.Length,
        Kind = 4,
        ObjectId = text,
        Folder = -1,
        IsFolder = oldFolder is null,
        EndsRun = oldFolder is not null,
        OldObjectId = oldObjectId,
        OldFolder = oldFolder,
    };

    private static Row[] Insertable(MailboxRows rows) =>
    [
        rows.Mailbox, .. rows.Folders, .. rows.Groups, .. rows.QuickContacts, .. rows.Contacts, .. rows.Memberships, .. rows.Attachments,
        .. rows.Oof,
    ];

    private static FolderRow Folder(long counter, string text, bool isCompleted) => new()
    {
        MailboxId = MailboxId,
        Counter = counter,
        Parent = isCompleted ? long.MaxValue : null,
        FolderClass = isCompleted ? text : null,
        DisplayName = text,
        Properties = text,
        CreationTime = isCompleted ? long.MinValue : null,
        LastModifiedTime = isCompleted ? text.Length : null,
        Version = 2,
    };

    private static ImGroupRow Group(long ordinal, string text, string? smtpAddress) => new()
    {
        MailboxId = MailboxId,
        Ordinal = ordinal,
        EwsId = $"{ordinal} {text}",
        GroupType = text,
        DisplayName = text,
        DisplayNameKey = $"{ordinal} {text}",
        SmtpAddress = smtpAddress,
    };

    /// <summary>Returns rows of every table, in which the text is in every column that may contain it, and integers are large.</summary>
    private static MailboxRows RowsWith(string text, bool isCompleted) => new(
        new MailboxRow
        {
            Id = MailboxId,
            Realm = text,
            SmtpAddress = text,
            SmtpAddressKey = Address.Key,
            MailboxGuid = Guid.Parse("0f8fad5b-d9cb-469f-a165-70867728950e"),
            LastCounter = long.MaxValue,
            ImListMigrationCompleted = isCompleted,
            LogId = long.MinValue,
            LogStart = text.Length,
            LogEnd = long.MaxValue,
            Culture = isCompleted ? text : null,
        },
        [Folder(4, text, isCompleted: false), Folder(long.MaxValue, text, isCompleted: true)],
        [Group(1, text, smtpAddress: null), Group(long.MaxValue, text, text)],
        [QuickContact(2, text, telephone: null), QuickContact(long.MaxValue - 1, text, text)],
        [
            new ContactRow
            {
                MailboxId = MailboxId,
                Ordinal = 3,
                Folder = long.MaxValue,
                EwsId = text,
                PersonaId = text,
                Properties = text,
                CreationTime = long.MinValue,
                LastModifiedTime = text.Length,
                Version = 1,
            },
        ],
        [new MembershipRow { MailboxId = MailboxId, GroupOrdinal = long.MaxValue, ContactOrdinal = 2, Ordinal = text.Length }],
        [Attachment(3, text, contentType: null, content: []), Attachment(long.MaxValue, text, text, Encoding.UTF8.GetBytes("\0" + text))],
        [
            new OofRow
            {
                MailboxId = MailboxId,
                State = 2,
                ExternalAudience = 1,
                StartTime = text.Length,
                EndTime = long.MaxValue,
                InternalReply = text,
                ExternalReply = null,
            },
        ]);

    private static AttachmentRow Attachment(long number, string text, string? contentType, byte[] content) => new()
    {
        MailboxId = MailboxId,
        ContactOrdinal = 2,
        Number = number,
        Name = text,
        ContentType = contentType,
        ContentId = contentType,
        ContentLocation = contentType,
        IsInline = contentType is null,
        IsContactPhoto = contentType is not null,
        LastModifiedTime = text.Length,
        Content = content,
    };

    private static QuickContactRow QuickContact(long ordinal, string text, string? telephone) => new()
    {
        MailboxId = MailboxId,
        Ordinal = ordinal,
        EwsId = $"{ordinal} {text}",
        PersonaId = text,
        ImAddress = text,
        ImAddressKey = $"{ordinal} {text}",
        DisplayName = text,
        CreationTime = text.Length,
        Version = ordinal,
        LastModifiedTime = -1,
        Properties = text,
        TelUriAddress = telephone,
        ImContactSipUriAddress = telephone,
        ImTelephoneNumber = telephone,
    };

    private MailboxRows ReadWithModel()
    {
        using var context = NewContext();
        return new MailboxRows(
            context.Mailboxes.Single(),
            context.Folders.ToList(),
            context.ImGroups.OrderBy(row => row.Ordinal).ToList(),
            context.QuickContacts.OrderBy(row => row.Ordinal).ToList(),
            context.Contacts.ToList(),
            context.Memberships.ToList(),
            context.Attachments.OrderBy(row => row.Number).ToList(),
            context.OofSettings.ToList());
    }

    private MailboxDbContext NewContext() =>
        new(new DbContextOptionsBuilder<MailboxDbContext>().UseSqlite(_database.Connection).Options);
}
