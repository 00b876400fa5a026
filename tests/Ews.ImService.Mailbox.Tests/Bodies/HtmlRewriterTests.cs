namespace Ews.ImService.Mailbox.Tests.Bodies;

public sealed class HtmlRewriterTests
{
    [Theory]
    [InlineData("a<script>alert(1)</script>b", "ab")]
    [InlineData("a<SCRIPT src=x>alert(1)</SCRIPT >b", "ab")]
    [InlineData("a<script>never closed", "a")]
    [InlineData("<object data=x><object>a</object>b</object>c", "c")]
    [InlineData("<embed src=x>a", "a")]
    [InlineData("<iframe src=x>a</iframe>b", "b")]
    [InlineData("<form action=x>a<input name=y><button>b</button><select><option>c</select></form>d", "abd")]
    [InlineData("<p onclick=\"x()\" ONLOAD=y class=\"c\">a</p>", "<p class=\"c\">a</p>")]
    [InlineData("<a href=\"javascript:x()\">a</a>", "<a>a</a>")]
    [InlineData("<a href=\" Java\nscript:x()\">a</a>", "<a>a</a>")]
    [InlineData("<a href=\"&#106;avascript&colon;x()\">a</a>", "<a href=\"javascript&amp;colon;x()\">a</a>")]
    [InlineData("<img src='vbscript:x'>", "<img>")]
    [InlineData("<a href=\"http://x/?a=1&amp;b=javascript:\">a</a>", "<a href=\"http://x/?a=1&amp;b=javascript:\">a</a>")]
    [InlineData("<p style=\"width: expression(x)\">a</p>", "<p>a</p>")]
    [InlineData("<p style=\"color: red\">a</p>", "<p style=\"color: red\">a</p>")]
    [InlineData("<style>p { color: red }</style>", "<style>p { color: red }</style>")]
    [InlineData("<style>p { behavior: url(x) }</style>", "<style></style>")]
    [InlineData("<svg><script>x()</script></svg>a", "a")]
    [InlineData("<meta http-equiv=refresh content='0;url=x'>a", "a")]
    [InlineData("a<!-- <script> -->b", "ab")]
    [InlineData("<scr<script>ipt>a", "ipt>a")]
    [InlineData("a < b <", "a &lt; b &lt;")]
    [InlineData("<p title='\"<script>'>a</p>", "<p title=\"&quot;&lt;script&gt;\">a</p>")]
    [InlineData("<p title='</p><script>'>a", "<p title=\"&lt;/p&gt;&lt;script&gt;\">a")]
    public void Unsafe_content_is_removed(string html, string safe) =>
        new HtmlRewriter(RemovesUnsafeContent: true).Rewrite(html).Should().Be(safe);

    [Theory]
    [InlineData("<p onclick=x>a<script>b</script></p>")]
    [InlineData("<!-- comment --><p class='a' b>c</P>")]
    public void Without_changes_a_document_is_returned_as_it_is(string html) => new HtmlRewriter().Rewrite(html).Should().BeSameAs(html);

    [Theory]
    [InlineData(
        "<meta http-equiv=Content-Type content='text/html; charset=iso-8859-1'><p a=b>",
        "<meta http-equiv=\"Content-Type\" content=\"text/html; charset=utf-8\"><p a=b>")]
    [InlineData("<META charset=windows-1252>", "<meta charset=\"utf-8\">")]
    [InlineData("<p>charset=x</p>", "<p>charset=x</p>")]
    public void The_declared_character_set_is_replaced_unless_the_client_declines(string html, string rewritten)
    {
        new HtmlRewriter().Rewrite(html).Should().Be(rewritten);
        new HtmlRewriter(DeclaresUtf8: false).Rewrite(html).Should().BeSameAs(html);
    }

    [Theory]
    [InlineData("<img src='http://contoso.com/a.png' alt='a'>", "<img alt=\"a\">")]
    [InlineData("<img src=//contoso.com/a.png>", "<img>")]
    [InlineData("<img src='cid:a'>", "<img src='cid:a'>")]
    public void Addresses_of_external_images_are_removed(string html, string rewritten) =>
        new HtmlRewriter(BlocksExternalImages: true).Rewrite(html).Should().Be(rewritten);

    [Theory]
    [InlineData("<a href=x>a</a>", "<a href=\"x\" target=\"_blank\">a</a>")]
    [InlineData("<a href=x target=y>a</a>", "<a href=\"x\" target=\"_blank\">a</a>")]
    [InlineData("<a name=x>a</a>", "<a name=x>a</a>")]
    public void Links_open_in_a_new_window(string html, string rewritten) =>
        new HtmlRewriter(OpensLinksInNewWindow: true).Rewrite(html).Should().Be(rewritten);
}
