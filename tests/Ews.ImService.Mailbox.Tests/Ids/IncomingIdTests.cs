using System.Text;

namespace Ews.ImService.Mailbox.Tests.Ids;

public sealed class IncomingIdTests
{
    private static readonly Guid Mine = new("d522c10d-78ce-4097-8f59-b71634cdfdda");

    [Theory]
    [InlineData("", "ErrorInvalidIdEmpty")]
    [InlineData("nonsense!", "ErrorInvalidIdMalformed")]
    [InlineData("AAMkAGQ1MjJjMTBkLTc4Y2AA=", "ErrorInvalidIdMalformed")]
    [InlineData("AAAA", "ErrorInvalidIdMalformed")]
    [InlineData("//////////8=", "ErrorInvalidIdMalformed")]
    public void An_id_that_cannot_be_decoded_has_the_error_of_its_violation(string id, string expected)
    {
        IncomingId.Classify(id, Mine, EwsError.InvalidImGroupId)!.Code.Should().Be(expected);
    }

    [Fact]
    public void An_id_of_more_than_512_bytes_is_too_long()
    {
        IncomingId.Classify(Convert.ToBase64String(new byte[513]), Mine, EwsError.InvalidImGroupId)
            .Should().Be(EwsError.InvalidIdStoreObjectIdTooLong);
        IncomingId.Classify(new string('A', 5000), Mine, EwsError.InvalidImGroupId).Should().Be(EwsError.InvalidIdStoreObjectIdTooLong);
        IncomingId.Classify(Convert.ToBase64String(new byte[512]), Mine, EwsError.InvalidImGroupId)
            .Should().Be(EwsError.InvalidIdMalformed);
    }

    [Fact]
    public void The_error_of_an_id_of_another_mailbox_names_that_mailbox()
    {
        var other = Guid.NewGuid();

        IncomingId.Classify(StoreId.ForItem(other, MailboxFolder.Contacts, 1), Mine, EwsError.InvalidImGroupId)
            .Should().Be(EwsError.NonExistentMailboxGuid(other.ToString()));
    }

    [Fact]
    public void A_mailbox_guid_of_any_text_is_returned_unchanged()
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

    /// <summary>Gets the bytes of ids with one error each.</summary>
    public static TheoryData<string, byte[]> Damaged() => new()
    {
        { "only a compression type", [0] },
        { "no fields", [0, 3] },
        { "an empty mailbox GUID", [0, 3, 0, 0, 0, 70, 0, .. new byte[70]] },
        { "a mailbox GUID that ends after the id", [0, 3, 255, 255, .. new byte[80]] },
        { "a mailbox GUID with a space", [0, 3, 1, 0, (byte)' ', 0, 70, 0, .. new byte[70]] },
        { "a mailbox GUID that is not ASCII", [0, 3, 1, 0, 0xE9, 0, 70, 0, .. new byte[70]] },
        { "a store id that is too short", [0, 3, 1, 0, (byte)'a', 0, 70, 0, .. new byte[69]] },
        { "a store id that is too long", [0, 3, 1, 0, (byte)'a', 0, 70, 0, .. new byte[71]] },
        { "a kind that no object has", [0, 9, 1, 0, (byte)'a', 0, 70, 0, .. new byte[70]] },
        { "a store id of a persona in the id of an item", [0, 3, 1, 0, (byte)'a', 0, 16, 0, .. new byte[16]] },
        { "a store id of an item in the id of a persona", [0, 4, 1, 0, (byte)'a', 0, 70, 0, .. new byte[70]] },
        { "a compression type that does not exist", [2, 3, 1, 0, (byte)'a', 0, 70, 0, .. new byte[70]] },
        { "a run without its length", [1, 3, 7, 7] },
        { "runs that expand beyond the longest id", [1, 3, 7, 7, 255, 8, 8, 255, 9, 9, 255, 10, 10, 255] },
        { "a compressed id without fields", [1, 3] },
    };

    [Theory]
    [MemberData(nameof(Damaged))]
    public void A_damaged_id_is_malformed(string damage, byte[] id) =>
        IncomingId.Classify(Convert.ToBase64String(id), Mine, EwsError.InvalidImGroupId).Should().Be(EwsError.InvalidIdMalformed, damage);
}
