using Ews.ImService.Recording;

namespace Ews.ImService.Tests.Recording;

public sealed class PseudonymsTests
{
    private readonly Pseudonyms _pseudonyms = new("mail.contoso.com");

    [Fact]
    public void The_same_address_always_gets_the_same_pseudonym()
    {
        _pseudonyms.Replace("<a>anna@contoso.com</a><b>sip:Anna@CONTOSO.com</b>").Should().Be(
            "<a>user1@domain2.example</a><b>sip:user1@domain2.example</b>");
        _pseudonyms.Replace("ben.o-hara@contoso.com, anna@fabrikam.co.uk").Should().Be("user2@domain2.example, user3@domain3.example");
        _pseudonyms.Replace("?Email=anna%40contoso.com&x=1").Should().Be("?Email=user1@domain2.example&x=1");
    }

    [Fact]
    public void Domains_are_replaced_without_an_address()
    {
        _pseudonyms.Replace("anna@contoso.com").Should().Be("user1@domain2.example");
        _pseudonyms.Replace("https://mail.contoso.com/EWS?x=contoso.com, notcontoso.com, contoso.community").Should().Be(
            "https://domain1.example/EWS?x=domain2.example, notcontoso.com, contoso.community");
    }

    [Fact]
    public void Ids_and_other_texts_are_kept() =>
        _pseudonyms.Replace("""<ItemId Id="AAMk+/=="/> a @ b, @contoso, Anna Smith""")
            .Should().Be("""<ItemId Id="AAMk+/=="/> a @ b, @contoso, Anna Smith""");
}
