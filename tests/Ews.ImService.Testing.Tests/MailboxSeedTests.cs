namespace Ews.ImService.Testing.Tests;

public sealed class MailboxSeedTests
{
    private const string Alice = "alice@contoso.com";

    [Fact]
    public async Task A_seeded_mailbox_has_its_groups_contacts_and_members()
    {
        await using var exchange = await EwsImServer.StartAsync();

        var alice = await exchange.SeedAsync(new MailboxSeed(Alice)
            .WithGroup("Team", team => team.WithContact("bob@contoso.com", "Bob").WithContact("carol@contoso.com"))
            .WithGroup("Friends", friends => friends.WithContact("bob@contoso.com", "Bob"))
            .WithDistributionGroup("all@contoso.com", "Everybody")
            .WithContact("dave@contoso.com")
            .WithOrdinaryContact(new Dictionary<string, string> { ["contacts:GivenName"] = "Erin" })
            .WithImListMigrationCompleted());

        alice.UserGroups.Select(group => group.DisplayName).Should().Equal("Team", "Friends", "Everybody");
        alice.GetGroup("Team").Members.Select(member => member.DisplayName).Should().Equal("Bob", "carol@contoso.com");
        alice.GetGroupsOf(alice.GetContact("BOB@contoso.com")).Select(group => group.DisplayName).Should().Equal("Team", "Friends");
        alice.GetGroupsOf(alice.GetContact("dave@contoso.com")).Should().BeEmpty();
        alice.OrdinaryContacts.Single().Properties["contacts:GivenName"].Should().Equal("Erin");
        alice.ImListMigrationCompleted.Should().BeTrue();
        (await new ImClient(exchange, Alice).GetImItemListAsync())
            .Should().Contain(alice.GetGroup("Team").Id).And.Contain(alice.GetContact("dave@contoso.com").Id);
    }

    [Fact]
    public async Task Seeding_replaces_a_mailbox_with_the_same_address()
    {
        await using var exchange = await EwsImServer.StartAsync();
        await exchange.SeedAsync(new MailboxSeed(Alice).WithGroup("Old"));

        await exchange.SeedAsync(new MailboxSeed(Alice).WithGroup("New"));

        (await exchange.FindMailboxAsync(Alice))!.UserGroups.Single().DisplayName.Should().Be("New");
    }

    [Fact]
    public async Task A_missing_group_or_contact_fails_with_the_existing_names()
    {
        await using var exchange = await EwsImServer.StartAsync();
        var alice = await exchange.SeedAsync(new MailboxSeed(Alice).WithGroup("Team").WithContact("bob@contoso.com"));

        alice.Invoking(it => it.GetGroup("Tame"))
            .Should().Throw<EwsImVerificationException>().WithMessage("*has no group 'Tame'. It has *'Team'*");
        alice.Invoking(it => it.GetContact("bop@contoso.com"))
            .Should().Throw<EwsImVerificationException>().WithMessage("*has no IM contact 'bop@contoso.com'. It has 'bob@contoso.com'.");
    }

    [Fact]
    public async Task An_invalid_mailbox_is_rejected_with_every_problem_and_not_created()
    {
        await using var exchange = await EwsImServer.StartAsync();
        var invalid = new MailboxSeed(Alice)
            .WithGroup("Team").WithGroup("TEAM").WithContact("a@contoso.com", "A").WithContact("A@contoso.com", "B");

        await exchange.Invoking(it => it.SeedAsync(invalid))
            .Should().ThrowAsync<EwsImServerException>().WithMessage("*'TEAM'*another IM contact*");

        (await exchange.FindMailboxAsync(Alice)).Should().BeNull();
    }

    [Fact]
    public async Task A_start_with_an_invalid_mailbox_or_the_same_mailbox_twice_fails()
    {
        var invalid = () => EwsImServer.StartAsync(o => o.Mailboxes.Add(new MailboxSeed("nobody")));
        var duplicate = () => EwsImServer.StartAsync(o =>
        {
            o.Mailboxes.Add(new MailboxSeed(Alice));
            o.Mailboxes.Add(new MailboxSeed(Alice));
        });

        await invalid.Should().ThrowAsync<EwsImServerException>().WithMessage("*'nobody'*SMTP address*");
        await duplicate.Should().ThrowAsync<EwsImServerException>().WithMessage("*'alice@contoso.com' twice*");
    }
}
