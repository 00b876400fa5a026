using Ews.ImService.Control.Contract;
using Ews.ImService.Recording;

namespace Ews.ImService.Tests.Recording;

public sealed class RecordingFileTests : IDisposable
{
    private const string HeaderLine =
        """{"recordingVersion":1,"program":"Ews.ImService","server":"https://mail.contoso.com/","started":"2026-11-22T08:00:00Z","""
        + "\"hasPseudonyms\":false}";

    private static readonly RecordingHeader Header = new()
    {
        RecordingVersion = RecordingHeader.CurrentVersion,
        Program = "Ews.ImService",
        Server = "https://mail.contoso.com/",
        Started = new DateTimeOffset(2026, 11, 22, 8, 0, 0, TimeSpan.Zero),
    };

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Entries_are_read_in_the_order_of_arrival()
    {
        var file = Write(Entry(2, "<é/>"), Entry(1, "\u0001"));

        File.ReadAllLines(file)[0].Should().Be(HeaderLine);
        File.ReadAllLines(file)[1].Should().Contain("<é/>");
        Read(file).Should().BeEquivalentTo([Entry(1, "\u0001"), Entry(2, "<é/>")], options => options.WithStrictOrdering());
    }

    [Fact]
    public void Only_the_owner_can_read_the_file()
    {
        if (!OperatingSystem.IsWindows())
            File.GetUnixFileMode(Write()).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact]
    public void An_existing_file_is_not_replaced()
    {
        var file = Write(Entry(1, "kept"));

        var write = () => Write();

        write.Should().Throw<StartException>().WithMessage($"The file '{file}' exists. Use --out to name another file.");
        Read(file).Should().ContainSingle();
    }

    [Fact]
    public void The_header_is_optional_and_an_incomplete_last_line_is_ignored()
    {
        var file = Write(Entry(1, "a"), Entry(2, "b"));
        var lines = File.ReadAllLines(file);

        File.WriteAllText(file, $"{lines[1]}\n{lines[2][..^5]}");

        Read(file).Should().ContainSingle().Which.Id.Should().Be(1);
    }

    [Theory]
    [InlineData("{}\n", "Line 1 of 'r' is not a journal entry: *")]
    [InlineData("[]\n", "Line 1 of 'r' is not a journal entry: *")]
    [InlineData("null\n", "Line 1 of 'r' is not a journal entry: *")]
    [InlineData("x", "Line 1 of 'r' is not a journal entry: *")]
    [InlineData("{\"recordingVersion\":1}\n{}\n", "Line 2 of 'r' is not a journal entry: *")]
    [InlineData("{\"recordingVersion\":2}\n", "The recording 'r' has version 2, but this program reads version 1.")]
    public void Other_files_are_rejected(string text, string problem)
    {
        var read = () => RecordingFile.Read("r", text);

        read.Should().Throw<StartException>().WithMessage(problem);
    }

    [Fact]
    public void Entries_without_bodies_are_rejected()
    {
        var file = Write(Entry(1, "a") with { Request = null, Response = null });

        var read = () => Read(file);

        read.Should().Throw<StartException>().WithMessage("*have no bodies. Use 'ews-im journal --json --bodies' to write them.");
    }

    [Theory]
    [InlineData("\"path\":\"/EWS/Exchange.asmx\"", "\"path\":null")]
    [InlineData("\"path\":\"/EWS/Exchange.asmx\"", "\"path\":\"EWS/Exchange.asmx\"")]
    [InlineData("\"Accept\":\"*/*\"", "\"Accept\":null")]
    [InlineData("\"bodyBase64\":\"AA==\"", "\"bodyBase64\":\"?\"")]
    public void An_entry_with_an_invalid_value_is_rejected(string valid, string invalid)
    {
        var text = File.ReadAllText(Write(Entry(1, "a")));
        text.Should().Contain(valid);

        var read = () => RecordingFile.Read("r", text.Replace(valid, invalid, StringComparison.Ordinal));

        read.Should().Throw<StartException>().WithMessage("Line 2 of 'r' is not a journal entry: *");
    }

    private static IReadOnlyList<JournalEntry> Read(string file) => RecordingFile.Read(file, File.ReadAllText(file));

    private static JournalEntry Entry(long id, string body) => new()
    {
        Id = id,
        Time = Header.Started,
        State = JournalState.Answered,
        Method = "POST",
        Path = "/EWS/Exchange.asmx",
        Operation = "AddImGroup",
        Mailbox = null,
        ResponseCode = "NoError",
        Status = 200,
        Fault = null,
        EarlyByMilliseconds = null,
        Milliseconds = 1.5,
        RequestBytes = 1,
        ResponseBytes = 2,
        Request = new JournalMessage { Headers = new Dictionary<string, string> { ["Accept"] = "*/*" }, Body = body },
        Response = new JournalMessage { Headers = new Dictionary<string, string>(), BodyBase64 = "AA==" },
    };

    private string Write(params JournalEntry[] entries)
    {
        var file = _directory.File("recording.jsonl");
        using var writer = new RecordingWriter(file, Header);
        foreach (var entry in entries)
            writer.Add(entry);
        return file;
    }
}
