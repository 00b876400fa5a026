using System.Text;
using System.Xml.Linq;
using Ews.ImService.Protocol.Xml;

namespace Ews.ImService.Tests.Soap;

public sealed class EwsXmlWriterTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("&<>\"'", "&<>\"'")]
    [InlineData("a\r\n\tb", "a\r\n\tb")]
    [InlineData("\u00e4\U0001F600z", "\u00e4\U0001F600z")]
    [InlineData("a\u0001\uFFFE\uFFFFb", "ab")]
    public void A_text_and_an_attribute_are_read_as_written_without_characters_that_XML_does_not_allow(string text, string expected) =>
        Write(text).Should().Be((expected, expected));

    [Fact]
    public void Half_a_surrogate_pair_is_omitted()
    {
        Write("a\uD83D").Should().Be(("a", "a"));
        Write("\uD83Da\uDE00").Should().Be(("a", "a"));
        Write("\uDE00\uD83D").Should().Be(("", ""));
    }

    /// <summary>Writes a text and an attribute, and returns them as a client reads them.</summary>
    private static (string Text, string Attribute) Write(string text)
    {
        var output = new ChunkedBuffer();
        var writer = new EwsXmlWriter(output, EwsNamespaces.Http);
        writer.StartType("Element");
        writer.Attribute("Attribute", text);
        writer.Text(text);
        writer.End();

        var element = XElement.Parse(Encoding.UTF8.GetString(output.TakeArray()), LoadOptions.PreserveWhitespace);

        return (element.Value, element.Attribute("Attribute")!.Value);
    }
}
