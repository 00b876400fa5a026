using Ews.ImService.Commands.Clock;

namespace Ews.ImService.Tests.Commands;

public sealed class DurationTests
{
    [Theory]
    [InlineData("90s", 90_000)]
    [InlineData("5m", 300_000)]
    [InlineData("1h30m", 5_400_000)]
    [InlineData("-1h", -3_600_000)]
    [InlineData("1d2h3m4s5ms", 93_784_005)]
    [InlineData("250ms", 250)]
    [InlineData("1.5s", 1500)]
    [InlineData("2H", 7_200_000)]
    [InlineData("PT1H30M", 5_400_000)]
    [InlineData("-P1DT0.5S", -86_400_500)]
    [InlineData("0s", 0)]
    public void A_duration_is_read(string text, long milliseconds) => Duration.Parse(text).Value.Should().Be(milliseconds);

    [Theory]
    [InlineData("")]
    [InlineData("90")]
    [InlineData("m")]
    [InlineData("1m1h")]
    [InlineData("P")]
    [InlineData("PT")]
    [InlineData("P1M")]
    [InlineData("P1Y")]
    [InlineData("0.0001s")]
    [InlineData("1 h")]
    [InlineData("+1h")]
    public void Other_texts_are_rejected(string text) => Duration.Parse(text).Violation.Should().NotBeNull();

    [Theory]
    [InlineData(5_400_000, "1h30m")]
    [InlineData(93_784_005, "1d2h3m4s5ms")]
    public void A_duration_is_formatted(long milliseconds, string text) => Duration.Format(milliseconds).Should().Be(text);
}
