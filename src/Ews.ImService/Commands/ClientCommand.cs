using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Ews.ImService.Configuration;
using Ews.ImService.Logging;

namespace Ews.ImService.Commands;

/// <summary>A command that calls the control API of a running service.</summary>
/// <typeparam name="TOptions">The options of the command in addition to those of all client commands.</typeparam>
/// <param name="name">The name on the command line.</param>
/// <param name="summary">One sentence that describes the command.</param>
internal abstract class ClientCommand<TOptions>(string name, string summary)
    : Command<(ClientOptions Client, TOptions Own)>(name, summary)
{
    /// <inheritdoc/>
    public sealed override IEnumerable<SettingGroup> Options => [new("Options", [.. OwnOptions, ClientOptions.Json]), Connection];

    /// <summary>Gets the options of the command in addition to those of all client commands.</summary>
    protected virtual IEnumerable<Setting> OwnOptions => [];

    /// <summary>Gets the options that select the service.</summary>
    protected virtual SettingGroup Connection => ClientOptions.Group;

    /// <inheritdoc/>
    protected sealed override (ClientOptions Client, TOptions Own) Read(SettingValues values, string? argument)
    {
        var client = ClientOptions.Read(values);
        return (client, Read(values, argument, client));
    }

    /// <inheritdoc/>
    protected sealed override async Task RunAsync((ClientOptions Client, TOptions Own) options)
    {
        using var service = new RunningService(options.Client);
        await RunAsync(service, options.Own);
    }

    /// <summary>Reads the options, and reports violations to <paramref name="values"/>.</summary>
    protected abstract TOptions Read(SettingValues values, string? argument, ClientOptions client);

    /// <summary>Runs the command with valid options.</summary>
    protected abstract Task RunAsync(RunningService service, TOptions options);

    /// <summary>Prints what a call did. JSON has no output for it, because the response of the control API has no content.</summary>
    protected static void Report(RunningService service, string sentence)
    {
        if (!service.Options.AsJson)
            Console.WriteLine(LogValue.Escape(sentence));
    }

    /// <summary>Prints a response of the control API: its JSON, or lines of text.</summary>
    protected static void Print<T>(RunningService service, string response, JsonTypeInfo<T> type, Func<T, IEnumerable<string>> lines)
    {
        if (service.Options.AsJson)
        {
            Console.WriteLine(response.TrimEnd());
            return;
        }

        foreach (var line in lines(JsonSerializer.Deserialize(response, type)!))
            Console.WriteLine(LogValue.Escape(line));
    }
}

/// <summary>A command that calls the control API and has at most an argument.</summary>
/// <param name="name">The name on the command line.</param>
/// <param name="summary">One sentence that describes the command.</param>
internal abstract class ClientCommand(string name, string summary) : ClientCommand<string?>(name, summary)
{
    /// <inheritdoc/>
    protected sealed override string? Read(SettingValues values, string? argument, ClientOptions client) => argument;
}
