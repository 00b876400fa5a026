using System.Collections.Immutable;

namespace Ews.ImService.Mailbox.Tests.Import;

public sealed class MailboxImporterTests
{
    private static readonly Guid MailboxGuid = new("d522c10d-78ce-4097-8f59-b7a1c0ffee01");

    [Fact]
    public void An_empty_description_creates_the_system_groups()
    {
        var mailbox = Import(new MailboxDescription()).Mailbox;

        mailbox.SmtpAddress.Value.Should().Be("me@contoso.com");
        mailbox.MailboxGuid.Should().Be(new Guid(0, 0, 0, new byte[8]));
        mailbox.OrderedGroups.Select(group => group.DisplayName).Should().Equal("Other Contacts", "Tagged", "Favorites");
        mailbox.ImListMigrationCompleted.Should().BeFalse();
    }

    [Fact]
    public void A_full_description_creates_what_it_describes()
    {
        var created = new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc);
        var mailbox = Import(new MailboxDescription
        {
            MailboxGuid = MailboxGuid,
            LastCounter = 100,
            ImListMigrationCompleted = true,
            Groups =
            [
                new() { DisplayName = "Team", Id = "team", Ordinal = 7, Members = [new() { Contact = "anna@contoso.com", Ordinal = 9 }] },
            ],
            ImContacts =
            [
                new()
                {
                    ImAddress = "sip:anna@contoso.com",
                    DisplayName = "Anna",
                    Id = "anna",
                    PersonaId = "anna's persona",
                    Ordinal = 8,
                    Version = 3,
                    CreationTime = created,
                    LastModifiedTime = created.AddHours(1),
                    Properties = Properties("contacts:Birthday", "1990-02-03T01:00:00+01:00"),
                },
            ],
        }).Mailbox;

        mailbox.MailboxGuid.Should().Be(MailboxGuid);
        mailbox.ImListMigrationCompleted.Should().BeTrue();
        mailbox.LastCounter.Should().BeGreaterThan(100, "missing system groups continue after the last counter");
        var anna = mailbox.Contacts[new ContactId("anna")];
        anna.Should().BeEquivalentTo(new
        {
            IsImContact = true,
            ImAddress = "sip:anna@contoso.com",
            DisplayName = "Anna",
            PersonaId = new PersonaId("anna's persona"),
            Ordinal = 8,
            Version = 3,
            CreationTime = created,
            LastModifiedTime = created.AddHours(1),
        });
        anna.Properties["contacts:Birthday"].Should().Be("1990-02-03T00:00:00Z");
        anna.Properties[ContactPath.EmailAddress1].Should().Be("anna@contoso.com");
        mailbox.Groups[new ImGroupId("team")].Members.Should().ContainSingle().Which.Should().Be(KeyValuePair.Create(anna.Id, 9L));
    }

    [Fact]
    public void Omitted_ordinals_continue_after_the_last_counter()
    {
        var mailbox = Import(new MailboxDescription
        {
            LastCounter = 20,
            ImContacts = [new() { ImAddress = "anna@contoso.com" }, new() { ImAddress = "ben@contoso.com" }],
        }).Mailbox;

        mailbox.OrderedGroups.Select(group => group.Ordinal).Should().Equal(21, 22, 23);
        mailbox.ImContacts.Select(contact => contact.Ordinal).Should().Equal(24, 25);
        mailbox.LastCounter.Should().Be(25);
    }

    [Fact]
    public void A_member_that_is_not_described_becomes_an_im_contact()
    {
        var mailbox = Import(new MailboxDescription
        {
            Groups = [new() { DisplayName = "Team", Members = [new() { Contact = "anna@contoso.com" }] }],
        }).Mailbox;

        var team = mailbox.Groups.Values.Single(group => group.DisplayName == "Team");
        mailbox.MembersOf(team).Should().ContainSingle().Which.DisplayName.Should().Be("anna@contoso.com");
    }

    [Fact]
    public void A_phone_contact_is_a_member_by_its_tel_uri()
    {
        var mailbox = Import(new MailboxDescription
        {
            Groups = [new() { DisplayName = "Team", Members = [new() { TelUri = "tel:+1-555" }] }],
            ImContacts = [new() { TelUri = new TelUriContact("tel:+1555", "sip:555@contoso.com", "555") }],
        }).Mailbox;

        var contact = mailbox.ImContacts.Single();
        contact.DisplayName.Should().Be("555");
        contact.ImListEntry!.Groups.Should().ContainSingle();
    }

    [Fact]
    public void A_property_without_values_deletes_a_derived_property()
    {
        var mailbox = Import(new MailboxDescription
        {
            ImContacts = [new() { ImAddress = "anna@contoso.com", Properties = Properties(ContactPath.EmailAddress1) }],
        }).Mailbox;

        mailbox.ImContacts.Single().Properties[ContactPath.EmailAddress1].Should().BeNull();
    }

    [Fact]
    public void All_violations_are_returned()
    {
        var result = Import(new MailboxDescription
        {
            SmtpAddress = "me",
            Groups = [new() { DisplayName = "One", Ordinal = 9 }, new() { DisplayName = "one", Ordinal = 9 }],
            Contacts = [new() { Version = 0, Properties = Properties("contcts:GivenName", "Anna") }],
        });

        result.Violations.Should().BeEquivalentTo(new ImportViolation[]
        {
            new("smtpAddress", "must be a valid SMTP address, but is 'me'"),
            new("groups[1].ordinal", "must be unique, but another object has the ordinal 9"),
            new("groups[1].displayName", "must be unique, but another group has the name 'one'"),
            new("contacts[0].version", "must be an integer from 1 to 2147483647, but is 0"),
            new(
                "contacts[0].properties['contcts:GivenName']",
                "is not a property that can be set on contacts; did you mean 'contacts:GivenName'?"),
        });
    }

    [Theory]
    [InlineData("contacts:EmailAddress1", "; did you mean 'contacts:EmailAddress:EmailAddress1'?")]
    [InlineData("mobilePhone", "; did you mean 'contacts:PhoneNumber:MobilePhone'?")]
    [InlineData("contacts:Unknown", "")]
    [InlineData("contacts:", "")]
    public void An_unknown_property_is_rejected_with_the_property_of_the_same_name(string path, string question)
    {
        var result = Import(new MailboxDescription { Contacts = [new() { Properties = Properties(path, "x") }] });

        result.Violations.Should().Equal(
            new ImportViolation($"contacts[0].properties['{path}']", $"is not a property that can be set on contacts{question}"));
    }

    [Fact]
    public void A_MAPI_property_of_EWS_is_stored_by_its_path_and_prevails_over_it()
    {
        var result = Import(new MailboxDescription
        {
            Contacts =
            [
                new()
                {
                    Properties = new Dictionary<string, ImmutableArray<string>>
                    {
                        ["extended:0x3a06:String"] = ["Extended"],
                        ["contacts:GivenName"] = ["Plain"],
                        ["extended:0x0017:Integer"] = ["2"],
                        ["extended:0x6001:String"] = ["other"],
                    },
                },
            ],
        });

        result.Violations.Should().BeEmpty();
        result.Mailbox.Contacts.Values.Single().Properties.All.Select(pair => (pair.Key, pair.Value.Single())).Should().BeEquivalentTo(
            [("contacts:GivenName", "Extended"), ("item:Importance", "High"), ("extended:0x6001:String", "other")]);
    }

    [Theory]
    [InlineData("item:Subject")]
    [InlineData("extended:0x0037:String")]
    public void A_text_above_its_limit_is_rejected(string path)
    {
        var result = Import(new MailboxDescription { Contacts = [new() { Properties = Properties(path, new string('a', 256)) }] });

        result.Violations.Should().Equal(
            new ImportViolation($"contacts[0].properties['{path}']", "must have at most 255 characters, but has 256"));
    }

    [Theory]
    [InlineData("extended:0x0017:Integer", "9", "must be a value of the type Integer that is valid for item:Importance, but is '9'")]
    [InlineData("extended:0x0017:Integer", "x", "must be a value of the type Integer that is valid for item:Importance, but is 'x'")]
    [InlineData("extended:0x0fff:Binary", "AQ==", "is not a property that can be set on contacts")]
    [InlineData("extended:0x3a06:Integer", "1", "is not a property that can be set on contacts")]
    public void An_invalid_MAPI_property_is_rejected(string path, string value, string message)
    {
        var result = Import(new MailboxDescription { Contacts = [new() { Properties = Properties(path, value) }] });

        result.Violations.Should().Equal(new ImportViolation($"contacts[0].properties['{path}']", message));
    }

    public static TheoryData<GroupDescription, string, string> InvalidGroups => new()
    {
        { new() { DisplayName = "" }, "displayName", "is missing" },
        { new() { DisplayName = "tagged" }, "displayName", "must be unique, but another group has the name 'tagged'" },
        {
            new() { DisplayName = "Fav", Type = GroupType.Favorites },
            "displayName", "must be 'Favorites' for this system group, but is 'Fav'"
        },
        { new() { DisplayName = "All", Type = GroupType.DistributionGroup }, "smtpAddress", "is missing" },
        {
            new() { DisplayName = "All", Type = GroupType.DistributionGroup, SmtpAddress = "all" },
            "smtpAddress", "must be a valid SMTP address, but is 'all'"
        },
        {
            new() { DisplayName = "Team", SmtpAddress = "team@contoso.com" },
            "smtpAddress", "must not be specified for this type of group, but is 'team@contoso.com'"
        },
        { new() { DisplayName = "Team", Ordinal = -1 }, "ordinal", "must be an integer from 0 to 70368744177664, but is -1" },
        { new() { DisplayName = "Team", Members = [new()] }, "members[0]", "must specify the address or the tel URI of an IM contact" },
        {
            new() { DisplayName = "Team", Members = [new() { TelUri = "tel:1" }] },
            "members[0].telUri", "must be the tel URI of an IM contact, but is 'tel:1'"
        },
        {
            new() { DisplayName = "Team", Members = [new() { Contact = "a@contoso.com" }, new() { Contact = "sip:A@contoso.com" }] },
            "members[1]", "must be listed once, but is already a member of the group"
        },
        {
            new() { DisplayName = "Other Contacts", Type = GroupType.OtherContacts, Members = [new() { Contact = "a@contoso.com" }] },
            "members[0]", "must not be specified: the members of Other Contacts are the IM contacts in no other group"
        },
    };

    [Theory]
    [MemberData(nameof(InvalidGroups))]
    public void A_group_that_violates_a_rule_is_rejected(GroupDescription group, string path, string message)
    {
        var result = Import(new MailboxDescription { Groups = [group] });

        result.Violations.Should().Equal(new ImportViolation($"groups[0].{path}", message));
    }

    public static TheoryData<ContactDescription, string, string> InvalidImContacts => new()
    {
        { new(), ".imAddress", "is missing; an IM contact must have an IM address or a tel URI" },
        { new() { ImAddress = "b@contoso.com", DisplayName = "" }, ".displayName", "must not be empty" },
        { new() { ImAddress = "SIP:A@contoso.com" }, "", "must have a unique address, but another IM contact has the same one" },
        { new() { ImAddress = "b@contoso.com", Id = "anna" }, ".id", "must be unique, but another object has the id 'anna'" },
        { new() { ImAddress = "b@contoso.com", PersonaId = "anna" }, ".personaId", "must be unique, but another object has the id 'anna'" },
        {
            new() { ImAddress = "b@contoso.com", Properties = Properties(ContactPath.DisplayName) },
            ".properties['contacts:DisplayName']", "must not be deleted or empty for an IM contact"
        },
        {
            new() { ImAddress = "b@contoso.com", Properties = Properties(ContactPath.ImAddress1, "c@contoso.com") },
            ".imAddress", "must equal contacts:ImAddress:ImAddress1, which is 'c@contoso.com', but is 'b@contoso.com'"
        },
        {
            new() { ImAddress = "b@contoso.com", Properties = Properties("item:Importance", "urgent") },
            ".properties['item:Importance']", "must be Low, Normal or High, but is 'urgent'"
        },
    };

    [Theory]
    [MemberData(nameof(InvalidImContacts))]
    public void An_im_contact_that_violates_a_rule_is_rejected(ContactDescription contact, string path, string message)
    {
        var first = new ContactDescription { ImAddress = "a@contoso.com", Id = "anna" };

        var result = Import(new MailboxDescription { ImContacts = [first, contact] });

        result.Violations.Should().Equal(new ImportViolation("imContacts[1]" + path, message));
        result.Mailbox.ImContacts.Should().Contain(imContact => imContact.Id == new ContactId("anna"));
    }

    [Fact]
    public void An_im_address_cannot_be_combined_with_a_tel_uri()
    {
        var result = Import(new MailboxDescription
        {
            Groups = [new() { DisplayName = "Team", Members = [new() { TelUri = "tel:1", Contact = "a@contoso.com" }] }],
            ImContacts = [new() { ImAddress = "a@contoso.com", TelUri = new TelUriContact("tel:1", "sip:1@contoso.com", "1") }],
        });

        result.Violations.Should().Equal(
            new ImportViolation("imContacts[0].imAddress", "must not be combined with telUri, but is 'a@contoso.com'"),
            new ImportViolation("groups[0].members[0].contact", "must not be combined with telUri, but is 'a@contoso.com'"));
    }

    [Fact]
    public void Missing_addresses_of_distribution_groups_are_not_compared()
    {
        var result = Import(new MailboxDescription
        {
            Groups =
            [
                new() { DisplayName = "One", Type = GroupType.DistributionGroup },
                new() { DisplayName = "Two", Type = GroupType.DistributionGroup },
            ],
        });

        result.Violations.Should().Equal(
            new ImportViolation("groups[0].smtpAddress", "is missing"), new ImportViolation("groups[1].smtpAddress", "is missing"));
    }

    [Fact]
    public void A_violation_of_a_contact_that_a_member_creates_has_the_path_of_the_member()
    {
        var derivedId = StoreId.ForItem(MailboxGuid, MailboxFolder.QuickContacts, 8);

        var result = Import(new MailboxDescription
        {
            MailboxGuid = MailboxGuid,
            Groups = [new() { DisplayName = "Team", Id = derivedId, Ordinal = 7, Members = [new() { Contact = "a@contoso.com" }] }],
        });

        result.Violations.Should().ContainSingle().Which.Path.Should().Be("groups[0].members[0].id");
    }

    [Fact]
    public void More_objects_than_the_limits_allow_are_rejected()
    {
        var result = MailboxImporter.Import(
            new MailboxDescription
            {
                SmtpAddress = "me@contoso.com",
                Groups = [new() { DisplayName = "One" }, new() { DisplayName = "Two" }],
                ImContacts = [new() { ImAddress = "a@contoso.com" }, new() { ImAddress = "b@contoso.com" }],
            },
            new MailboxLimits(MaxGroups: 1, MaxContacts: 1),
            TimeProvider.System,
            (_, _) => Guid.NewGuid());

        result.Violations.Select(violation => violation.Path).Should().Equal("groups", "imContacts");
        result.Violations[1].Message.Should().Be("must contain at most 1 IM contacts, including those that members create, but contains 2");
    }

    [Fact]
    public void The_last_counter_is_not_less_than_the_counters_in_ids_of_the_mailbox()
    {
        var mailbox = Import(new MailboxDescription
        {
            MailboxGuid = MailboxGuid,
            LastCounter = 10,
            Groups = [new() { DisplayName = "Team", Id = StoreId.ForItem(MailboxGuid, MailboxFolder.ImContactList, 70) }],
            ImContacts = [new() { ImAddress = "a@contoso.com", Id = StoreId.ForItem(MailboxGuid, MailboxFolder.QuickContacts, 90) }],
            Contacts =
            [
                new() { Id = StoreId.ForItem(MailboxGuid, MailboxFolder.Contacts, 80) },
                new() { Id = StoreId.ForItem(Guid.NewGuid(), MailboxFolder.Contacts, 95) },
                new() { Id = StoreId.ForFolder(MailboxGuid, 96) },
            ],
        }).Mailbox;

        mailbox.LastCounter.Should().Be(90);
    }

    [Fact]
    public void An_id_with_a_counter_that_the_mailbox_cannot_reach_is_rejected()
    {
        var id = StoreId.ForItem(MailboxGuid, MailboxFolder.Contacts, MailboxImporter.MaxOrdinal + 1);

        var result = Import(new MailboxDescription { MailboxGuid = MailboxGuid, Contacts = [new() { Id = id }] });

        result.Violations.Should().Equal(
            new ImportViolation("contacts[0].id", "must contain a counter of at most 70368744177664, but contains 70368744177665"));
    }

    [Fact]
    public void The_import_ends_with_the_maximum_number_of_violations()
    {
        var members = Enumerable.Repeat(new MemberDescription(), 2_000).ToList();

        var result = Import(new MailboxDescription
        {
            Groups = [new() { DisplayName = "Team", Members = members }, new() { DisplayName = "Crew", Members = members }],
        });

        result.Violations.Should().HaveCount(MailboxImporter.MaxViolations);
    }

    [Fact]
    public void The_import_ends_far_above_a_limit()
    {
        var contacts = Enumerable.Range(0, 5_000).Select(i => new ContactDescription { ImAddress = $"{i}@contoso.com" }).ToList();

        var result = Import(new MailboxDescription { ImContacts = contacts });

        result.Mailbox.ImContactCount.Should().Be(new MailboxLimits().MaxContacts + MailboxImporter.MaxExcess);
        result.Violations.Should().Equal(new ImportViolation(
            "imContacts", "must contain at most 1000 IM contacts, including those that members create, but contains at least 2000"));
    }

    [Fact]
    public void More_folders_and_contacts_than_the_limits_allow_are_rejected()
    {
        var result = MailboxImporter.Import(
            new MailboxDescription
            {
                SmtpAddress = "me@contoso.com",
                Folders = [new() { Path = "contacts/A" }, new() { Path = "contacts/B" }],
                Contacts = [new() { DisplayName = "Anna" }, new() { DisplayName = "Ben" }],
            },
            new MailboxLimits(MaxFolders: 1, MaxItems: 1),
            TimeProvider.System,
            (_, _) => Guid.NewGuid());

        result.Violations.Should().Equal(
            new ImportViolation("folders", "must contain at most 1 new folders, but contains 2"),
            new ImportViolation("contacts", "must contain at most 1 contacts, but contains 2"));
    }

    [Theory]
    [InlineData("quickcontacts/A", "must be in a folder that can contain folders, but 'quickcontacts' cannot")]
    [InlineData("recoverableitemspurges/A", "must be in a folder that can contain folders, but 'recoverableitemspurges' cannot")]
    public void Folders_in_folders_that_cannot_contain_them_are_rejected(string path, string message) =>
        Import(new MailboxDescription { Folders = [new() { Path = path }] }).Violations
            .Should().Equal(new ImportViolation("folders[0].path", message));

    [Fact]
    public void Folders_below_the_maximum_depth_are_rejected()
    {
        var paths = Enumerable.Range(1, MailboxFolders.MaxDepth - 1)
            .Select(levels => "contacts" + string.Concat(Enumerable.Repeat("/A", levels)));

        Import(new MailboxDescription { Folders = [.. paths.Select(path => new FolderDescription { Path = path })] }).Violations
            .Should().Equal(new ImportViolation("folders[298].path", "must be at most 300 levels below the root of the mailbox"));
    }

    [Fact]
    public void A_path_of_any_length_is_read()
    {
        var path = "contacts" + string.Concat(Enumerable.Repeat("/A", 500_000));

        Import(new MailboxDescription { Folders = [new() { Path = path }] }).Violations.Should().ContainSingle();
    }

    private static ImportResult Import(MailboxDescription description) => MailboxImporter.Import(
        description with { SmtpAddress = description.SmtpAddress.Length == 0 ? "me@contoso.com" : description.SmtpAddress },
        new MailboxLimits(),
        TimeProvider.System,
        (_, ordinal) => new Guid((int)ordinal, 0, 0, new byte[8]));

    private static ImmutableDictionary<string, ImmutableArray<string>> Properties(string path, params string[] values) =>
        ImmutableDictionary<string, ImmutableArray<string>>.Empty.Add(path, [.. values]);
}
