
namespace Ews.ImService.Mailbox.Tests;

public sealed class SmtpAddressTests
{
    [Theory]
    [InlineData("tsmith@contoso.com")]
    [InlineData("a.b+c@localhost")]
    [InlineData("\"tony smith\"@contoso.com")]
    [InlineData("\"a\\\\\\\"b\"@contoso.com")]
    public void An_address_is_valid(string text) => SmtpAddress.TryParse(text, out _).Should().BeTrue();

    [Theory]
    [InlineData("")]
    [InlineData("tsmith")]
    [InlineData("@contoso.com")]
    [InlineData("tsmith@")]
    [InlineData("a@b@c.com")]
    [InlineData(".a@contoso.com")]
    [InlineData("a..b@contoso.com")]
    [InlineData(" tsmith@contoso.com")]
    [InlineData("tsmith@contoso.com ")]
    [InlineData("<tsmith@contoso.com>")]
    [InlineData("a@contoso.com,b@contoso.com")]
    [InlineData("a@-contoso.com")]
    [InlineData("a@contoso..com")]
    [InlineData("\"a\"b\"@contoso.com")]
    [InlineData("\"a\\\"@contoso.com")]
    public void A_text_that_is_no_address_is_not_repaired(string text) => SmtpAddress.TryParse(text, out _).Should().BeFalse();

    [Fact]
    public void A_local_part_has_at_most_64_octets()
    {
        SmtpAddress.TryParse(new string('a', 64) + "@contoso.com", out _).Should().BeTrue();
        SmtpAddress.TryParse(new string('a', 65) + "@contoso.com", out _).Should().BeFalse();
    }
}
