using Ews.ImService.Settings;

namespace Ews.ImService.Hosting;

/// <summary>Leaves Ctrl+C and termination signals to the program that hosts the service.</summary>
internal sealed class HostedLifetime : IHostLifetime
{
    /// <summary>
    /// The time for requests in work, which is used up only by a client that does not send its request or does not read the response.
    /// </summary>
    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(5);

    /// <summary>Adds the lifetime of the service: that of its process, or of the program that hosts it.</summary>
    public static void Add(IServiceCollection services, ServiceSettings settings)
    {
        services.Configure<HostOptions>(host => host.ShutdownTimeout = ShutdownTimeout);
        if (settings.IsHosted)
            services.AddSingleton<IHostLifetime, HostedLifetime>();
    }

    /// <inheritdoc/>
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
