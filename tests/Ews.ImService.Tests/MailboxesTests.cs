using Ews.ImService.Mailbox;
using Ews.ImService.Protocol;

namespace Ews.ImService.Tests;

public sealed class MailboxesTests
{
    private const string Anna = "anna@contoso.com";

    private static readonly string AsAnna = EwsRequest.Impersonating("SmtpAddress", Anna);

    [Fact]
    public async Task The_first_use_creates_a_mailbox_with_three_system_groups()
    {
        await using var service = await TestService.StartAsync();

        await service.PostAsync(EwsRequest.AddImGroup("Team", AsAnna));

        var groups = (await service.MailboxAsync(Anna))!.Groups.Values.OrderBy(group => group.Ordinal);
        groups.Select(group => (group.Type, group.DisplayName)).Should().Equal(
            ("IPM.DistList.MOC.OtherContacts", "Other Contacts"),
            ("IPM.DistList.MOC.Tagged", "Tagged"),
            ("IPM.DistList.MOC.Favorites", "Favorites"),
            ("IPM.DistList.MOC.UserGroup", "Team"));
    }

    [Fact]
    public async Task Addresses_that_differ_in_case_select_the_same_mailbox()
    {
        await using var service = await TestService.StartAsync();
        await service.PostAsync(EwsRequest.AddImGroup("Team", AsAnna));

        var asAnnaInUpperCase = EwsRequest.Impersonating("SmtpAddress", Anna.ToUpperInvariant());
        var again = await service.PostAsync(EwsRequest.AddImGroup("Team", asAnnaInUpperCase));

        again.Value("ResponseCode").Should().Be("ErrorImGroupDisplayNameAlreadyExists");
    }

    [Fact]
    public async Task Declared_mailboxes_exclude_all_others_including_the_built_in_default()
    {
        var accounts = new AccountDirectory([People.Account(Anna)], autoCreate: false, new ImpersonationRights([]));
        await using var service = await TestService.StartAsync(TestService.InMemory with { Accounts = accounts });

        var declared = await service.PostAsync(EwsRequest.AddImGroup("Team", AsAnna));
        var ownDefault = await service.PostWithoutEffectAsync(EwsRequest.AddImGroup("Team"));

        declared.Should().Succeed();
        ownDefault.Should().BeFault("ErrorNonExistentMailbox", "The SMTP address has no mailbox associated with it.")
            .Value("Value").Should().Be(TestService.DefaultMailbox);
    }

    [Fact]
    public async Task The_default_mailbox_is_configurable()
    {
        await using var service = await TestService.StartAsync(new EwsOptions { DefaultMailbox = People.Address(Anna) });

        await service.AddGroupAsync("Team");

        (await service.MailboxAsync(Anna))!.HasGroupNamed("Team").Should().BeTrue();
    }

    [Fact]
    public async Task A_restart_preserves_ids_and_responses()
    {
        using var directory = new TemporaryDirectory();
        var settings = TestService.InMemory with { DatabasePath = directory.File("mailboxes.db") };
        string groupId, contactId;
        MailboxState before;
        await using (var service = await TestService.StartAsync(settings))
        {
            groupId = await service.AddGroupAsync("Team");
            contactId = await service.AddContactAsync("a@contoso.com", groupId);
            before = (await service.MailboxAsync())!;
        }

        await using var restarted = await TestService.StartAsync(settings);

        (await restarted.AddContactAsync("A@contoso.com", groupId)).Should().Be(contactId);
        (await restarted.PostAsync(EwsRequest.AddImGroup("team"))).Value("ResponseCode").Should()
            .Be("ErrorImGroupDisplayNameAlreadyExists");
        (await restarted.PostAsync(EwsRequest.SetImGroup(groupId, "Crew"))).Should().Succeed();
        (await restarted.MailboxAsync())!.MailboxGuid.Should().Be(before.MailboxGuid);
    }
}
