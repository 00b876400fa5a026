namespace Ews.ImService.Mailbox.Tests.Bodies;

public sealed class ItemBodyTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("<p>one</p><p>two</p>", "one\r\ntwo\r\n")]
    [InlineData("<div>one<div>two</div></div>three", "one\r\ntwo\r\nthree")]
    [InlineData("one<br>two<br/><br>three", "one\r\ntwo\r\n\r\nthree")]
    [InlineData("  a \r\n\t b  ", "a b")]
    [InlineData("a <b> b </b> c", "a b c")]
    [InlineData("a&nbsp;&nbsp;b &lt;c&gt; &amp; &#228; &#x1F600; &unknown;", "a  b <c> & \u00E4 \U0001F600 &unknown;")]
    [InlineData("<html><head><title>T</title><style>p{}</style></head><body>b</body></html>", "b")]
    [InlineData("<head><script>if (a < b) c();</script>x<body>b", "b")]
    [InlineData("a<script>document.write('<p>no</p>')</script>b", "ab")]
    [InlineData("a<!-- <b>no</b> -->b<!doctype x>c<?xml?>d</>e", "abcde")]
    [InlineData("<ul><li>one</li><li>two</li></ul>", "one\r\ntwo\r\n")]
    [InlineData("<table><tr><td>1</td><td>2</td></tr><tr><td>3</td></tr></table>", "1\t2\r\n3\r\n")]
    [InlineData("<a href='http://contoso.com/'>Contoso</a>.", "Contoso <http://contoso.com/>.")]
    [InlineData("<a href=\"http://contoso.com/?a=1&amp;b=2\">http://contoso.com/?a=1&amp;b=2</a>", "http://contoso.com/?a=1&b=2")]
    [InlineData("<a href=mailto:a@contoso.com>a@contoso.com</a>", "a@contoso.com")]
    [InlineData("<pre>a\n  b</pre>c", "a\r\n  b\r\nc")]
    [InlineData("1 < 2 and 3 > 2 <3", "1 < 2 and 3 > 2 <3")]
    [InlineData("a<b title='>'>c", "ac")]
    [InlineData("a<b", "a<b")]
    [InlineData("a<b title='x", "a")]
    [InlineData("<textarea>a<p>b</textarea>c", "a<p>bc")]
    [InlineData("", "")]
    public void HTML_is_converted_to_text(string html, string text) =>
        new ItemBody(html, IsHtml: true).ToText().Should().Be(new ItemBody(text, IsHtml: false));

    [Theory]
    [InlineData("a", "a")]
    [InlineData("<&>\"", "&lt;&amp;&gt;&quot;")]
    [InlineData("a\r\nb\nc\rd", "a<br>\r\nb<br>\r\nc<br>\r\nd")]
    [InlineData("a b  c   d     e", "a b&nbsp; c&nbsp;&nbsp; d&nbsp; &nbsp;&nbsp; e")]
    public void Text_is_converted_to_HTML_that_looks_the_same(string text, string content)
    {
        var html = new ItemBody(text, IsHtml: false).ToHtml();

        html.IsHtml.Should().BeTrue();
        html.Content.Should().Be(
            "<html><head><meta http-equiv=\"Content-Type\" content=\"text/html; charset=utf-8\"></head><body>"
            + content
            + "</body></html>");
    }

    [Theory]
    [InlineData("a b  c   d    e")]
    [InlineData("one\r\ntwo\r\n\r\nthree <b>&amp;</b>")]
    public void Text_that_is_converted_to_HTML_and_back_is_the_same(string text) =>
        new ItemBody(text, IsHtml: false).ToHtml().ToText().Content.Should().Be(text);

    [Fact]
    public void A_body_without_content_has_none_in_any_type()
    {
        ItemBody.Empty.ToHtml().Content.Should().BeEmpty();
        ItemBody.Empty.Type.Should().Be("Text");
    }

    [Theory]
    [InlineData("a", false, "b", false, "ab")]
    [InlineData("a", false, "<i>b</i>", true, "ab")]
    [InlineData("<html><body>a</body></html>", true, "<b>", false, "<html><body>a&lt;b&gt;</body></html>")]
    [InlineData("<p>a</p>", true, "<p>b</p>", true, "<p>a</p><p>b</p>")]
    public void An_appended_body_has_the_type_of_the_first(string first, bool isHtml, string second, bool appendsHtml, string result) =>
        new ItemBody(first, isHtml).Append(new ItemBody(second, appendsHtml)).Should().Be(new ItemBody(result, isHtml));

    [Theory]
    [InlineData("aaaa", 4, "aaaa")]
    [InlineData("aaaa", 3, "aaa")]
    [InlineData("a\u00E4b", 2, "a")]
    [InlineData("a\U0001F600b", 4, "a")]
    [InlineData("a\U0001F600b", 5, "a\U0001F600")]
    public void A_body_is_truncated_before_the_character_that_exceeds_the_length(string content, int bytes, string truncated) =>
        new ItemBody(content, IsHtml: false).Truncate(bytes).Content.Should().Be(truncated);

    [Theory]
    [InlineData("<p>abc</p>", 2, "")]
    [InlineData("<p>abc</p>", 5, "<p>ab")]
    [InlineData("<p>abc</p>", 9, "<p>abc")]
    [InlineData("<p>abc</p>", 10, "<p>abc</p>")]
    [InlineData("a<!-- b -->c", 8, "a")]
    [InlineData("a<img alt='>\u00E4'>", 15, "a")]
    [InlineData("\u00E4<b>", 4, "\u00E4")]
    [InlineData("<style>\u00E4\u00E4</style>", 10, "<style>\u00E4")]
    [InlineData("a<b title='x", 11, "a")]
    public void HTML_is_truncated_between_tags_and_inside_text(string content, int bytes, string truncated) =>
        new ItemBody(content, IsHtml: true).Truncate(bytes).Content.Should().Be(truncated);

    [Fact]
    public void A_preview_has_256_characters_of_the_text()
    {
        new ItemBody("<p>" + new string('a', 300) + "</p>", IsHtml: true).Preview().Should().Be(new string('a', 256));
        new ItemBody(new string('a', 255) + "\U0001F600", IsHtml: false).Preview().Should().Be(new string('a', 255));
    }

    [Fact]
    public void The_number_of_steps_grows_with_the_length_of_the_document_and_not_with_its_depth()
    {
        const int depth = 100_000;
        foreach (var unit in (string[])["<div>", "<b>", "<a href=x>", "<!--", "<script>", "<a ", "</", "<p title=\"", "<", "&"])
        {
            var html = string.Concat(Enumerable.Repeat(unit, depth));

            new ItemBody(html, IsHtml: true).ToText().Content.Length.Should().BeLessThanOrEqualTo(depth * 8, unit);
        }
    }
}
