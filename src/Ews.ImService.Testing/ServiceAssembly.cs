using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;

namespace Ews.ImService.Testing;

/// <summary>Loads the service once per process, in a separate context with its own libraries.</summary>
internal sealed class ServiceAssembly : AssemblyLoadContext
{
    private const string Folder = "ews-imservice";
    private const string FileName = "Ews.ImService.dll";
    private const string EntryType = "Ews.ImService.InProcessService";
    private const string EntryMethod = "StartAsync";

    private static readonly Lazy<StartService> Entry = new(LoadEntry);

    private readonly AssemblyDependencyResolver _resolver;
    private readonly string _compiledFolder;

    private ServiceAssembly(string path)
        : base("Ews.ImService")
    {
        _resolver = new AssemblyDependencyResolver(path);
        _compiledFolder = Path.Combine(Path.GetDirectoryName(path)!, "compiled", CurrentSystem());
    }

    /// <summary>The signature of the entry point. Only types of .NET and ASP.NET Core are the same in both contexts.</summary>
    private delegate Task<(IReadOnlyList<Uri> Urls, X509Certificate2? Certificate, Func<ValueTask> Stop)> StartService(
        IReadOnlyDictionary<string, string?> settings,
        IReadOnlyList<string> seeds,
        TimeProvider clock,
        Action<string>? logLine,
        ILoggerFactory? loggers);

    /// <summary>Starts a service, which is ready when the task completes.</summary>
    /// <exception cref="EwsImServerException">The service is not found or cannot start.</exception>
    public static async Task<(IReadOnlyList<Uri> Urls, X509Certificate2? Certificate, Func<ValueTask> Stop)> StartAsync(
        IReadOnlyDictionary<string, string?> settings,
        IReadOnlyList<string> seeds,
        TimeProvider clock,
        Action<string>? logLine,
        ILoggerFactory? loggers,
        CancellationToken cancellationToken)
    {
        try
        {
            var started = await Task.Run(() => Entry.Value(settings, seeds, clock, logLine, loggers), cancellationToken)
                .ConfigureAwait(false);
            if (cancellationToken.IsCancellationRequested)
                await started.Stop().ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            return started;
        }
        catch (Exception e) when (e is not (EwsImServerException or OperationCanceledException))
        {
            throw new EwsImServerException($"The server cannot start: {e.Message}", e);
        }
    }

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName) =>
        _resolver.ResolveAssemblyToPath(assemblyName) is { } path ? LoadPreferCompiled(path) : null;

    /// <inheritdoc/>
    protected override nint LoadUnmanagedDll(string unmanagedDllName) =>
        _resolver.ResolveUnmanagedDllToPath(unmanagedDllName) is { } path ? LoadUnmanagedDllFromPath(path) : 0;

    private static StartService LoadEntry()
    {
        string[] directories = [AppContext.BaseDirectory, Path.GetDirectoryName(typeof(ServiceAssembly).Assembly.Location)!];
        var path = directories.Select(directory => Path.Combine(directory, Folder, FileName)).FirstOrDefault(File.Exists)
            ?? throw new EwsImServerException(
                $"The service was not found: there is no {Folder}/{FileName} in {string.Join(" or ", directories.Distinct())}. "
                + "The package Ews.ImService.Testing copies it there when the test project is built.");
        var assembly = new ServiceAssembly(path).LoadPreferCompiled(path);
        return assembly.GetType(EntryType, throwOnError: true)!.GetMethod(EntryMethod)!.CreateDelegate<StartService>();
    }

    /// <summary>Returns the system in the form of a runtime identifier. Managed code does not depend on the C library of Linux.</summary>
    private static string CurrentSystem()
    {
        var system = OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx" : "linux";
        return $"{system}-{RuntimeInformation.ProcessArchitecture}".ToLowerInvariant();
    }

    /// <summary>Loads the ReadyToRun form of an assembly if the package has it for this system; otherwise, the portable form.</summary>
    private Assembly LoadPreferCompiled(string path)
    {
        var compiled = Path.Combine(_compiledFolder, Path.GetFileName(path));
        return LoadFromAssemblyPath(File.Exists(compiled) ? compiled : path);
    }
}
