using System.Xml.Linq;
using Ews.ImService.Replaying;

namespace Ews.ImService.Tests.Replaying;

public sealed class ElementAlignmentTests
{
    /// <summary>A letter is the name of an element, and a digit its content.</summary>
    [Theory]
    [InlineData("", "", "")]
    [InlineData("A1 B2", "A1 B2", "A1=A1 B2=B2")]
    [InlineData("A1 B2", "A3 B4", "A1=A3 B2=B4")]
    [InlineData("A1 A2 A3", "A1 A3", "A1=A1 A2=- A3=A3")]
    [InlineData("A1 A3", "A1 A2 A3", "A1=A1 -=A2 A3=A3")]
    [InlineData("A1 B2 C3", "A4 C5", "A1=A4 B2=- C3=C5")]
    [InlineData("A1", "", "A1=-")]
    [InlineData("", "A1", "-=A1")]
    [InlineData("A1 A2", "A3 A2 A4", "A1=A3 A2=A2 -=A4")]
    [InlineData("A1 B1", "B1 A1", "A1=- B1=B1 -=A1")]
    public void Elements_are_paired_by_content_and_then_by_name(string recorded, string actual, string expected)
    {
        var pairs = ElementAlignment.Align(Parse(recorded), Parse(actual), element => element.ToString(), element => element.ToString());

        string.Join(' ', pairs.Select(pair => $"{Format(pair.Recorded)}={Format(pair.Actual)}")).Should().Be(expected);
    }

    [Fact]
    public void Long_lists_are_paired_in_their_order()
    {
        var recorded = Enumerable.Range(0, 3000).Select(i => new XElement("A", i)).ToList();
        var actual = Enumerable.Range(0, 3000).Select(i => new XElement("A", i + 5000)).ToList();

        var pairs = ElementAlignment.Align(recorded, actual, element => element.Value, element => element.Value).ToList();

        pairs.Should().HaveCount(3000).And.OnlyContain(pair => pair.Recorded != null && pair.Actual != null);
    }

    private static List<XElement> Parse(string elements) => elements.Split(' ', StringSplitOptions.RemoveEmptyEntries)
        .Select(element => new XElement(element[..1], element[1..])).ToList();

    private static string Format(XElement? element) => element is null ? "-" : element.Name.LocalName + element.Value;
}
