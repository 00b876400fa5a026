using System.Text;
using Ews.ImService.Control.Contract;
using Ews.ImService.Recording;

namespace Ews.ImService.Tests.Recording;

public sealed class PseudonymousEntryTests
{
    [Fact]
    public void Hosts_before_the_first_address_and_vCards_have_pseudonyms()
    {
        var mime = Convert.ToBase64String(Encoding.UTF8.GetBytes("FN:Anné\r\nEMAIL:anna@fabrikam.com"));
        var entry = Create(new JournalMessage
        {
            Headers = new Dictionary<string, string> { ["X-FEServer"] = "ex01.fabrikam.com" },
            Body = $"<a><t:MimeContent CharacterSet=\"UTF-8\">{mime}</t:MimeContent><b>anna@fabrikam.com</b></a>",
        });

        var expected = Convert.ToBase64String(Encoding.UTF8.GetBytes("FN:Anné\r\nEMAIL:user1@domain2.example"));
        entry.Response!.Headers["X-FEServer"].Should().Be("host1.domain2.example");
        entry.Response.Body.Should().Be(
            $"<a><t:MimeContent CharacterSet=\"UTF-8\">{expected}</t:MimeContent><b>user1@domain2.example</b></a>");
    }

    [Fact]
    public void A_body_that_is_not_text_is_hidden() =>
        Create(new JournalMessage { Headers = new Dictionary<string, string>(), BodyBase64 = "AA==" }).Response.Should()
            .BeEquivalentTo(new { Body = "(hidden)", BodyBase64 = (string?)null, IsRedacted = true });

    private static JournalEntry Create(JournalMessage response) => PseudonymousEntry.Create(
        new JournalEntry
        {
            Id = 1,
            Time = DateTimeOffset.UnixEpoch,
            State = JournalState.Answered,
            Method = "GET",
            Path = "/",
            Operation = null,
            Mailbox = null,
            ResponseCode = null,
            Status = 200,
            Fault = null,
            EarlyByMilliseconds = null,
            Milliseconds = 1,
            RequestBytes = 0,
            ResponseBytes = 0,
            Response = response,
        },
        new Pseudonyms("mail.contoso.com"));
}
