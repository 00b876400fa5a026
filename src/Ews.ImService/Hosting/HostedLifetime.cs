using Ews.ImService.Settings;

namespace Ews.ImService.Hosting;

/// <summary>Leaves Ctrl+C and termination signals to the program that hosts the service.</summary>
internal sealed class HostedLifetime : IHostLifetime
{
    /// <summary>The maximum time that a database has to complete its changes, when connections are closed.</summary>
    public static readonly TimeSpan DatabaseTimeout = TimeSpan.FromSeconds(.25);

    /// <summary>
    /// The time after which connections are aborted whose requests or responses are incomplete. Kestrel waits for the end of their requests
    /// up to a second more. With the timeouts of the database and of the log, the process ends within 3 seconds
    /// (docs/decisions/0027-shutdown.md).
    /// </summary>
    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(.75);

    /// <summary>
    /// The timeout in the process of a test, which is used up only by a client that does not send its request or read the response.
    /// </summary>
    private static readonly TimeSpan HostedShutdownTimeout = TimeSpan.FromSeconds(5);

    /// <summary>Adds the lifetime of the service: that of its process, or of the program that hosts it.</summary>
    public static void Add(IServiceCollection services, ServiceSettings settings)
    {
        services.Configure<HostOptions>(host => host.ShutdownTimeout = settings.IsHosted ? HostedShutdownTimeout : ShutdownTimeout);
        if (settings.IsHosted)
            services.AddSingleton<IHostLifetime, HostedLifetime>();
        else if (settings.DrainTime > TimeSpan.Zero)
        {
            services.AddSingleton<IHostLifetime>(
                provider => ActivatorUtilities.CreateInstance<DrainingLifetime>(provider, settings.DrainTime));
        }
    }

    /// <inheritdoc/>
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
