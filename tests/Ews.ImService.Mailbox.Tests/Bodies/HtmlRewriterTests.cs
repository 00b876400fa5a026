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
    [InlineData("<p>a<svg/>b</p>after", "<p>ab</p>after")]
    [InlineData("a<svg a=b />b<math/>c", "abc")]
    [InlineData("a<svg><svg/>b</svg>c", "ac")]
    [InlineData("a<svg b=c/>d</svg>e", "ae")]
    [InlineData("a<script/>b", "a")]
    [InlineData("a<xmp><b>c", "a")]
    [InlineData("a<noscript>b<p onclick=x>c", "ab<p>c")]
    [InlineData("a<select>b<applet>c<object>d<svg>e<template>f", "abcdef")]
    [InlineData("a<object>b<object>c</object>d", "abd")]
    [InlineData("a<select>b<object>c</select>d</object>e", "ade")]
    [InlineData("a</object>b<object>c", "abc")]
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
    [InlineData("<img src='/\\e/1'>", "<img>")]
    [InlineData("<img src='\\\\e\\1'>", "<img>")]
    [InlineData("<img src='ht&#9;tp://e'>", "<img>")]
    [InlineData("<img src=' \u0001FTP:e'>", "<img>")]
    [InlineData("<img src='/\n/e'>", "<img>")]
    [InlineData("<img src='http&colon;//e'>", "<img src=\"http&amp;colon;//e\">")]
    [InlineData("<img src='data:text/html,a'>", "<img>")]
    [InlineData("<img srcset='a.png, http://e/2.png 2x'>", "<img>")]
    [InlineData("<img srcset='a.png 1x,//e/2.png'>", "<img>")]
    [InlineData("<picture><source srcset=https://e/1><img></picture>", "<picture><source><img></picture>")]
    [InlineData("<body background=http://e/1><table background=//e/2><tr><td background=a.png>", "<body><table><tr><td background=a.png>")]
    [InlineData("<video poster=http://e/1></video>", "<video></video>")]
    [InlineData("<input type=image src=http://e/1>", "<input type=\"image\">")]
    [InlineData("<svg><image href=http://e/1 /><image xlink:href=http://e/2 /></svg>", "<svg><image/><image/></svg>")]
    [InlineData("<base href=http://e/><img src=1.png>", "<base><img src=1.png>")]
    [InlineData("<p style='background: URL( \"http://e/1\")'>", "<p>")]
    [InlineData("<p style='background: u\\72 l(/\\2f e)'>", "<p>")]
    [InlineData("<p style='background: image-set(\"http://e/1\" 1x)'>", "<p>")]
    [InlineData("<style>p { background: url(a) } b { background: url(//e) }</style>a", "<style></style>a")]
    [InlineData("<style>@import 'http://e/1';</style>", "<style></style>")]
    [InlineData("<svg><style>p{fill:u&#114;l(//e)}</style></svg>", "<svg><style></style></svg>")]
    public void Addresses_of_external_images_are_removed(string html, string rewritten) =>
        new HtmlRewriter(BlocksExternalImages: true).Rewrite(html).Should().Be(rewritten);

    [Theory]
    [InlineData("<img src='cid:a'>")]
    [InlineData("<img src=' CID:a'>")]
    [InlineData("<img src='data:image/png;base64,AAAA' srcset='data:image/png;base64,AA== 2x, b.png 3x'>")]
    [InlineData("<img src='images/a.png?b=c:d'><img src=/a.png><img src=httpd.png><img src='#'><img src>")]
    [InlineData("<a href='http://contoso.com/'>a</a><script src='http://contoso.com/a.js'>if (a < b && c) d('url(//e)')</script>")]
    [InlineData("<p style='font: \"\\201C\"; background: url(cid:a)' title='url(//e)'>")]
    [InlineData("<style><!-- p { font-family: \"\\@Batang\"; background: url('a.png') } --></style>")]
    public void Images_of_the_message_and_relative_addresses_remain(string html) =>
        new HtmlRewriter(BlocksExternalImages: true).Rewrite(html).Should().Be(html);

    [Theory]
    [InlineData("", "<object>", "")]
    [InlineData("", "<svg/>", "")]
    [InlineData("", "<object></object>", "")]
    [InlineData("<style>", "url(", "</style>")]
    [InlineData("<img srcset='", "a,", "'>")]
    public void A_long_document_is_rewritten_in_few_passes(string start, string unit, string end)
    {
        var html = start + string.Concat(Enumerable.Repeat(unit, 200_000)) + end + "<p>a";

        var rewritten = new HtmlRewriter(RemovesUnsafeContent: true, BlocksExternalImages: true).Rewrite(html);

        rewritten.Should().EndWith("<p>a");
    }

    [Theory]
    [InlineData("<a href=x>a</a>", "<a href=\"x\" target=\"_blank\">a</a>")]
    [InlineData("<a href=x target=y>a</a>", "<a href=\"x\" target=\"_blank\">a</a>")]
    [InlineData("<a name=x>a</a>", "<a name=x>a</a>")]
    public void Links_open_in_a_new_window(string html, string rewritten) =>
        new HtmlRewriter(OpensLinksInNewWindow: true).Rewrite(html).Should().Be(rewritten);
}
