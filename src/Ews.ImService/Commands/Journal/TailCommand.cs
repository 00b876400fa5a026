using Ews.ImService.Configuration;

namespace Ews.ImService.Commands.Journal;

/// <summary>Prints requests as they are answered.</summary>
internal sealed class TailCommand : ClientCommand<TailCommand.CommandOptions>
{
    private const int DefaultNewest = 10;

    private static readonly Setting<int> Newest = new(
        "Client:Journal:Newest", DefaultNewest, "The number of earlier requests that are printed first.", ParseNewest)
    {
        ShortName = "--newest",
        ValueName = "number",
    };

    public TailCommand()
        : base("tail", "Prints the requests of a realm as they are answered, until Ctrl+C.")
    {
        Remarks = "The command connects again if the connection is lost, and continues after the last request that it printed. On a "
            + "terminal, failed requests are red and injected faults yellow, unless the environment variable NO_COLOR is set. With --json, "
            + "each request is one JSON object on one line.";
        Examples =
        [
            new("ews-im tail", "Prints the newest requests of the default realm and all further ones."),
            new("ews-im tail --errors true --newest 0", "Prints the requests that fail from now on."),
            new("ews-im tail --json --bodies --realm my-test", "Prints the requests of a realm with headers and bodies."),
        ];
    }

    protected override IEnumerable<Setting> OwnOptions => [.. JournalOptions.Filters, Newest, JournalOptions.Bodies];

    protected override CommandOptions Read(SettingValues values, string? argument, ClientOptions client) => new(
        JournalOptions.ReadQuery(values, JournalOptions.Filters), values.Get(Newest), JournalOptions.ReadBodies(values, client));

    protected override async Task RunAsync(RunningService service, CommandOptions options)
    {
        using var interruption = new Interruption();
        using var end = CancellationTokenSource.CreateLinkedTokenSource(interruption.Token, OutputReader.Watch());
        var printer = new TailPrinter(service, options.Newest, options.WithBodies);
        try
        {
            await new JournalFollower(service, options.Query).RunAsync(printer.PrintAsync, end.Token);
        }
        catch (OperationCanceledException) when (end.Token.IsCancellationRequested)
        {
            // Ctrl+C and the end of the reader are regular ends.
        }
    }

    private static Parsed<int> ParseNewest(string text) =>
        text is "0" ? 0 : Setting.ParsePositive(text, JournalFollower.MaxEntries);

    /// <summary>The options of the command.</summary>
    /// <param name="Query">The filters as parameters of a query.</param>
    /// <param name="Newest">The number of earlier requests that are printed first.</param>
    /// <param name="WithBodies"><c>true</c> to print headers and bodies.</param>
    internal sealed record CommandOptions(string Query, int Newest, bool WithBodies);
}
