namespace Ews.ImService.Mailbox.Tests.Addresses;

public sealed class SmtpAddressTests
{
    [Theory]
    [InlineData("tsmith@contoso.com")]
    [InlineData("a.b+c@localhost")]
    [InlineData("\"tony smith\"@contoso.com")]
    [InlineData("\"a\\\\\\\"b\"@contoso.com")]
    public void A_valid_address_is_parsed(string text) => SmtpAddress.TryParse(text, out _).Should().BeTrue();

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
    [InlineData("\"@contoso.com")]
    [InlineData("\"a@contoso.com")]
    [InlineData("\"a\tb\"@contoso.com")]
    [InlineData("\"\u00e4\"@contoso.com")]
    [InlineData("\"a\\\u00e4\"@contoso.com")]
    public void A_text_that_is_not_a_valid_address_is_rejected(string text) => SmtpAddress.TryParse(text, out _).Should().BeFalse();

    [Fact]
    public void A_local_part_of_more_than_64_characters_is_rejected()
    {
        SmtpAddress.TryParse(new string('a', 64) + "@contoso.com", out _).Should().BeTrue();
        SmtpAddress.TryParse(new string('a', 65) + "@contoso.com", out _).Should().BeFalse();
    }

    [Fact]
    public void Addresses_that_differ_in_case_are_equal()
    {
        var address = SmtpAddress.Parse("TSmith@Contoso.com");
        var other = SmtpAddress.Parse("tsmith@contoso.COM");

        address.Should().Be(other);
        address.GetHashCode().Should().Be(other.GetHashCode());
        address.Key.Should().Be(other.Key);
        address.ToString().Should().Be("TSmith@Contoso.com");
    }

    [Fact]
    public void An_address_has_a_local_part_and_a_domain()
    {
        var address = SmtpAddress.Parse("\"a@b\"@contoso.com");

        address.LocalPart.Should().Be("\"a@b\"");
        address.Domain.Should().Be("contoso.com");
    }

    [Fact]
    public void Parsing_a_text_that_is_not_a_valid_address_throws()
    {
        var parse = () => SmtpAddress.Parse("tsmith");

        parse.Should().Throw<FormatException>().WithMessage("'tsmith' is not a valid SMTP address.");
    }

    [Fact]
    public void The_default_value_is_empty()
    {
        default(SmtpAddress).Value.Should().BeEmpty();
        default(SmtpAddress).Domain.Should().BeEmpty();
    }
}
