namespace Ews.ImService.Mailbox.Tests;

public sealed class MailboxEditTests
{
    private static readonly Guid MailboxGuid = new("d522c10d-78ce-4097-8f59-b71634cdfdda");

    private MailboxState _mailbox = NewMailbox();

    [Fact]
    public void A_new_mailbox_contains_the_system_groups()
    {
        _mailbox.Groups.Values.OrderBy(group => group.Ordinal).Select(group => (group.Type, group.DisplayName))
            .Should().Equal(MailboxState.SystemGroups);
    }

    [Fact]
    public void A_new_item_skips_ordinals_whose_id_another_item_has()
    {
        var ids = Enumerable.Range(1, 3).Select(next => IdAfter(next)).ToList();
        foreach (var (index, id) in ids.Take(2).Index())
            _mailbox = _mailbox.Apply(new MailboxChange.GroupAdded(new ImGroup(
                new ImGroupId(id), GroupType.UserGroup, $"Seeded {index}", _mailbox.Groups.Values.Max(group => group.Ordinal))));

        var group = Do(edit => edit.AddImGroup("Team")).Value!;

        group.Id.Value.Should().Be(ids[2]);
        _mailbox.LastCounter.Should().Be(group.Ordinal);
        Do(edit => edit.AddNewImContactToGroup("a@contoso.com", null, group.Id.Value)).Succeeded.Should().BeTrue();

        string IdAfter(int next) => StoreId.ForItem(MailboxGuid, MailboxFolder.ImContactList, _mailbox.LastCounter + next);
    }

    [Fact]
    public void Renaming_a_group_keeps_its_id()
    {
        var group = Do(edit => edit.AddImGroup("  ~!@#$%^& ")).Value!;

        Do(edit => edit.SetImGroup(group.Id.Value, "Team")).Error.Should().BeNull();

        group.DisplayName.Should().Be("  ~!@#$%^& ");
        _mailbox.Groups[group.Id].DisplayName.Should().Be("Team");
    }

    [Theory]
    [InlineData("Team")]
    [InlineData("TEAM")]
    [InlineData("Other Contacts")]
    [InlineData("favorites")]
    public void Adding_a_group_with_an_existing_name_in_any_case_fails(string name)
    {
        Do(edit => edit.AddImGroup("Team"));

        Do(edit => edit.AddImGroup(name)).Error.Should().Be(EwsError.ImGroupDisplayNameAlreadyExists);
    }

    [Fact]
    public void Renaming_a_group_to_its_own_name_fails()
    {
        var group = Do(edit => edit.AddImGroup("Team")).Value!;

        Do(edit => edit.SetImGroup(group.Id.Value, "team")).Error.Should().Be(EwsError.ImGroupDisplayNameAlreadyExists);
    }

    [Fact]
    public void The_former_name_of_a_renamed_group_can_be_used_again()
    {
        var group = Do(edit => edit.AddImGroup("Team")).Value!;
        Do(edit => edit.SetImGroup(group.Id.Value, "Crew"));

        Do(edit => edit.AddImGroup("Team")).Succeeded.Should().BeTrue();
    }

    [Fact]
    public void Adding_a_group_beyond_the_limit_fails_after_the_check_of_the_name()
    {
        var limits = new MailboxLimits(MaxGroups: 2);
        Do(edit => edit.AddImGroup("One"), limits);
        Do(edit => edit.AddImGroup("Two"), limits);

        Do(edit => edit.AddImGroup("Three"), limits).Error.Should().Be(EwsError.ImGroupLimitReached);
        Do(edit => edit.AddImGroup("two"), limits).Error.Should().Be(EwsError.ImGroupDisplayNameAlreadyExists);
    }

    [Fact]
    public void Adding_a_contact_beyond_the_limit_fails_unless_its_address_exists()
    {
        var limits = new MailboxLimits(MaxContacts: 1);
        Do(edit => edit.AddNewImContactToGroup("a@contoso.com", null, null), limits);

        Do(edit => edit.AddNewImContactToGroup("b@contoso.com", null, null), limits).Error.Should().Be(EwsError.ImContactLimitReached);
        Do(edit => edit.AddNewImContactToGroup("SIP:A@contoso.com ", null, null), limits).Succeeded.Should().BeTrue();
    }

    [Fact]
    public void Adding_an_existing_address_returns_the_contact_with_its_first_name()
    {
        var team = Do(edit => edit.AddImGroup("Team")).Value!;
        var first = Do(edit => edit.AddNewImContactToGroup("tsmith@contoso.com", "Tony Smith", null)).Value!;

        var second = Do(edit => edit.AddNewImContactToGroup("sip:TSmith@contoso.com", "Another", team.Id.Value)).Value!;

        second.Should().BeEquivalentTo(first, options => options.Excluding(contact => contact.ImListEntry));
        second.ImListEntry!.Groups.Should().Equal(team.Id);
    }

    [Fact]
    public void A_contact_is_a_member_of_Other_Contacts_until_it_is_added_to_a_group()
    {
        var team = Do(edit => edit.AddImGroup("Team")).Value!;
        var contact = Do(edit => edit.AddNewImContactToGroup("a@contoso.com", null, null)).Value!;
        var other = Group(GroupType.OtherContacts);
        MailboxState.IsMember(other, contact).Should().BeTrue();

        Do(edit => edit.AddImContactToGroup(contact.Id.Value, team.Id.Value));

        _mailbox.MembersOf(other).Should().BeEmpty();
        _mailbox.MembersOf(_mailbox.Groups[team.Id]).Select(member => member.Id).Should().Equal(contact.Id);
    }

    [Fact]
    public void Removing_a_contact_from_its_last_group_removes_it_from_the_list()
    {
        var one = Do(edit => edit.AddImGroup("One")).Value!.Id.Value;
        var two = Do(edit => edit.AddImGroup("Two")).Value!.Id.Value;
        var contact = Do(edit => edit.AddNewImContactToGroup("a@contoso.com", null, one)).Value!.Id;
        Do(edit => edit.AddImContactToGroup(contact.Value, two));

        Do(edit => edit.RemoveImContactFromGroup(contact.Value, one)).Succeeded.Should().BeTrue();
        _mailbox.Contacts.Should().ContainKey(contact);

        Do(edit => edit.RemoveImContactFromGroup(contact.Value, two)).Succeeded.Should().BeTrue();
        _mailbox.ImContacts.Should().BeEmpty();
        Do(edit => edit.RemoveImContactFromGroup(contact.Value, two)).Error.Should().Be(EwsError.InvalidImContactId);
    }

    [Fact]
    public void The_id_of_a_removed_contact_is_not_reused()
    {
        var group = Do(edit => edit.AddImGroup("One")).Value!.Id.Value;
        var first = Do(edit => edit.AddNewImContactToGroup("a@contoso.com", null, group)).Value!.Id;
        Do(edit => edit.RemoveImContactFromGroup(first.Value, group));

        Do(edit => edit.AddNewImContactToGroup("a@contoso.com", null, group)).Value!.Id.Should().NotBe(first);
    }

    [Fact]
    public void A_failed_operation_changes_nothing()
    {
        var edit = new MailboxEdit(_mailbox, new MailboxLimits(), TimeProvider.System, _ => Guid.NewGuid());

        edit.AddNewImContactToGroup("a@contoso.com", null, "nonsense").Error.Should().Be(EwsError.InvalidIdMalformed);

        edit.Changes.Should().BeEmpty();
        edit.State.Should().BeSameAs(_mailbox);
    }

    private static MailboxState NewMailbox()
    {
        var edit = new MailboxEdit(
            new MailboxState(MailboxGuid, SmtpAddress.Parse("me@contoso.com")),
            new MailboxLimits(),
            TimeProvider.System,
            _ => Guid.NewGuid());
        edit.AddSystemGroups();
        return edit.State;
    }

    private ImGroup Group(string type) => _mailbox.Groups.Values.Single(group => group.Type == type);

    private EwsResult<T> Do<T>(Func<MailboxEdit, EwsResult<T>> rule, MailboxLimits? limits = null)
    {
        var edit = new MailboxEdit(_mailbox, limits ?? new MailboxLimits(), TimeProvider.System, _ => Guid.NewGuid());
        var result = rule(edit);
        _mailbox = edit.State;
        return result;
    }
}
