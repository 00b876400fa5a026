using System.Text;

namespace Ews.ImService.Mailbox.Tests;

public sealed class StoreIdTests
{
    private static readonly Guid Mine = new("d522c10d-78ce-4097-8f59-b71634cdfdda");

    [Fact]
    public void The_persona_id_printed_by_Microsoft_reads_as_its_mailbox()
    {
        const string printed = "AAQkAGQ1MjJjMTBkLTc4Y2UtNDA5Ny04ZjU5LWI3MTYzNGNkZmRkYQAQAJ3EkhEEXN5KufGbSYJanZk=";

        StoreId.Read(printed).Value.Should().BeEquivalentTo(new { MailboxGuid = Mine.ToString(), Kind = StoreObjectKind.Persona });
    }

    [Fact]
    public void Minted_ids_have_the_lengths_and_prefixes_of_real_ones()
    {
        StoreId.ForItem(Mine, MailboxFolder.Contacts, 1).Should().HaveLength(152).And.StartWith("AAMkAGQ1MjJjMTBkLTc4Y2UtNDA5Ny04ZjU5LWI3");
        MailboxFolder.QuickContacts.Id(Mine).Should().HaveLength(120).And.StartWith("AAMk");
        StoreId.ForPersona(Mine, Guid.NewGuid()).Should().HaveLength(80).And.StartWith("AAQk");
        ChangeKey.ForContact(Mine, 1).Should().HaveLength(40).And.StartWith("EQAAABYAAA");
    }

    [Fact]
    public void Two_counters_give_two_ids_and_two_versions_two_change_keys()
    {
        StoreId.ForItem(Mine, MailboxFolder.Contacts, 1).Should().NotBe(StoreId.ForItem(Mine, MailboxFolder.Contacts, 2));
        ChangeKey.ForContact(Mine, 1).Should().NotBe(ChangeKey.ForContact(Mine, 2));
    }

    [Theory]
    [InlineData("", "ErrorInvalidIdEmpty")]
    [InlineData("nonsense!", "ErrorInvalidIdMalformed")]
    [InlineData("AAMkAGQ1MjJjMTBkLTc4Y2AA=", "ErrorInvalidIdMalformed")]
    [InlineData("AAAA", "ErrorInvalidIdMalformed")]
    [InlineData("//////////8=", "ErrorInvalidIdMalformed")]
    public void An_id_that_cannot_be_read_says_why(string id, string expected)
    {
        IncomingId.Classify(id, Mine, EwsError.InvalidImGroupId)!.Code.Should().Be(expected);
    }

    [Fact]
    public void An_id_of_more_than_1024_bytes_is_too_long()
    {
        IncomingId.Classify(Convert.ToBase64String(new byte[1025]), Mine, EwsError.InvalidImGroupId)
            .Should().Be(EwsError.InvalidIdStoreObjectIdTooLong);
        IncomingId.Classify(new string('A', 5000), Mine, EwsError.InvalidImGroupId).Should().Be(EwsError.InvalidIdStoreObjectIdTooLong);
        IncomingId.Classify(Convert.ToBase64String(new byte[1024]), Mine, EwsError.InvalidImGroupId)
            .Should().Be(EwsError.InvalidIdMalformed);
    }

    [Fact]
    public void An_id_of_another_mailbox_says_which()
    {
        var other = Guid.NewGuid();

        IncomingId.Classify(StoreId.ForItem(other, MailboxFolder.Contacts, 1), Mine, EwsError.InvalidImGroupId)
            .Should().Be(EwsError.NonExistentMailboxGuid(other.ToString()));
    }

    [Fact]
    public void The_guid_of_an_id_is_free_text_as_documents_print_it()
    {
        const string printed = "d5fasdadcw3d-23de-2341-8f59-b71523fsddda";
        byte[] bytes = [0, 3, 40, 0, .. Encoding.ASCII.GetBytes(printed), 0, 70, 0, .. new byte[70]];

        IncomingId.Classify(Convert.ToBase64String(bytes), Mine, EwsError.InvalidImGroupId)
            .Should().Be(EwsError.NonExistentMailboxGuid(printed));
    }

    [Fact]
    public void A_folder_id_and_a_persona_id_are_not_item_ids()
    {
        IncomingId.Classify(MailboxFolder.QuickContacts.Id(Mine), Mine, EwsError.InvalidImGroupId)
            .Should().Be(EwsError.CannotUseFolderIdForItemId);
        IncomingId.Classify(StoreId.ForPersona(Mine, Guid.NewGuid()), Mine, EwsError.InvalidImGroupId)
            .Should().Be(EwsError.InvalidImGroupId);
        IncomingId.Classify(StoreId.ForItem(Mine, MailboxFolder.Contacts, 9), Mine, EwsError.InvalidImGroupId).Should().BeNull();
    }

    [Fact]
    public void A_run_length_compressed_id_reads_like_the_plain_one()
    {
        var plain = Convert.FromBase64String(StoreId.ForItem(Mine, MailboxFolder.Contacts, 9));

        var read = StoreId.Read(Convert.ToBase64String([1, .. Compress(plain.AsSpan(1))]));

        read.Value.Should().BeEquivalentTo(StoreId.Read(Convert.ToBase64String(plain)).Value);
    }

    private static byte[] Compress(ReadOnlySpan<byte> plain)
    {
        var result = new List<byte>();
        for (var i = 0; i < plain.Length;)
        {
            var run = 1;
            while (i + run < plain.Length && plain[i + run] == plain[i] && run < 257)
                run++;
            result.Add(plain[i]);
            if (run > 1)
                result.AddRange([plain[i], (byte)(run - 2)]);
            i += run;
        }

        return [.. result];
    }
}
