using System.Globalization;
using System.Text.Json;
using Ews.ImService.Benchmarks.Baselines;

namespace Ews.ImService.Benchmarks.Compare;

/// <summary>Starts the service and the baselines, with the same settings of the runtime.</summary>
internal sealed class Servers
{
    private static readonly Dictionary<string, string> RuntimeSettings = new()
    {
        ["System.GC.Server"] = "DOTNET_gcServer",
        ["System.GC.Concurrent"] = "DOTNET_gcConcurrent",
        ["System.GC.ConserveMemory"] = "DOTNET_GCConserveMemory",
        ["System.GC.Gen0Size"] = "DOTNET_GCgen0size",
        ["System.GC.DynamicAdaptationMode"] = "DOTNET_GCDynamicAdaptationMode",
        ["System.GC.HeapHardLimit"] = "DOTNET_GCHeapHardLimit",
        ["System.GC.HeapCount"] = "DOTNET_GCHeapCount",
        ["System.Runtime.TieredPGO"] = "DOTNET_TieredPGO",
        ["System.Runtime.TieredCompilation"] = "DOTNET_TieredCompilation",
        ["System.Runtime.TieredCompilation.QuickJit"] = "DOTNET_TC_QuickJit",
        ["System.Runtime.TieredCompilation.QuickJitForLoops"] = "DOTNET_TC_QuickJitForLoops",
    };

    private static readonly Dictionary<string, string> None = [];

    private readonly string _service;
    private readonly Dictionary<string, string> _runtimeSettings;

    /// <param name="service">The folder of the published service.</param>
    /// <param name="folder">The working folder of the servers.</param>
    public Servers(string service, string folder)
    {
        (_service, Folder) = (service, folder);
        var settings = Path.Combine(service, "Ews.ImService.runtimeconfig.json");
        if (!File.Exists(settings))
            throw new RunException($"The folder {service} does not contain the published service.");
        _runtimeSettings = ReadRuntimeSettings(settings);
    }

    /// <summary>Gets this program.</summary>
    public string OwnProgram { get; } = Path.Combine(AppContext.BaseDirectory, typeof(Servers).Assembly.GetName().Name!);

    /// <summary>Gets the working folder of the servers.</summary>
    public string Folder { get; }

    /// <summary>Returns the path of a file in the working folder, and deletes the file.</summary>
    public string NewFile(string name)
    {
        var path = Path.Combine(Folder, name);
        foreach (var suffix in new[] { "", "-wal", "-shm" })
            File.Delete(path + suffix);
        return path;
    }

    /// <summary>Starts the service. Only the limits of a mailbox differ from the defaults.</summary>
    public ServerProcess StartService(string database)
    {
        var port = ServerProcess.FreePort();
        string[] arguments =
        [
            "--urls", string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"),
            "--db", database,
            "--Limits:MaxGroups", "10000000",
            "--Limits:MaxContacts", "10000000",
        ];
        return ServerProcess.Start(Repository.ServiceProgram(_service), arguments, None, port, Folder);
    }

    /// <summary>Starts the baseline L0.</summary>
    public ServerProcess StartEmptyServer(params string[] responses) => StartBaseline(EmptyServer.Command, responses);

    /// <summary>Starts the baseline L1.</summary>
    public ServerProcess StartPlainServer(string database) => StartBaseline(PlainServer.Command, [database]);

    private ServerProcess StartBaseline(string command, string[] arguments)
    {
        var port = ServerProcess.FreePort();
        return ServerProcess.Start(
            OwnProgram,
            [command, port.ToString(CultureInfo.InvariantCulture), .. arguments],
            _runtimeSettings,
            port,
            Folder);
    }

    private static Dictionary<string, string> ReadRuntimeSettings(string file)
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(file));
        var properties = json.RootElement.GetProperty("runtimeOptions").GetProperty("configProperties");
        var variables = new Dictionary<string, string>();
        foreach (var property in properties.EnumerateObject())
        {
            if (RuntimeSettings.TryGetValue(property.Name, out var variable))
                variables[variable] = ToVariable(property.Value);
            else if (property.Name.StartsWith("System.GC.", StringComparison.Ordinal))
                throw new RunException($"The setting {property.Name} of the service cannot be passed on to the baselines.");
        }

        return variables;
    }

    /// <summary>Converts a value. The runtime reads numbers in its environment variables as hexadecimal.</summary>
    private static string ToVariable(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True => "1",
        JsonValueKind.False => "0",
        JsonValueKind.Number => value.GetInt64().ToString("x", CultureInfo.InvariantCulture),
        _ => long.Parse(value.GetString()!, CultureInfo.InvariantCulture).ToString("x", CultureInfo.InvariantCulture),
    };
}
