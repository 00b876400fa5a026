namespace Ews.ImService.Mailbox.Tests.Ids;

public sealed class StoreIdTests
{
    private static readonly Guid Mine = new("d522c10d-78ce-4097-8f59-b71634cdfdda");

    [Fact]
    public void A_documented_persona_id_contains_its_mailbox()
    {
        const string printed = "AAQkAGQ1MjJjMTBkLTc4Y2UtNDA5Ny04ZjU5LWI3MTYzNGNkZmRkYQAQAJ3EkhEEXN5KufGbSYJanZk=";

        StoreId.Read(printed).Value.Should().BeEquivalentTo(new { MailboxGuid = Mine.ToString(), Kind = StoreObjectKind.Persona });
    }

    [Fact]
    public void New_ids_have_the_lengths_and_prefixes_of_documented_ids()
    {
        StoreId.ForItem(Mine, MailboxFolder.Contacts, 1).Should().HaveLength(152).And.StartWith("AAMkAGQ1MjJjMTBkLTc4Y2UtNDA5Ny04ZjU5LWI3");
        MailboxFolder.QuickContacts.Id(Mine).Should().HaveLength(120).And.StartWith("AAMk");
        StoreId.ForPersona(Mine, Guid.NewGuid()).Should().HaveLength(80).And.StartWith("AAQk");
        ChangeKey.ForContact(Mine, 1).Should().HaveLength(40).And.StartWith("EQAAABYAAA");
    }

    [Fact]
    public void Ids_differ_by_counter_and_change_keys_by_version()
    {
        StoreId.ForItem(Mine, MailboxFolder.Contacts, 1).Should().NotBe(StoreId.ForItem(Mine, MailboxFolder.Contacts, 2));
        ChangeKey.ForContact(Mine, 1).Should().NotBe(ChangeKey.ForContact(Mine, 2));
    }

    [Fact]
    public void A_compressed_id_equals_the_uncompressed_id()
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
