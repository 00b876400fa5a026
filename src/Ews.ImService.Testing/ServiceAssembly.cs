using System.Reflection;
using System.Runtime.Loader;
using System.Security.Cryptography.X509Certificates;

namespace Ews.ImService.Testing;

/// <summary>The service's assembly, loaded once and apart from those of the test: its libraries are not the test's, whatever their versions.</summary>
internal sealed class ServiceAssembly : AssemblyLoadContext
{
    private const string Folder = "ews-imservice";
    private const string File = "Ews.ImService.dll";

    private static readonly Lazy<StartService> StartOnce = new(Load);

    private readonly AssemblyDependencyResolver _resolver;

    private ServiceAssembly(string path)
        : base("Ews.ImService") => _resolver = new AssemblyDependencyResolver(path);

    /// <summary>Starts a service.</summary>
    public delegate Task<(IReadOnlyList<Uri> Urls, X509Certificate2? Certificate, Func<ValueTask> Stop)> StartService(
        IReadOnlyDictionary<string, string?> settings, IReadOnlyList<string> seeds, TimeProvider clock, Action<string>? logLine);

    /// <summary>The service's own entry for programs that run it.</summary>
    public static StartService Start => StartOnce.Value;

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName) =>
        _resolver.ResolveAssemblyToPath(assemblyName) is { } path ? LoadFromAssemblyPath(path) : null;

    /// <inheritdoc/>
    protected override nint LoadUnmanagedDll(string unmanagedDllName) =>
        _resolver.ResolveUnmanagedDllToPath(unmanagedDllName) is { } path ? LoadUnmanagedDllFromPath(path) : 0;

    private static StartService Load()
    {
        string[] directories = [AppContext.BaseDirectory, Path.GetDirectoryName(typeof(ServiceAssembly).Assembly.Location)!];
        var path = directories.Select(directory => Path.Combine(directory, Folder, File)).FirstOrDefault(System.IO.File.Exists)
            ?? throw new EwsImServerException($"The service is not beside the tests: there is no {Folder}/{File} in {string.Join(" or ", directories.Distinct())}. The package Ews.ImService.Testing copies it there when the test project is built.");
        var assembly = new ServiceAssembly(path).LoadFromAssemblyPath(path);
        return assembly.GetType("Ews.ImService.InProcessService", throwOnError: true)!.GetMethod("StartAsync")!.CreateDelegate<StartService>();
    }
}
