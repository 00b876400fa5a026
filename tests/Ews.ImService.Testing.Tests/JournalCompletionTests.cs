namespace Ews.ImService.Testing.Tests;

/// <summary>A client that has received the end of a response finds the complete entry in the journal.</summary>
public sealed class JournalCompletionTests
{
    private const int Rounds = 50;

    public static TheoryData<string, JournalState, string?> Faults => new()
    {
        { "none", JournalState.Answered, "NoError" },
        { "responseCode", JournalState.Answered, "ErrorItemNotFound" },
        { "soapFault", JournalState.Answered, "ErrorItemNotFound" },
        { "http", JournalState.Answered, null },
        { "delay", JournalState.Answered, "NoError" },
        { "slowBody", JournalState.Answered, "NoError" },
        { "malformed", JournalState.Answered, "NoError" },
        { "drop", JournalState.Failed, null },
        { "dropAfter", JournalState.Failed, "NoError" },
        { "truncate", JournalState.Failed, "NoError" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task An_entry_is_complete_when_the_client_has_seen_the_end(string kind, JournalState state, string? responseCode)
    {
        await using var exchange = await EwsImServer.StartAsync();
        if (Create(kind) is { } fault)
            await exchange.Faults.AddAsync(fault);
        var client = new ImClient(exchange, "alice@contoso.com");

        for (var id = 1; id <= Rounds; id++)
        {
            await ReadToEndAsync(client);

            var entry = (await exchange.Journal.GetEntriesAsync())[^1];
            entry.Id.Should().Be(id);
            entry.State.Should().Be(state);
            entry.ResponseCode.Should().Be(responseCode);
            entry.Milliseconds.Should().BePositive();
            entry.ResponseBytes.Should().Match(bytes => bytes > 0 || responseCode == null);
        }
    }

    private static FaultRule? Create(string kind) => kind switch
    {
        "responseCode" => Fault.ResponseCode("ErrorItemNotFound"),
        "soapFault" => Fault.SoapFault("ErrorItemNotFound"),
        "http" => Fault.Http(503),
        "delay" => Fault.Delay(TimeSpan.FromMilliseconds(1)),
        "slowBody" => Fault.SlowBody(bytesPerSecond: 100_000),
        "malformed" => Fault.Malformed(),
        "drop" => Fault.Drop(),
        "dropAfter" => Fault.DropAfter(),
        "truncate" => Fault.Truncate(100),
        _ => null,
    };

    private static async Task ReadToEndAsync(ImClient client)
    {
        try
        {
            using var response = await client.PostAsync();
            await response.Content.ReadAsByteArrayAsync();
        }
        catch (HttpRequestException)
        {
            // The fault closed the connection.
        }
    }
}
