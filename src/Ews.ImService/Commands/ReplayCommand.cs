using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Ews.ImService.Configuration;
using Ews.ImService.Control.Contract;
using Ews.ImService.Logging;
using Ews.ImService.Recording;
using Ews.ImService.Replaying;

namespace Ews.ImService.Commands;

/// <summary>Sends the requests of a recording to a running service, and compares the responses.</summary>
internal sealed class ReplayCommand : ClientCommand<ReplayCommand.CommandOptions>
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(5);

    private static readonly Setting<string> Ignored = Setting.Text(
        "Client:Replay:Ignore:N",
        "",
        "A path that is not compared, such as GroupType or GetItemResponse/*/Size. The option can be repeated.",
        text => text,
        "path") with
    {
        ShortName = "--ignore",
    };

    private static readonly Setting<string?> AcceptFile = Setting.OptionalPath(
        "Client:Replay:Accept", "A file with paths that are not compared, one on each line. Lines that begin with # are comments.") with
    {
        ShortName = "--accept",
    };

    public ReplayCommand()
        : base("replay", "Sends the requests of a recording, and compares the responses.")
    {
        Argument = new CommandArgument("FILE", "The file of 'ews-im record', or the output of 'ews-im journal --json --bodies'.")
        {
            IsRequired = true,
            IsPath = true,
        };
        Remarks =
            "The exit code is 0 if all responses are equal, except for ids and times, and 1 otherwise. Without a realm, a new realm is "
            + "created and deleted again. Without --user, each request signs in as its mailbox, with a password that is not valid in "
            + "SignIn:Mode Users.";
        Examples =
        [
            new("ews-im replay recording.jsonl", "Compares in a new realm."),
            new("ews-im replay recording.jsonl --realm my-test --ignore Size --ignore Culture", "Compares in a realm that was seeded."),
        ];
    }

    protected override IEnumerable<Setting> OwnOptions => [Ignored, AcceptFile, .. CredentialOptions.Group.Settings];

    protected override CommandOptions Read(SettingValues values, string? argument, ClientOptions client)
    {
        var accepted = values.Get(AcceptFile) is { } file ? PathPatterns.Read(UserFile.Read(file)) : [];
        return new CommandOptions(argument, CredentialOptions.Read(values), new PathPatterns([.. values.GetList(Ignored), .. accepted]));
    }

    protected override async Task RunAsync(RunningService service, CommandOptions options)
    {
        var entries = RecordingFile.Read(options.File!, UserFile.Read(options.File!));
        using var interruption = new Interruption();
        var report = service.Options.Realm is { } realm
            ? await ReplayAsync(service.Options, realm, options, entries, interruption.Token)
            : await ReplayInNewRealmAsync(service.Options, options, entries, interruption.Token);
        if (service.Options.AsJson)
            Console.WriteLine(JsonSerializer.Serialize(report, ReplayReportJson.Indented.ReplayReport));
        else
            Print(report);
        if (report.Compared.Count == 0)
            throw new StartException($"The recording '{options.File}' contains no response that can be compared.");
        if (report.DifferentCount > 0)
        {
            throw new StartException(string.Create(
                CultureInfo.InvariantCulture, $"{report.DifferentCount} of {report.Compared.Count} compared responses differ."));
        }
    }

    private static void Print(ReplayReport report)
    {
        foreach (var line in ReplayReportText.Format(report))
            Console.WriteLine(LogValue.Escape(line));
    }

    private static async Task<ReplayReport> ReplayInNewRealmAsync(
        ClientOptions client, CommandOptions options, IReadOnlyList<JournalEntry> entries, CancellationToken cancellationToken)
    {
        var realm = $"replay-{Guid.NewGuid():N}";
        using var service = new RunningService(client with { Realm = realm });
        await service.SendAsync(HttpMethod.Post, "reset"); // It creates the realm.
        try
        {
            return await ReplayAsync(client, realm, options, entries, cancellationToken);
        }
        finally
        {
            await DeleteRealmAsync(service, realm);
        }
    }

    /// <summary>Deletes a realm. A failure is reported, but does not replace the result of the replay.</summary>
    private static async Task DeleteRealmAsync(RunningService service, string realm)
    {
        try
        {
            await service.SendAsync(HttpMethod.Delete, "realms/" + realm);
        }
        catch (StartException e)
        {
            await Console.Error.WriteLineAsync($"The realm '{realm}' was not deleted: {e.Message}");
        }
    }

    private static async Task<ReplayReport> ReplayAsync(
        ClientOptions client,
        string realm,
        CommandOptions options,
        IReadOnlyList<JournalEntry> entries,
        CancellationToken cancellationToken)
    {
        using var http = new HttpClient(RunningService.CreateHandler()) { Timeout = Timeout };
        return await new ReplayRun(http, client.Url, realm, SignInOf(options.Credentials), options.Accepted)
            .RunAsync(entries, cancellationToken);
    }

    private static AuthenticationHeaderValue? SignInOf(NetworkCredential? user) => user switch
    {
        null => null,
        { Domain: "" } => ReplayableRequest.Basic(user.UserName, user.Password),
        _ => ReplayableRequest.Basic($"{user.Domain}\\{user.UserName}", user.Password),
    };

    /// <summary>The options of the command.</summary>
    internal sealed record CommandOptions(string? File, NetworkCredential? Credentials, PathPatterns Accepted);
}
