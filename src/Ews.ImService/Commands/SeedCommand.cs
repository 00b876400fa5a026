using Ews.ImService.Configuration;

namespace Ews.ImService.Commands;

/// <summary>Loads a seed document into a running service, or exports one.</summary>
internal sealed class SeedCommand : Command<SeedCommand.CommandOptions>
{
    private const string StandardStream = "-";

    private static readonly Setting<bool> Replace = Setting.Flag(
        "Client:Replace", "--replace", "Also deletes all mailboxes that the seed document does not contain.");

    private static readonly Setting<bool> Export = Setting.Flag(
        "Client:Export", "--export", "Writes the mailboxes of the service as a seed document.");

    public SeedCommand()
        : base("seed", "Loads seed documents into a running service, or exports its mailboxes.")
    {
        Argument = new CommandArgument(
            "FILE",
            "The seed document, or a folder whose *.json files are loaded in the order of their names; - for standard input or output. "
                + "With --export, standard output is the default.");
    }

    public override IEnumerable<SettingGroup> Options =>
        [new("Options", Export, ClientOptions.Mailbox, Replace), ClientOptions.Group];

    protected override CommandOptions Read(SettingValues values, string? argument)
    {
        var options = new CommandOptions(
            ClientOptions.Read(values),
            argument,
            values.Get(Replace),
            values.Get(Export),
            values.Get(ClientOptions.Mailbox));
        if (!options.Export && argument is null)
            values.Reject("FILE is required: specify the seed document to load, - for standard input, or --export.");
        if (!options.Export && options.Mailbox is not null)
            values.Reject("--mailbox requires --export; a seed document names its mailboxes.");
        if (options is { Export: true, Replace: true })
            values.Reject("--export cannot be combined with --replace.");
        return options;
    }

    protected override Task RunAsync(CommandOptions options) => options.Export ? ExportAsync(options) : LoadAsync(options);

    /// <summary>Loads the documents one after the other. Those before a document that is rejected remain loaded.</summary>
    private static async Task LoadAsync(CommandOptions options)
    {
        using var service = new RunningService(options.Client);
        var method = options.Replace ? HttpMethod.Put : HttpMethod.Post;
        if (options.File == StandardStream)
        {
            await service.SendAsync(method, "seed", await Console.In.ReadToEndAsync());
            Console.WriteLine("The mailboxes of standard input were loaded.");
            return;
        }

        foreach (var file in UserFile.Find(options.File!, "*.json"))
        {
            await service.SendAsync(method, "seed", UserFile.Read(file));
            Console.WriteLine($"The mailboxes of {file} were loaded.");
            method = HttpMethod.Post;
        }
    }

    private static async Task ExportAsync(CommandOptions options)
    {
        using var service = new RunningService(options.Client);
        var filter = options.Mailbox is { } mailbox ? "?mailbox=" + Uri.EscapeDataString(mailbox) : "";
        var seed = await service.SendAsync(HttpMethod.Get, "seed" + filter);
        if (options.File is null or StandardStream)
        {
            Console.WriteLine(seed.TrimEnd());
            return;
        }

        UserFile.Write(options.File, seed);
        Console.WriteLine($"The mailboxes were written to {options.File}.");
    }

    /// <summary>The options of the command.</summary>
    internal sealed record CommandOptions(ClientOptions Client, string? File, bool Replace, bool Export, string? Mailbox);
}
