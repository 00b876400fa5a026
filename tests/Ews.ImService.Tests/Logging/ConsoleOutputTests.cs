using System.Text;
using Ews.ImService.Logging;

namespace Ews.ImService.Tests.Logging;

public sealed class ConsoleOutputTests
{
    [Fact]
    public async Task Texts_are_written_in_order_before_the_output_is_disposed()
    {
        var reader = new SlowReader();
        var texts = Enumerable.Range(0, 3 * ConsoleOutput.MaxWaiting).Select(number => $"{number}\n").ToList();
        await using (var output = new ConsoleOutput(reader))
        {
            reader.Open();
            texts.ForEach(output.Write);
        }

        reader.Text.Should().Be(string.Concat(texts));
    }

    [Fact]
    public async Task A_slow_reader_delays_callers_and_loses_no_text()
    {
        var reader = new SlowReader();
        var output = new ConsoleOutput(reader);
        output.Write("first\n");
        await reader.Waits;
        for (var number = 0; number < ConsoleOutput.MaxWaiting; number++)
            output.Write("waits\n");

        var caller = new Thread(() => output.Write("last\n"));
        caller.Start();
        SpinWait.SpinUntil(() => caller.ThreadState.HasFlag(ThreadState.WaitSleepJoin));
        reader.Text.Should().BeEmpty();
        reader.Open();
        caller.Join();
        await output.DisposeAsync();

        reader.Text.Should().StartWith("first\nwaits\n").And.EndWith("waits\nlast\n")
            .And.HaveLength("first\nlast\n".Length + (ConsoleOutput.MaxWaiting * "waits\n".Length));
    }

    [Fact]
    public async Task A_text_after_the_disposal_is_written_at_once()
    {
        var reader = new SlowReader();
        reader.Open();
        var output = new ConsoleOutput(reader);
        await output.DisposeAsync();

        output.Write("late\n");

        reader.Text.Should().Be("late\n");
    }

    [Fact]
    public async Task Texts_that_cannot_be_written_do_not_stop_the_output()
    {
        var reader = new SlowReader { Failure = new IOException("The disk is full.") };
        reader.Open();
        var output = new ConsoleOutput(reader);
        output.Write("lost\n");
        await reader.Waits;
        reader.Failure = null;
        output.Write("kept\n");
        await output.DisposeAsync();

        reader.Text.Should().EndWith("kept\n");
    }

    /// <summary>A reader of the output that accepts text only after it was opened.</summary>
    private sealed class SlowReader : TextWriter
    {
        private readonly StringBuilder _text = new();
        private readonly ManualResetEventSlim _isOpen = new();
        private readonly TaskCompletionSource _waits = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public override Encoding Encoding => Encoding.UTF8;

        public Task Waits => _waits.Task;

        public IOException? Failure { get; set; }

        public string Text
        {
            get
            {
                lock (_text)
                    return _text.ToString();
            }
        }

        public void Open() => _isOpen.Set();

        public override void Write(string? value)
        {
            var failure = Failure;
            _waits.TrySetResult();
            _isOpen.Wait();
            if (failure is not null)
                throw failure;
            lock (_text)
                _text.Append(value);
        }

        protected override void Dispose(bool disposing)
        {
            _isOpen.Dispose();
            base.Dispose(disposing);
        }
    }
}
