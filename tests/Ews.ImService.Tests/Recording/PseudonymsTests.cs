using Ews.ImService.Recording;

namespace Ews.ImService.Tests.Recording;

public sealed class PseudonymsTests
{
    private readonly Pseudonyms _pseudonyms = new("mail.contoso.com");

    [Fact]
    public void The_same_address_always_gets_the_same_pseudonym()
    {
        _pseudonyms.Replace("<a>anna@contoso.com</a><b>sip:Anna@CONTOSO.com</b>").Should().Be(
            "<a>user1@domain1.example</a><b>sip:user1@domain1.example</b>");
        _pseudonyms.Replace("ben.o-hara@contoso.com, anna@fabrikam.co.uk").Should().Be("user2@domain1.example, user3@domain2.example");
        _pseudonyms.Replace("?Email=anna%40contoso.com&x=1").Should().Be("?Email=user1@domain1.example&x=1");
    }

    [Fact]
    public void Domains_are_replaced_without_an_address()
    {
        _pseudonyms.Replace("https://mail.contoso.com/EWS?x=contoso.com, notcontoso.com, contoso.community").Should().Be(
            "https://host1.domain1.example/EWS?x=domain1.example, notcontoso.com, contoso.community");
    }

    [Theory]
    [InlineData("ex01.contoso.com, EX01.Contoso.com.", "host1.domain1.example, host1.domain1.example.")]
    [InlineData("https%3A%2F%2Fmail.contoso.com%2F", "https%3A%2F%2Fhost1.domain1.example%2F")]
    [InlineData("*.contoso.com", "*.domain1.example")]
    [InlineData("a@eu.contoso.com, ex.eu.contoso.com", "user1@domain2.example, host1.domain2.example")]
    public void Hosts_in_a_domain_are_replaced(string text, string replaced) => _pseudonyms.Replace(text).Should().Be(replaced);

    [Theory]
    [InlineData("o'brien@contoso.com, o&apos;brien@contoso.com, o%27brien%40contoso.com")]
    [InlineData("x!#$*+^`{|}~-'y.z@contoso.com")]
    [InlineData("IMCEAEX-_O=CONTOSO_OU=FIRST_CN=anna@contoso.com")]
    public void All_characters_of_a_user_are_replaced(string text) =>
        _pseudonyms.Replace(text).Should().Match("user1@domain1.example*").And.MatchRegex("^(user1@domain1.example(, )?)+$");

    [Theory]
    [InlineData("a='anna@contoso.com'", "a='user1@domain1.example'")]
    [InlineData("&lt;anna@contoso.com&gt;", "&lt;user1@domain1.example&gt;")]
    [InlineData("%3Canna%40contoso.com%3E", "%3Cuser1@domain1.example%3E")]
    [InlineData("anna@münchen.example.xn--p1ai", "user1@domain2.example")]
    public void Delimiters_of_addresses_are_kept(string text, string replaced) => _pseudonyms.Replace(text).Should().Be(replaced);

    [Fact]
    public void Ids_and_other_texts_are_kept() =>
        _pseudonyms.Replace("""<ItemId Id="AAMk+/=="/> a @ b, @contoso, Anna Smith""")
            .Should().Be("""<ItemId Id="AAMk+/=="/> a @ b, @contoso, Anna Smith""");
}
