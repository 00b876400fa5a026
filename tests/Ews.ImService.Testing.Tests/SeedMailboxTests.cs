namespace Ews.ImService.Testing.Tests;

public sealed class SeedMailboxTests
{
    private const string Alice = "alice@contoso.com";

    [Fact]
    public async Task A_seeded_mailbox_has_its_groups_contacts_and_members()
    {
        await using var exchange = await EwsImServer.StartAsync();

        var alice = await exchange.SeedAsync(new SeedMailbox(Alice)
            .WithImContact("bob@contoso.com", "Bob")
            .WithImContact("dave@contoso.com")
            .WithGroup("Team", "bob@contoso.com", "carol@contoso.com")
            .WithGroup("Friends", "BOB@contoso.com")
            .WithDistributionGroup("all@contoso.com", "Everybody")
            .WithContact(new Dictionary<string, string> { ["contacts:GivenName"] = "Erin" })
            .WithImListMigrationCompleted());

        alice.UserGroups.Select(group => group.DisplayName).Should().Equal("Team", "Friends", "Everybody");
        alice.GetMembers("Team").Select(member => member.DisplayName).Should().Equal("Bob", "carol@contoso.com");
        alice.GetGroupsOf("bob@contoso.com").Select(group => group.DisplayName).Should().Equal("Team", "Friends");
        alice.GetGroupsOf("dave@contoso.com").Should().BeEmpty();
        alice.Contacts!.Single().Properties!["contacts:GivenName"].Should().Equal("Erin");
        alice.ImListMigrationCompleted.Should().BeTrue();
        (await new ImClient(exchange, Alice).GetImItemListAsync())
            .Should().Contain(alice.GetGroup("Team").Id).And.Contain(alice.GetImContact("dave@contoso.com").Id);
    }

    [Fact]
    public async Task A_phone_contact_is_found_by_its_tel_URI()
    {
        await using var exchange = await EwsImServer.StartAsync();
        var seed = new SeedMailbox(Alice)
        {
            Groups = [new SeedGroup { DisplayName = "Team", Members = [new SeedMember { TelUri = "tel:5625550100" }] }],
            ImContacts =
            [
                new SeedImContact
                {
                    TelUri = new SeedTelUri
                    {
                        TelUriAddress = "tel:5625550100",
                        ImContactSipUriAddress = "sip:john@contoso.com",
                        ImTelephoneNumber = "5625550100",
                    },
                },
            ],
        };

        var alice = await exchange.SeedAsync(seed);

        alice.GetMembers("Team").Should().Equal(alice.GetImContact("tel:5625550100"));
        alice.GetGroupsOf("tel:5625550100").Single().DisplayName.Should().Be("Team");
    }

    [Fact]
    public async Task A_mailbox_that_was_read_can_be_seeded_again()
    {
        await using var exchange = await EwsImServer.StartAsync();
        var first = await exchange.SeedAsync(new SeedMailbox(Alice).WithGroup("Team", "bob@contoso.com"));

        var second = await exchange.SeedAsync(first.WithGroup("Friends", "bob@contoso.com"));

        second.GetGroup("Team").Id.Should().Be(first.GetGroup("Team").Id);
        second.GetGroupsOf("bob@contoso.com").Should().HaveCount(2);
    }

    [Fact]
    public void The_members_of_an_unseeded_mailbox_are_named_by_their_addresses()
    {
        var alice = new SeedMailbox(Alice).WithGroup("Team", "bob@contoso.com");

        alice.GetMembers("Team").Single().DisplayName.Should().Be("bob@contoso.com");
    }

    [Fact]
    public async Task Seeding_replaces_a_mailbox_with_the_same_address()
    {
        await using var exchange = await EwsImServer.StartAsync();
        await exchange.SeedAsync(new SeedMailbox(Alice).WithGroup("Old"));

        await exchange.SeedAsync(new SeedMailbox(Alice).WithGroup("New"));

        (await exchange.FindMailboxAsync(Alice))!.UserGroups.Single().DisplayName.Should().Be("New");
    }

    [Fact]
    public async Task A_missing_group_or_contact_fails_with_the_existing_names()
    {
        await using var exchange = await EwsImServer.StartAsync();
        var alice = await exchange.SeedAsync(new SeedMailbox(Alice).WithGroup("Team").WithImContact("bob@contoso.com"));

        alice.Invoking(it => it.GetGroup("Tame"))
            .Should().Throw<EwsImVerificationException>().WithMessage("*has no group 'Tame'. Its groups are *'Team'*.");
        alice.Invoking(it => it.GetImContact("bop@contoso.com"))
            .Should().Throw<EwsImVerificationException>()
            .WithMessage("*has no IM contact 'bop@contoso.com'. Its IM contacts are 'bob@contoso.com'.");
    }

    [Fact]
    public async Task An_invalid_mailbox_is_rejected_with_every_problem_and_not_created()
    {
        await using var exchange = await EwsImServer.StartAsync();
        var invalid = new SeedMailbox(Alice)
            .WithGroup("Team").WithGroup("TEAM").WithImContact("a@contoso.com", "A").WithImContact("A@contoso.com", "B");

        await exchange.Invoking(it => it.SeedAsync(invalid))
            .Should().ThrowAsync<EwsImServerException>().WithMessage("*'TEAM'*another IM contact*");

        (await exchange.FindMailboxAsync(Alice)).Should().BeNull();
    }

    [Fact]
    public async Task A_start_with_an_invalid_mailbox_or_the_same_mailbox_twice_fails()
    {
        var invalid = () => EwsImServer.StartAsync(o => o.Mailboxes.Add(new SeedMailbox("nobody")));
        var duplicate = () => EwsImServer.StartAsync(o =>
        {
            o.Mailboxes.Add(new SeedMailbox(Alice));
            o.Mailboxes.Add(new SeedMailbox(Alice));
        });

        await invalid.Should().ThrowAsync<EwsImServerException>().WithMessage("*must be a valid SMTP address, but is 'nobody'*");
        await duplicate.Should().ThrowAsync<EwsImServerException>().WithMessage("*must be unique*'alice@contoso.com'*");
    }
}
