using Ews.ImService.Logging;

namespace Ews.ImService.Tests.Logging;

public sealed class LogTailTests
{
    private readonly LogTail _tail = new();

    [Fact]
    public void The_newest_events_are_kept_in_order()
    {
        for (var i = 1; i <= LogTail.Capacity + 7; i++)
            _tail.Add($"Event {i}\n");

        var page = _tail.Read(after: 0, limit: int.MaxValue);

        page.LastId.Should().Be(LogTail.Capacity + 7).And.Be(_tail.LastId);
        page.Lines.Select(line => line.Id).Should().Equal(Enumerable.Range(8, LogTail.Capacity).Select(id => (long)id));
        page.Lines.Should().OnlyContain(line => line.Text == $"Event {line.Id}");
    }

    [Theory]
    [InlineData(0, 2, "4 5")]
    [InlineData(2, 2, "4 5")]
    [InlineData(3, 100, "4 5")]
    [InlineData(4, 100, "5")]
    [InlineData(5, 100, "")]
    [InlineData(1000, 100, "")]
    public void The_newest_events_after_an_id_are_returned(long after, int limit, string ids)
    {
        for (var i = 1; i <= 5; i++)
            _tail.Add($"Event {i}");

        var page = _tail.Read(after, limit);

        string.Join(' ', page.Lines.Select(line => line.Id)).Should().Be(ids);
        page.LastId.Should().Be(5);
    }

    [Fact]
    public void An_empty_log_has_no_events()
    {
        var page = _tail.Read(0, 100);

        page.LastId.Should().Be(0);
        page.Lines.Should().BeEmpty();
    }

    [Fact]
    public void Long_texts_are_cut_and_lines_of_exceptions_are_kept()
    {
        _tail.Add(new string('a', LogTail.MaxLength + 1));
        _tail.Add(new string('b', LogTail.MaxLength) + Environment.NewLine);
        _tail.Add($"failed{Environment.NewLine}   at Here{Environment.NewLine}");

        var texts = _tail.Read(0, 100).Lines.Select(line => line.Text).ToList();

        texts.Select(text => text.Length).Take(2).Should().AllBeEquivalentTo(LogTail.MaxLength);
        texts[0].Should().EndWith("a…");
        texts[1].Should().EndWith("b");
        texts[2].Should().Be($"failed{Environment.NewLine}   at Here");
    }

    [Fact]
    public void Events_are_formatted_when_they_are_read()
    {
        var logEvent = new CountingEvent();

        _tail.AddEvent(logEvent);
        logEvent.Formats.Should().Be(0);
        _tail.Read(0, 100).Lines.Single().Text.Should().Be("formatted");

        logEvent.Formats.Should().Be(1);
    }

    private sealed class CountingEvent
    {
        public int Formats { get; private set; }

        public override string ToString()
        {
            Formats++;
            return "formatted\n";
        }
    }
}
