using Ews.ImService.Settings;

namespace Ews.ImService.Hosting;

/// <summary>Leaves Ctrl+C and termination signals to the program that hosts the service.</summary>
internal sealed class HostedLifetime : IHostLifetime
{
    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(5);

    /// <summary>The timeout in the process of a test, which no longer needs responses when it stops the service.</summary>
    private static readonly TimeSpan HostedShutdownTimeout = TimeSpan.FromMilliseconds(250);

    /// <summary>Adds the lifetime of the service: that of its process, or of the program that hosts it.</summary>
    public static void Add(IServiceCollection services, ServiceSettings settings)
    {
        services.Configure<HostOptions>(host => host.ShutdownTimeout = settings.IsHosted ? HostedShutdownTimeout : ShutdownTimeout);
        if (settings.IsHosted)
            services.AddSingleton<IHostLifetime, HostedLifetime>();
    }

    /// <inheritdoc/>
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
