using Ews.ImService.Configuration;

namespace Ews.ImService.Commands;

/// <summary>Loads a seed document into a running service, or exports one.</summary>
internal sealed class SeedCommand : ClientCommand<SeedCommand.CommandOptions>
{
    private const string StandardStream = "-";

    private static readonly Setting<bool> Replace = Setting.Flag(
        "Client:Replace", "--replace", "Also deletes all mailboxes that the seed document does not contain.");

    private static readonly Setting<bool> Export = Setting.Flag(
        "Client:Export", "--export", "Writes the mailboxes of the service as a seed document.");

    private static readonly Setting<bool> Short = Setting.Flag(
        "Client:Short", "--short", "Exports a short form for people: without ids, times, and values that the service derives.");

    public SeedCommand()
        : base("seed", "Loads seed documents into a running service, or exports its mailboxes.")
    {
        Argument = new CommandArgument(
            "FILE",
            "The seed document, or a folder whose *.json files are loaded in the order of their names; - for standard input or output. "
                + "With --export, standard output is the default.")
        {
            IsPath = true,
        };
        Examples =
        [
            new("ews-im seed seed.json", "Loads a seed document."),
            new("ews-im seed seeds --replace --realm my-test", "Replaces the mailboxes of a realm with those of a folder."),
            new("ews-im seed --export all.json", "Writes the mailboxes of the default realm to a file."),
            new("ews-im seed --export --short --mailbox alice@contoso.com", "Prints one mailbox in a short form, to be edited."),
        ];
    }

    protected override IEnumerable<Setting> OwnOptions => [Export, Short, ClientOptions.Mailbox, Replace];

    protected override CommandOptions Read(SettingValues values, string? argument, ClientOptions client)
    {
        var options = new CommandOptions(
            argument,
            values.Get(Replace),
            values.Get(Export),
            values.Get(Short),
            values.Get(ClientOptions.Mailbox));
        if (!options.Export && argument is null)
            values.Reject("FILE is required: specify the seed document to load, - for standard input, or --export.");
        if (!options.Export && options.Mailbox is not null)
            values.Reject("--mailbox requires --export; a seed document names its mailboxes.");
        if (options is { Export: false, Short: true })
            values.Reject("--short requires --export.");
        if (options is { Export: true, Replace: true })
            values.Reject("--export cannot be combined with --replace.");
        return options;
    }

    protected override Task RunAsync(RunningService service, CommandOptions options) =>
        options.Export ? ExportAsync(service, options) : LoadAsync(service, options);

    /// <summary>Loads the documents one after the other. Those before a document that is rejected remain loaded.</summary>
    private static async Task LoadAsync(RunningService service, CommandOptions options)
    {
        var method = options.Replace ? HttpMethod.Put : HttpMethod.Post;
        if (options.File == StandardStream)
        {
            await service.SendAsync(method, "seed", await Console.In.ReadToEndAsync(), "standard input");
            Report(service, "The mailboxes of standard input were loaded.");
            return;
        }

        foreach (var file in UserFile.Find(options.File!, "*.json"))
        {
            await service.SendAsync(method, "seed", UserFile.Read(file), file);
            Report(service, $"The mailboxes of {file} were loaded.");
            method = HttpMethod.Post;
        }
    }

    private static async Task ExportAsync(RunningService service, CommandOptions options)
    {
        var query = (options.Short ? "&form=short" : "")
            + (options.Mailbox is { } mailbox ? "&mailbox=" + Uri.EscapeDataString(mailbox) : "");
        var seed = await service.SendAsync(HttpMethod.Get, "seed?" + query.TrimStart('&'));
        if (options.File is null or StandardStream)
        {
            Console.WriteLine(seed.TrimEnd());
            return;
        }

        UserFile.Write(options.File, seed);
        Report(service, $"The mailboxes were written to {options.File}.");
    }

    /// <summary>The options of the command.</summary>
    internal sealed record CommandOptions(string? File, bool Replace, bool Export, bool Short, string? Mailbox);
}
