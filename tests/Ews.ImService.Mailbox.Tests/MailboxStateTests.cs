namespace Ews.ImService.Mailbox.Tests;

public sealed class MailboxStateTests
{
    [Fact]
    public void An_ordinary_contact_with_the_address_of_an_im_contact_shares_its_persona()
    {
        var mailbox = Import(imAddresses: ["sip:anna@contoso.com"], emailAddresses: ["Anna@contoso.com", "ben@contoso.com"]);
        var anna = mailbox.ImContacts.Single();

        mailbox.OrdinaryContactsOf(anna).Should().Equal(mailbox.OrdinaryContacts.First());
        mailbox.ImContactOf(mailbox.OrdinaryContacts.First()).Should().Be(anna);
        mailbox.ImContactOf(anna).Should().Be(anna);
        mailbox.Personas.Select(persona => persona.Sources.Count).Should().Equal(2, 1);
        mailbox.Personas.First().Id.Should().Be(anna.PersonaId);
    }

    [Fact]
    public void Items_are_counted_by_folder()
    {
        var mailbox = Import(imAddresses: ["anna@contoso.com"], emailAddresses: ["ben@contoso.com", "carl@contoso.com"]);

        MailboxFolder[] folders = [MailboxFolder.Root, MailboxFolder.MsgFolderRoot, MailboxFolder.Contacts, MailboxFolder.QuickContacts,
            MailboxFolder.ImContactList];
        folders.Select(mailbox.CountOf).Should().Equal(0, 0, 2, 1, 3);
        folders.Select(folder => mailbox.ItemsIn(folder).Count()).Should().Equal(0, 0, 2, 1, 3);
    }

    [Fact]
    public void The_changes_of_a_mailbox_create_an_identical_mailbox()
    {
        var mailbox = Import(imAddresses: ["anna@contoso.com"], emailAddresses: ["anna@contoso.com"]);

        var copy = mailbox.AsChanges().Aggregate(
            new MailboxState(mailbox.MailboxGuid, mailbox.SmtpAddress), (state, change) => state.Apply(change));

        copy.Should().BeEquivalentTo(mailbox);
    }

    private static MailboxState Import(string[] imAddresses, string[] emailAddresses) => MailboxImporter.Import(
        new MailboxDescription
        {
            SmtpAddress = "me@contoso.com",
            ImContacts = [.. imAddresses.Select(address => new ContactDescription { ImAddress = address })],
            Contacts =
            [
                .. emailAddresses.Select(address => new ContactDescription
                {
                    Properties = new Dictionary<string, System.Collections.Immutable.ImmutableArray<string>>
                    {
                        [ContactPath.EmailAddress1] = [address],
                    },
                }),
            ],
        },
        new MailboxLimits(),
        TimeProvider.System,
        (_, _) => Guid.NewGuid()).Mailbox;
}
