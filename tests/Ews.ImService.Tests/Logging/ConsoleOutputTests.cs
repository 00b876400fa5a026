using System.Text;
using Ews.ImService.Logging;

namespace Ews.ImService.Tests.Logging;

public sealed class ConsoleOutputTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task Texts_are_written_in_order_before_the_output_is_disposed()
    {
        var reader = new SlowReader();
        var texts = Enumerable.Range(0, 3 * ConsoleOutput.MaxWaiting).Select(number => $"{number}\n").ToList();
        await using (var output = new ConsoleOutput(reader, TextWriter.Null, Patience))
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
        var output = new ConsoleOutput(reader, TextWriter.Null, Patience);
        output.Write("first\n");
        await reader.Waits;
        for (var number = 0; number < ConsoleOutput.MaxWaiting; number++)
            output.Write("waits\n");

        var caller = StartWaiting(() => output.Write("last\n"));
        reader.Text.Should().BeEmpty();
        reader.Open();
        caller.Join();
        await output.DisposeAsync();

        reader.Text.Should().StartWith("first\nwaits\n").And.EndWith("waits\nlast\n")
            .And.HaveLength("first\nlast\n".Length + (ConsoleOutput.MaxWaiting * "waits\n".Length));
    }

    [Fact]
    public async Task A_caller_that_waits_for_a_slow_reader_continues_when_the_service_begins_to_stop()
    {
        var reader = new SlowReader();
        var output = new ConsoleOutput(reader, TextWriter.Null, Patience);
        output.Write("first\n");
        await reader.Waits;
        for (var number = 0; number < ConsoleOutput.MaxWaiting; number++)
            output.Write("waits\n");
        var caller = StartWaiting(() => output.Write("last\n"));

        output.BeginStop();
        var hasContinued = caller.Join(Patience);
        reader.Open();
        await output.DisposeAsync();

        hasContinued.Should().BeTrue();
        reader.Text.Should().EndWith("waits\nlast\n");
    }

    [Fact]
    public async Task A_text_after_the_disposal_is_written_at_once()
    {
        var reader = new SlowReader();
        reader.Open();
        var output = new ConsoleOutput(reader, TextWriter.Null, Patience);
        await output.DisposeAsync();

        output.Write("late\n");

        reader.Text.Should().Be("late\n");
    }

    [Fact]
    public async Task A_reader_that_stalls_does_not_prevent_the_end_of_the_process()
    {
        var reader = new SlowReader();
        var output = new ConsoleOutput(reader, TextWriter.Null, stopTimeout: TimeSpan.FromMilliseconds(1));
        output.Write("lost\n");
        await reader.Waits;

        await output.DisposeAsync();

        reader.Text.Should().BeEmpty();
        reader.Open();
    }

    [Fact]
    public async Task A_text_that_is_added_while_the_output_stops_follows_those_that_are_being_written()
    {
        var reader = new SlowReader();
        var output = new ConsoleOutput(reader, TextWriter.Null, Patience);
        output.Write("first\n");
        await reader.Waits;
        var stop = StartWaiting(() => output.DisposeAsync().AsTask().GetAwaiter().GetResult());
        var late = StartWaiting(() => output.Write("late\n"));

        reader.Open();
        stop.Join();
        late.Join();

        reader.Text.Should().Be("first\nlate\n");
        reader.MostWriters.Should().Be(1);
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task Texts_that_cannot_be_written_do_not_stop_the_output(bool isClosed, bool cannotReport)
    {
        Exception failure = isClosed ? new UnauthorizedAccessException("Bad file descriptor") : new IOException("The disk is full.");
        var reader = new SlowReader { Failure = failure };
        reader.Open();
        var errors = new SlowReader { Failure = cannotReport ? failure : null };
        errors.Open();
        var output = new ConsoleOutput(reader, errors, Patience);
        output.Write("lost\n");
        await reader.Waits;
        reader.Failure = null;
        output.Write("kept\n");
        await output.DisposeAsync();

        reader.Text.Should().EndWith("kept\n");
        errors.Text.Contains(failure.Message, StringComparison.Ordinal).Should().Be(!cannotReport);
    }

    /// <summary>Starts a thread, and returns it when it waits.</summary>
    private static Thread StartWaiting(ThreadStart action)
    {
        var thread = new Thread(action);
        thread.Start();
        SpinWait.SpinUntil(() => thread.ThreadState.HasFlag(ThreadState.WaitSleepJoin));
        return thread;
    }

    /// <summary>A reader of the output that accepts text only after it was opened.</summary>
    private sealed class SlowReader : TextWriter
    {
        private readonly StringBuilder _text = new();
        private readonly ManualResetEventSlim _isOpen = new();
        private readonly TaskCompletionSource _waits = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _writers;

        public override Encoding Encoding => Encoding.UTF8;

        public Task Waits => _waits.Task;

        public Exception? Failure { get; set; }

        /// <summary>Gets the greatest number of threads that wrote at the same time.</summary>
        public int MostWriters { get; private set; }

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
            lock (_text)
                MostWriters = Math.Max(MostWriters, ++_writers);
            _waits.TrySetResult();
            _isOpen.Wait();
            lock (_text)
            {
                _writers--;
                if (failure is null)
                    _text.Append(value);
            }

            if (failure is not null)
                throw failure;
        }

        protected override void Dispose(bool disposing)
        {
            _isOpen.Dispose();
            base.Dispose(disposing);
        }
    }
}
