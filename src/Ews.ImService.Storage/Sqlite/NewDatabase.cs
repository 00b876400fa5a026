namespace Ews.ImService.Storage.Sqlite;

/// <summary>The tables of a new database, as the migrations create them, without loading EF Core.</summary>
/// <remarks>A test compares them with the result of the migrations, and the history with the list of migrations.</remarks>
internal static class NewDatabase
{
    /// <summary>The migrations, each of which increases the schema version by one.</summary>
    public static readonly IReadOnlyList<string> Migrations =
    [
        "20261121000000_InitialSchema", "20261121000001_UnifiedContactStore", "20261121000002_Realms", "20261121000003_ChangeLog",
        "20261121000004_AttachmentsAndOofSettings", "20261121000005_Folders",
    ];

    public const string Schema = """
        BEGIN IMMEDIATE;

        CREATE TABLE Mailboxes (
            Id INTEGER NOT NULL CONSTRAINT PK_Mailboxes PRIMARY KEY,
            Realm TEXT NOT NULL,
            SmtpAddress TEXT NOT NULL,
            SmtpAddressKey TEXT NOT NULL,
            MailboxGuid TEXT NOT NULL,
            LastCounter INTEGER NOT NULL,
            ImListMigrationCompleted INTEGER NOT NULL,
            LogId INTEGER NOT NULL,
            LogStart INTEGER NOT NULL,
            LogEnd INTEGER NOT NULL,
            Culture TEXT NULL
        );
        CREATE UNIQUE INDEX IX_Mailboxes_Realm_SmtpAddressKey ON Mailboxes (Realm, SmtpAddressKey);
        CREATE UNIQUE INDEX IX_Mailboxes_Realm_MailboxGuid ON Mailboxes (Realm, MailboxGuid);

        CREATE TABLE Folders (
            MailboxId INTEGER NOT NULL,
            Counter INTEGER NOT NULL,
            Parent INTEGER NULL,
            FolderClass TEXT NULL,
            DisplayName TEXT NOT NULL,
            Properties TEXT NOT NULL,
            CreationTime INTEGER NULL,
            LastModifiedTime INTEGER NULL,
            Version INTEGER NOT NULL,
            CONSTRAINT PK_Folders PRIMARY KEY (MailboxId, Counter),
            CONSTRAINT FK_Folders_Mailboxes_MailboxId FOREIGN KEY (MailboxId) REFERENCES Mailboxes (Id) ON DELETE CASCADE
        );

        CREATE TABLE ImGroups (
            MailboxId INTEGER NOT NULL,
            Ordinal INTEGER NOT NULL,
            EwsId TEXT NOT NULL,
            GroupType TEXT NOT NULL,
            DisplayName TEXT NOT NULL,
            DisplayNameKey TEXT NOT NULL,
            SmtpAddress TEXT NULL,
            CONSTRAINT PK_ImGroups PRIMARY KEY (MailboxId, Ordinal),
            CONSTRAINT FK_ImGroups_Mailboxes_MailboxId FOREIGN KEY (MailboxId) REFERENCES Mailboxes (Id) ON DELETE CASCADE
        );
        CREATE UNIQUE INDEX IX_ImGroups_MailboxId_EwsId ON ImGroups (MailboxId, EwsId);
        CREATE UNIQUE INDEX IX_ImGroups_MailboxId_DisplayNameKey ON ImGroups (MailboxId, DisplayNameKey);

        CREATE TABLE QuickContacts (
            MailboxId INTEGER NOT NULL,
            Ordinal INTEGER NOT NULL,
            EwsId TEXT NOT NULL,
            PersonaId TEXT NOT NULL,
            ImAddress TEXT NOT NULL,
            ImAddressKey TEXT NOT NULL,
            DisplayName TEXT NOT NULL,
            CreationTime INTEGER NOT NULL,
            Version INTEGER NOT NULL,
            LastModifiedTime INTEGER NOT NULL,
            Properties TEXT NOT NULL,
            TelUriAddress TEXT NULL,
            ImContactSipUriAddress TEXT NULL,
            ImTelephoneNumber TEXT NULL,
            CONSTRAINT PK_QuickContacts PRIMARY KEY (MailboxId, Ordinal),
            CONSTRAINT FK_QuickContacts_Mailboxes_MailboxId FOREIGN KEY (MailboxId) REFERENCES Mailboxes (Id) ON DELETE CASCADE
        );
        CREATE UNIQUE INDEX IX_QuickContacts_MailboxId_EwsId ON QuickContacts (MailboxId, EwsId);
        CREATE UNIQUE INDEX IX_QuickContacts_MailboxId_ImAddressKey ON QuickContacts (MailboxId, ImAddressKey);

        CREATE TABLE Contacts (
            MailboxId INTEGER NOT NULL,
            Ordinal INTEGER NOT NULL,
            EwsId TEXT NOT NULL,
            PersonaId TEXT NOT NULL,
            Properties TEXT NOT NULL,
            CreationTime INTEGER NOT NULL,
            LastModifiedTime INTEGER NOT NULL,
            Version INTEGER NOT NULL,
            Folder INTEGER NOT NULL,
            CONSTRAINT PK_Contacts PRIMARY KEY (MailboxId, Ordinal),
            CONSTRAINT FK_Contacts_Mailboxes_MailboxId FOREIGN KEY (MailboxId) REFERENCES Mailboxes (Id) ON DELETE CASCADE
        );
        CREATE UNIQUE INDEX IX_Contacts_MailboxId_EwsId ON Contacts (MailboxId, EwsId);

        CREATE TABLE Memberships (
            MailboxId INTEGER NOT NULL,
            GroupOrdinal INTEGER NOT NULL,
            ContactOrdinal INTEGER NOT NULL,
            Ordinal INTEGER NOT NULL,
            CONSTRAINT PK_Memberships PRIMARY KEY (MailboxId, GroupOrdinal, ContactOrdinal),
            CONSTRAINT FK_Memberships_ImGroups_MailboxId_GroupOrdinal FOREIGN KEY (MailboxId, GroupOrdinal)
                REFERENCES ImGroups (MailboxId, Ordinal) ON DELETE CASCADE,
            CONSTRAINT FK_Memberships_QuickContacts_MailboxId_ContactOrdinal FOREIGN KEY (MailboxId, ContactOrdinal)
                REFERENCES QuickContacts (MailboxId, Ordinal) ON DELETE CASCADE
        );
        CREATE INDEX IX_Memberships_MailboxId_ContactOrdinal ON Memberships (MailboxId, ContactOrdinal);

        CREATE TABLE Changes (
            MailboxId INTEGER NOT NULL,
            Number INTEGER NOT NULL,
            Time INTEGER NOT NULL,
            Kind INTEGER NOT NULL,
            ObjectId TEXT NOT NULL,
            Folder INTEGER NOT NULL,
            IsFolder INTEGER NOT NULL,
            EndsRun INTEGER NOT NULL,
            OldObjectId TEXT NULL,
            OldFolder INTEGER NULL,
            CONSTRAINT PK_Changes PRIMARY KEY (MailboxId, Number),
            CONSTRAINT FK_Changes_Mailboxes_MailboxId FOREIGN KEY (MailboxId) REFERENCES Mailboxes (Id) ON DELETE CASCADE
        );

        CREATE TABLE Attachments (
            MailboxId INTEGER NOT NULL,
            ContactOrdinal INTEGER NOT NULL,
            Number INTEGER NOT NULL,
            Name TEXT NOT NULL,
            ContentType TEXT NULL,
            ContentId TEXT NULL,
            ContentLocation TEXT NULL,
            IsInline INTEGER NOT NULL,
            IsContactPhoto INTEGER NOT NULL,
            LastModifiedTime INTEGER NOT NULL,
            Content BLOB NOT NULL,
            CONSTRAINT PK_Attachments PRIMARY KEY (MailboxId, ContactOrdinal, Number),
            CONSTRAINT FK_Attachments_Mailboxes_MailboxId FOREIGN KEY (MailboxId) REFERENCES Mailboxes (Id) ON DELETE CASCADE
        );

        CREATE TABLE OofSettings (
            MailboxId INTEGER NOT NULL CONSTRAINT PK_OofSettings PRIMARY KEY,
            State INTEGER NOT NULL,
            ExternalAudience INTEGER NOT NULL,
            StartTime INTEGER NOT NULL,
            EndTime INTEGER NOT NULL,
            InternalReply TEXT NULL,
            ExternalReply TEXT NULL,
            CONSTRAINT FK_OofSettings_Mailboxes_MailboxId FOREIGN KEY (MailboxId) REFERENCES Mailboxes (Id) ON DELETE CASCADE
        );

        -- Created on its own by EF Core, so it may exist if an earlier start was interrupted.
        CREATE TABLE IF NOT EXISTS __EFMigrationsHistory (
            MigrationId TEXT NOT NULL CONSTRAINT PK___EFMigrationsHistory PRIMARY KEY,
            ProductVersion TEXT NOT NULL
        );
        INSERT INTO __EFMigrationsHistory (MigrationId, ProductVersion) VALUES
            ('20261121000000_InitialSchema', '10.0.14'),
            ('20261121000001_UnifiedContactStore', '10.0.14'),
            ('20261121000002_Realms', '10.0.14'),
            ('20261121000003_ChangeLog', '10.0.14'),
            ('20261121000004_AttachmentsAndOofSettings', '10.0.14'),
            ('20261121000005_Folders', '10.0.14');
        PRAGMA user_version = 6;

        COMMIT;
        """;
}
