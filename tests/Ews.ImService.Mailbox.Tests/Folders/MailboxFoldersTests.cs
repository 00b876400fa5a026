namespace Ews.ImService.Mailbox.Tests.Folders;

public sealed class MailboxFoldersTests
{
    private static readonly Guid MailboxGuid = new("d522c10d-78ce-4097-8f59-b71634cdfdda");

    [Fact]
    public void Well_known_folders_have_unique_numbers_and_names_and_follow_their_parents()
    {
        var all = MailboxFolder.WellKnown;

        all.Select(folder => folder.Counter).Should().OnlyHaveUniqueItems();
        all.Where(folder => folder.Name is not null).Select(folder => folder.Name).Should().OnlyHaveUniqueItems();
        all.Should().AllSatisfy(folder => folder.IsWellKnown.Should().BeTrue());
        for (var i = 1; i < all.Length; i++)
            all.Take(i).Select(folder => folder.Counter).Should().Contain(all[i].Parent!.Value, all[i].DisplayName);
    }

    [Fact]
    public void Names_are_unique_in_each_parent_and_language()
    {
        foreach (var culture in new[] { null, "de", "fr", "es", "ja" })
        {
            MailboxFolders.Default.WithCulture(culture).All.Select(folder => (folder.Parent, folder.DisplayName.ToUpperInvariant()))
                .Should().OnlyHaveUniqueItems(culture);
        }
    }

    [Fact]
    public void A_folder_is_found_by_its_id_in_its_own_mailbox_only()
    {
        var folders = MailboxFolders.Default;

        foreach (var folder in folders.All)
            folders.FindById(folder.Id(MailboxGuid), MailboxGuid).Should().Be(folder);
        folders.FindById(MailboxFolder.Contacts.Id(Guid.NewGuid()), MailboxGuid).Should().BeNull();
        folders.FindById(StoreId.ForItem(MailboxGuid, MailboxFolder.Contacts, 1), MailboxGuid).Should().BeNull();
        folders.FindById("contacts", MailboxGuid).Should().BeNull();
    }

    [Fact]
    public void A_changed_folder_replaces_the_well_known_one()
    {
        var folders = MailboxFolders.Default.With(MailboxFolder.Contacts with { DisplayName = "A" });

        folders = folders.With(folders[MailboxFolder.Contacts.Counter] with { DisplayName = "B" });

        folders.Named("contacts")!.DisplayName.Should().Be("B");
        folders.All.Count(folder => folder == MailboxFolder.Contacts).Should().Be(1);
        folders.WithCulture("de").Named("contacts")!.DisplayName.Should().Be("B");
    }

    [Theory]
    [InlineData("Team", "contacts/Team")]
    [InlineData("A/B~C", "contacts/A~1B~0C")]
    [InlineData("~1", "contacts/~01")]
    public void A_path_identifies_a_folder_whatever_its_name_contains(string name, string path)
    {
        var folder = new MailboxFolder((1L << 46) + 1, MailboxFolder.Contacts.Counter, "IPF.Contact", name);
        var folders = MailboxFolders.Default.With(folder);

        FolderPath.Of(folders, folder).Should().Be(path);
        FolderPath.Find(folders, path).Should().Be(folder);
        FolderPath.Find(folders, path + "/x").Should().BeNull();
        FolderPath.Find(folders, "nowhere").Should().BeNull();
    }

    [Theory]
    [InlineData("IPF.Contact", true)]
    [InlineData("ipf.contact.contoso", true)]
    [InlineData("IPF.Contacts", false)]
    [InlineData("IPF.Note", false)]
    [InlineData(null, false)]
    public void The_class_determines_whether_a_folder_is_for_contacts(string? folderClass, bool isContactsFolder) =>
        (MailboxFolder.Contacts with { FolderClass = folderClass }).IsContactsFolder.Should().Be(isContactsFolder);
}
