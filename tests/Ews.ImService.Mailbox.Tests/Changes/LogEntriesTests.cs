namespace Ews.ImService.Mailbox.Tests.Changes;

/// <summary>
/// The entries and events that each rule adds to the change log. An event is written as its kind and the name of its object.
/// </summary>
public sealed class LogEntriesTests
{
    private static readonly Guid MailboxGuid = new("d522c10d-78ce-4097-8f59-b71634cdfdda");

    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);
    private MailboxState _mailbox;

    public LogEntriesTests()
    {
        _mailbox = new MailboxState(MailboxGuid, SmtpAddress.Parse("me@contoso.com"));
        Edit(edit => edit.AddSystemGroups());
        foreach (var folder in MailboxFolder.WellKnown)
            _names[folder.Id(MailboxGuid)] = folder.Name ?? folder.DisplayName;
    }

    [Fact]
    public void A_new_group_is_created_and_its_folder_is_modified() =>
        Events(edit => edit.AddImGroup("Team")).Should().Equal("Created Team", "Modified imcontactlist");

    [Fact]
    public void The_changes_of_an_edit_are_combined_for_each_object()
    {
        var crew = AddGroup("Crew");

        Events(edit =>
        {
            var ids = Enumerable.Range(1, 5).Select(number => edit.AddImGroup($"Group {number}").Value!.Id.Value).ToList();
            edit.RemoveImGroup(ids[1]);
            edit.SetImGroup(ids[3], "Group 6");
            edit.SetImGroup(crew, "Group 7");
            edit.SetImGroup(crew, "Group 8");
        }).Should().Equal(
            "Created Group 1", "Created Group 3", "Created Group 6", "Created Group 5", "Modified Group 8", "Modified imcontactlist");
    }

    [Fact]
    public void A_renamed_group_is_modified()
    {
        var team = AddGroup("Team");

        Events(edit => edit.SetImGroup(team, "Crew")).Should().Equal("Modified Crew", "Modified imcontactlist");
    }

    [Fact]
    public void A_removed_group_is_deleted_and_members_of_no_other_group_modify_Other_Contacts()
    {
        var (team, crew) = (AddGroup("Team"), AddGroup("Crew"));
        var anna = AddContact("anna", team);
        Edit(edit => edit.AddImContactToGroup(anna, crew));

        Events(edit => edit.RemoveImGroup(team)).Should().Equal("Deleted Team", "Modified imcontactlist");
        Events(edit => edit.RemoveImGroup(crew)).Should().Equal("Deleted Crew", "Modified Other Contacts", "Modified imcontactlist");
    }

    [Fact]
    public void A_contact_that_leaves_Other_Contacts_modifies_both_groups()
    {
        var (team, crew) = (AddGroup("Team"), AddGroup("Crew"));
        var anna = AddContact("anna", null);

        Events(edit => edit.AddImContactToGroup(anna, team))
            .Should().Equal("Modified Team", "Modified Other Contacts", "Modified imcontactlist");
        Events(edit => edit.AddImContactToGroup(anna, team)).Should().BeEmpty("the contact is a member");
        Events(edit => edit.AddImContactToGroup(anna, crew)).Should().Equal("Modified Crew", "Modified imcontactlist");
    }

    [Theory]
    [InlineData("Team")]
    [InlineData("Other Contacts")]
    public void A_new_IM_contact_is_created_before_its_group_is_modified(string group)
    {
        var id = group == "Team" ? AddGroup("Team") : null;

        Events(edit => edit.AddNewImContactToGroup("anna", null, id))
            .Should().Equal("Created anna", "Modified quickcontacts", $"Modified {group}", "Modified imcontactlist");
        Events(edit => edit.AddNewImContactToGroup("anna", null, id)).Should().BeEmpty("the contact is a member");
    }

    [Fact]
    public void A_removed_IM_contact_modifies_its_groups_before_it_is_deleted()
    {
        var (team, crew) = (AddGroup("Team"), AddGroup("Crew"));
        var anna = AddContact("anna", team);
        Edit(edit => edit.AddImContactToGroup(anna, crew));
        var ben = AddContact("ben", null);

        Events(edit => edit.RemoveContactFromImList(ben))
            .Should().Equal("Modified Other Contacts", "Modified imcontactlist", "Deleted ben", "Modified quickcontacts");
        Events(edit => edit.RemoveImContactFromGroup(anna, team)).Should().Equal("Modified Team", "Modified imcontactlist");
        Events(edit => edit.RemoveContactFromImList(anna))
            .Should().Equal("Modified Crew", "Modified imcontactlist", "Deleted anna", "Modified quickcontacts");
    }

    [Fact]
    public void The_last_removal_from_a_group_is_one_change_of_each_object()
    {
        var team = AddGroup("Team");
        var anna = AddContact("anna", team);

        Events(edit => edit.RemoveImContactFromGroup(anna, team))
            .Should().Equal("Modified Team", "Modified imcontactlist", "Deleted anna", "Modified quickcontacts");
    }

    [Fact]
    public void Contacts_are_created_modified_and_deleted_in_their_folder()
    {
        var id = string.Empty;

        Events(edit => id = Named(edit.CreateContact(ContactProperties.Empty).Value!.Id, "Zoe"))
            .Should().Equal("Created Zoe", "Modified contacts");
        PropertyChange[] changes = [new(ContactPath.DisplayName, ["Zoe"])];
        Events(edit => edit.UpdateItem(id, changes, default)).Should().Equal("Modified Zoe", "Modified contacts");
        Events(edit => edit.DeleteItem(id)).Should().Equal("Deleted Zoe", "Modified contacts");
    }

    [Fact]
    public void Several_changes_in_one_folder_are_followed_by_one_change_of_the_folder()
    {
        Events(edit =>
        {
            Named(edit.CreateContact(ContactProperties.Empty).Value!.Id, "Zoe");
            Named(edit.CreateContact(ContactProperties.Empty).Value!.Id, "Yara");
            edit.AddImGroup("Team");
        }).Should().Equal("Created Zoe", "Created Yara", "Modified contacts", "Created Team", "Modified imcontactlist");
    }

    [Fact]
    public void An_object_that_an_edit_creates_and_deletes_was_not_changed()
    {
        Events(edit => edit.DeleteItem(edit.CreateContact(ContactProperties.Empty).Value!.Id)).Should().BeEmpty();
    }

    [Fact]
    public void A_moved_contact_is_one_move_and_a_copied_one_a_copy()
    {
        var id = string.Empty;
        Edit(edit => id = Named(edit.CreateContact(ContactProperties.Empty).Value!.Id, "Zoe"));

        Events(edit => Named(edit.CopyItem(id, MailboxFolder.DeletedItems).Value!.Id, "Copy"))
            .Should().Equal("Copied Copy", "Modified deleteditems");
        Events(edit => id = Named(edit.MoveItem(id, MailboxFolder.DeletedItems).Value!.Id, "Moved"))
            .Should().Equal("Moved Moved", "Modified contacts", "Modified deleteditems");
        Events(edit => edit.DeleteItem(id)).Should().Equal("Deleted Moved", "Modified deleteditems");
    }

    [Fact]
    public void Folders_are_created_modified_moved_copied_and_deleted_in_their_parents()
    {
        PropertyChange[] named = [new(MailboxEdit.FolderDisplayName, ["Team"])];
        MailboxFolder team = null!;

        Events(edit => team = Named(edit.CreateFolder(MailboxFolder.Contacts, MailboxFolder.ContactClass, named).Value!, "Team"))
            .Should().Equal("Created Team", "Modified contacts");
        Events(edit => team = edit.UpdateFolder(team, [new(MailboxEdit.FolderDisplayName, ["Crew"])]).Value!)
            .Should().Equal("Modified Team", "Modified contacts");
        Events(edit => Named(edit.CopyFolder(team, MailboxFolder.MsgFolderRoot).Value!, "Copy"))
            .Should().Equal("Copied Copy", "Modified msgfolderroot");
        Events(edit => team = edit.MoveFolder(team, MailboxFolder.DeletedItems).Value!)
            .Should().Equal("Moved Team", "Modified contacts", "Modified deleteditems");
        Events(edit => edit.DeleteFolder(team, DeletionType.HardDelete)).Should().Equal("Deleted Team", "Modified deleteditems");
        Events(edit => edit.UpdateFolder(MailboxFolder.Contacts, named)).Should().Equal("Modified contacts", "Modified msgfolderroot");
    }

    [Fact]
    public void The_items_of_a_deleted_folder_have_no_events_and_its_subfolders_have()
    {
        Edit(edit =>
        {
            var team = edit.CreateFolder(
                MailboxFolder.Contacts, MailboxFolder.ContactClass, [new(MailboxEdit.FolderDisplayName, ["Team"])]).Value!;
            var old = edit.CreateFolder(team, MailboxFolder.ContactClass, [new(MailboxEdit.FolderDisplayName, ["Old"])]).Value!;
            edit.CreateContact(ContactProperties.Empty, old);
            Named(team, "Team");
            Named(old, "Old");
        });
        var team = _mailbox.Folders.FindChild(MailboxFolder.Contacts.Counter, "Team")!;

        Events(edit => edit.DeleteFolder(team, DeletionType.HardDelete)).Should().Equal("Deleted Old", "Deleted Team", "Modified contacts");
        _mailbox.Contacts.Should().BeEmpty();
    }

    [Fact]
    public void Settings_of_the_client_and_failed_edits_are_no_changes()
    {
        Events(edit => edit.SetImListMigrationCompleted(true)).Should().BeEmpty();
        Events(edit => edit.AddImGroup("Favorites")).Should().BeEmpty();
    }

    [Fact]
    public void Numbers_continue_and_events_after_any_position_are_complete()
    {
        var entries = new List<LogEntry>();
        for (var i = 0; i < 4; i++)
            entries.AddRange(Edit(edit => edit.AddNewImContactToGroup($"c{i}", null, null)));

        var all = MailboxEvent.From(_mailbox, entries, after: 0).ToList();

        all.Select(one => one.Number).Should().Equal(Enumerable.Range(1, 16).Select(number => (long)number + 3 + 1));
        _mailbox.Log.End.Should().Be(all[^1].Number);
        foreach (var (index, one) in all.Index())
        {
            var read = entries.Where(entry => entry.Number > one.Number - LogEntry.MaxFolderChanges);
            MailboxEvent.From(_mailbox, read, one.Number).Should().Equal(all.Skip(index + 1));
        }
    }

    [Fact]
    public void A_move_is_followed_by_changes_of_both_folders()
    {
        var moved = new LogEntry(7, DateTime.UtcNow, ChangeKind.Moved, "new", MailboxFolder.Contacts.Counter)
        {
            EndsRun = true,
            OldObjectId = "old",
            OldFolder = MailboxFolder.QuickContacts.Counter,
        };

        var events = MailboxEvent.From(_mailbox, [moved], after: 0).ToList();

        events.Select(one => one.Number).Should().Equal(7, 8, moved.LastNumber);
        events.Select(one => one.ChangedFolder).Should()
            .Equal(null, MailboxFolder.QuickContacts.Counter, MailboxFolder.Contacts.Counter);
        events[0].Should().BeEquivalentTo(new
        {
            ObjectId = "new",
            OldObjectId = "old",
            Folder = MailboxFolder.Contacts.Counter,
            OldFolder = MailboxFolder.QuickContacts.Counter,
        });
        events[0].Concerns(MailboxFolder.QuickContacts).Should().BeTrue();
        events[0].Concerns(MailboxFolder.Contacts).Should().BeTrue();
        events[0].Concerns(MailboxFolder.ImContactList).Should().BeFalse();
    }

    private string AddGroup(string name)
    {
        Edit(edit => edit.AddImGroup(name));
        return _mailbox.Groups.Values.Single(group => group.DisplayName == name).Id.Value;
    }

    private string AddContact(string imAddress, string? groupId)
    {
        Edit(edit => edit.AddNewImContactToGroup(imAddress, null, groupId));
        return _mailbox.FindImContact(imAddress)!.Id.Value;
    }

    private string Named(string id, string name)
    {
        _names[id] = name;
        return id;
    }

    private MailboxFolder Named(MailboxFolder folder, string name)
    {
        Named(folder.Id(MailboxGuid), name);
        return folder;
    }

    private List<string> Events(Action<MailboxEdit> rule)
    {
        var entries = Edit(rule);
        return MailboxEvent.From(_mailbox, entries, after: 0).Select(one => $"{one.Kind} {_names[one.ObjectId]}").ToList();
    }

    /// <summary>Runs a rule as the store does, and returns the entries.</summary>
    private IReadOnlyList<LogEntry> Edit(Action<MailboxEdit> rule)
    {
        var edit = new MailboxEdit(_mailbox, new MailboxLimits(), TimeProvider.System, _ => Guid.NewGuid());
        rule(edit);
        var entries = edit.ToLogEntries();
        _mailbox = entries.Count == 0 ? edit.State : edit.State with { Log = edit.State.Log with { End = entries[^1].LastNumber } };
        foreach (var group in _mailbox.Groups.Values)
            _names[group.Id.Value] = group.DisplayName;
        foreach (var contact in _mailbox.ImContacts)
            _names[contact.Id.Value] = contact.ImAddress!;
        return entries;
    }
}
