using Ews.ImService.Logging;

namespace Ews.ImService.Tests.Logging;

public sealed class LogValueTests
{
    /// <summary>A lone surrogate, which cannot be an argument of a test in an attribute.</summary>
    private const char Lone = '\uD83D';

    private static readonly string[] Lines = ["a\n", "b"];
    private static readonly string[] EscapedLines = ["a\\u000A", "b"];

    [Theory]
    [InlineData("")]
    [InlineData("CONTOSO\\alice {x} %n \"'`$(id)")]
    [InlineData("Straße, 名前, مرحبا, e\u0301, 😀")]
    public void Visible_text_is_unchanged(string text) => LogValue.Escape(text).Should().BeSameAs(text);

    [Theory]
    [InlineData("a\r\n12:00:00.000 INF forged", "a\\u000D\\u000A12:00:00.000 INF forged")]
    [InlineData("\u001b[2J\u001b]0;title\u0007", "\\u001B[2J\\u001B]0;title\\u0007")]
    [InlineData("\0\t\b\u007f\u0080\u0085\u009b31m", "\\u0000\\u0009\\u0008\\u007F\\u0080\\u0085\\u009B31m")]
    [InlineData("a\u2028b\u2029c", "a\\u2028b\\u2029c")]
    [InlineData("user\u202Emoc.os\u202C", "user\\u202Emoc.os\\u202C")]
    [InlineData("\u200B\u200D\u2066\u2069\uFEFF\u00AD", "\\u200B\\u200D\\u2066\\u2069\\uFEFF\\u00AD")]
    [InlineData("tag\U000E0041", "tag\\uDB40\\uDC41")]
    public void Characters_that_control_a_terminal_are_replaced_by_their_numbers(string text, string escaped) =>
        LogValue.Escape(text).Should().Be(escaped);

    [Fact]
    public void A_lone_surrogate_is_replaced_by_its_number()
    {
        LogValue.Escape($"a{Lone}").Should().Be("a\\uD83D");
        LogValue.Escape($"{Lone}{Lone}\uDE00\uDE00").Should().Be("\\uD83D😀\\uDE00");
    }

    [Theory]
    [InlineData('a')]
    [InlineData('é')]
    [InlineData('\n')]
    [InlineData(Lone)]
    public void A_long_value_is_cut_between_characters(char character)
    {
        var single = LogValue.Escape($"{character}");

        LogValue.Escape(new string(character, 100_000)).Should()
            .Be(string.Concat(Enumerable.Repeat(single, LogValue.MaxLength / single.Length)) + LogValue.Ellipsis);
        LogValue.Escape(string.Concat(Enumerable.Repeat("😀", 100_000))).Should().EndWith("😀" + LogValue.Ellipsis);
    }

    [Fact]
    public void A_value_at_the_limit_is_complete() =>
        LogValue.Escape(new string('a', LogValue.MaxLength)).Should().HaveLength(LogValue.MaxLength);

    [Fact]
    public void Values_that_are_not_text_keep_their_type_unless_their_text_is_replaced()
    {
        object[] values = [7, 0.5, true, 'c', DayOfWeek.Friday, new Uri("http://a/"), DateTimeOffset.UnixEpoch, Guid.Empty];
        foreach (var value in values)
            LogValue.Escape(value).Should().BeSameAs(value);

        LogValue.Escape((object?)null).Should().BeNull();
        LogValue.Escape((object)'\u001b').Should().Be("\\u001B");
        LogValue.Escape(new { Name = "a\nb" }).Should().Be("{ Name = a\\u000Ab }");
        LogValue.Escape(Lines).Should().BeEquivalentTo(EscapedLines);
        LogValue.Escape(Enumerable.Repeat(7, 10_000)).Should().BeAssignableTo<object[]>().Which.Should().HaveCount(LogValue.MaxItems);
    }

    [Fact]
    public void The_text_of_an_exception_cannot_be_mistaken_for_an_event()
    {
        const string Forged = "12:00:00.000 INF forged";
        var inner = new InvalidOperationException($"Inner\r\n{Forged}\u001b[2J");

        var text = LogValue.Escape(new InvalidOperationException($"Outer\n{Forged}", inner))!.ToString().ReplaceLineEndings("\n");

        text.Should().Be(
            $"System.InvalidOperationException: Outer\n   {Forged}\n"
            + $" ---> System.InvalidOperationException: Inner\n   {Forged}\\u001B[2J\n   --- End of inner exception stack trace ---");
    }

    [Fact]
    public async Task An_exception_whose_text_is_safe_is_unchanged()
    {
        var thrown = await Assert.ThrowsAsync<InvalidOperationException>(ThrowAsync);

        LogValue.Escape(thrown).Should().BeSameAs(thrown);

        static async Task ThrowAsync()
        {
            await Task.Yield();
            throw new InvalidOperationException("Outer", new ArgumentException("Inner"));
        }
    }

    [Fact]
    public void The_length_of_an_exception_is_limited()
    {
        var lines = string.Concat(Enumerable.Repeat(new string('a', 1000) + "\n", 1000));

        LogValue.Escape(new InvalidOperationException(lines))!.ToString().Length.Should().BeLessThan(LogValue.MaxItems * 600);
    }
}
