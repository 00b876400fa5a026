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
    public void An_id_of_more_than_1024_bytes_is_too_long()
    {
        IncomingId.Classify(Convert.ToBase64String(new byte[1025]), Mine, EwsError.InvalidImGroupId)
            .Should().Be(EwsError.InvalidIdStoreObjectIdTooLong);
        IncomingId.Classify(new string('A', 5000), Mine, EwsError.InvalidImGroupId).Should().Be(EwsError.InvalidIdStoreObjectIdTooLong);
        IncomingId.Classify(Convert.ToBase64String(new byte[1024]), Mine, EwsError.InvalidImGroupId)
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
}
