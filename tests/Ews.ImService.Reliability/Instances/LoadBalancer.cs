using System.Globalization;

namespace Ews.ImService.Reliability.Instances;

/// <summary>Starts a load balancer with its documented configuration in docs/scale.</summary>
internal static class LoadBalancer
{
    private const string Haproxy = "haproxy";
    private const string Nginx = "nginx";
    private const string None = "none";

    /// <summary>The load balancers. <c>none</c> is a <see cref="RoundRobin"/>.</summary>
    public static readonly IReadOnlyCollection<string> Names = [Haproxy, Nginx, None];

    /// <summary>Starts the load balancer of the options, or the first that is installed, in front of three instances.</summary>
    /// <param name="context">The run.</param>
    /// <param name="instances">The ports of the instances.</param>
    /// <returns>The process, or <c>null</c> if there is no load balancer.</returns>
    /// <exception cref="RunException">The load balancer of the options is not installed.</exception>
    public static ServerProcess? Start(RunContext context, IReadOnlyList<int> instances)
    {
        var name = context.Balancer ?? Names.FirstOrDefault(name => Find(name) is not null) ?? None;
        context.Report($"load balancer: {name}");
        if (name == None)
            return null;
        var program = Find(name) ?? throw new RunException($"The load balancer {name} is not installed.");
        return name == Haproxy ? StartHaproxy(context, program, instances) : StartNginx(context, program, instances);
    }

    private static ServerProcess StartHaproxy(RunContext context, string program, IReadOnlyList<int> instances)
    {
        var port = ServerProcess.FreePort();
        var variables = new Dictionary<string, string> { ["BIND"] = Address(port) };
        foreach (var (index, instance) in instances.Index())
            variables[string.Create(CultureInfo.InvariantCulture, $"IM{index + 1}")] = Address(instance);
        return ServerProcess.Start(program, ["-db", "-f", Configuration("haproxy.cfg")], variables, port, context.Folder);
    }

    private static ServerProcess StartNginx(RunContext context, string program, IReadOnlyList<int> instances)
    {
        var port = ServerProcess.FreePort();
        var text = File.ReadAllText(Configuration("nginx.conf")).Replace(Address(5080), Address(port), StringComparison.Ordinal);
        foreach (var (index, instance) in instances.Index())
            text = text.Replace(Address(5081 + index), Address(instance), StringComparison.Ordinal);
        var configuration = context.FilePath("nginx.conf");
        File.WriteAllText(configuration, text);
        var log = context.FilePath("nginx-errors.txt");
        var directives = $"daemon off; master_process off; pid {context.FilePath("nginx.pid")}; error_log {log};";
        string[] arguments = ["-c", configuration, "-e", log, "-g", directives];
        return ServerProcess.Start(program, arguments, new Dictionary<string, string>(), port, context.Folder);
    }

    private static string Configuration(string name) => Path.Combine(Repository.Folder(), "docs", "scale", name);

    private static string Address(int port) => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port}");

    /// <summary>Returns the path of an installed program. Debian installs servers to folders that are not in the PATH of users.</summary>
    private static string? Find(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')
        .Concat(["/usr/sbin", "/usr/local/sbin"])
        .Select(folder => Path.Combine(folder, program))
        .FirstOrDefault(File.Exists);
}
