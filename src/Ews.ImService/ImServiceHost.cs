using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Ews.ImService.Control;
using Ews.ImService.Control.Server;
using Ews.ImService.Hosting;
using Ews.ImService.Inspector;
using Ews.ImService.Logging;
using Ews.ImService.Mailbox;
using Ews.ImService.Protocol;
using Ews.ImService.Protocol.Http;
using Ews.ImService.Settings;
using Ews.ImService.Storage;
using Ews.ImService.Tls;
using Microsoft.AspNetCore.Hosting.Server;

namespace Ews.ImService;

/// <summary>The service: the web application, the store, and the log.</summary>
/// <remarks>The database is opened while the web application is composed. The service listens when the file is locked and valid.</remarks>
internal sealed class ImServiceHost : IAsyncDisposable
{
    /// <summary>The name of the application, which is a category of log events, also in the process of another program.</summary>
    private const string Name = "Ews.ImService";

    private readonly WebApplication _application;
    private readonly ServiceObservation _observation;
    private readonly ServiceDatabase _database;
    private readonly ServiceLog _log;
    private readonly Task _preparation;
    private readonly ServiceSettings _settings;
    private readonly ServerCertificate? _certificate;
    private readonly DrainingLifetime? _draining;
    private volatile bool _isReady;
    private bool _isDisposed;

    private ImServiceHost(
        WebApplication application,
        ServiceObservation observation,
        ServiceDatabase database,
        Task preparation,
        ServiceLog log,
        ServiceSettings settings,
        ServerCertificate? certificate)
    {
        (_application, _observation, _database, _preparation, _log, _settings, _certificate) =
            (application, observation, database, preparation, log, settings, certificate);
        if (settings.DrainTime > TimeSpan.Zero)
            _draining = application.Services.GetRequiredService<IHostLifetime>() as DrainingLifetime;
    }

    /// <summary>Gets the EWS URLs for clients, after the service has started.</summary>
    public IReadOnlyList<Uri> EwsUrls => _application.Urls.Select(ReachableUrl.OfEws).ToList();

    /// <summary>Gets the first URL that the service listens on, as clients on this machine use it, after the service has started.</summary>
    public string Url => ReachableUrl.From(_application.Urls.First()).TrimEnd('/');

    /// <summary>Gets the certificate of HTTPS URLs; <c>null</c> if there are none.</summary>
    public X509Certificate2? Certificate => _certificate?.Certificate;

    /// <summary>Gets the store of mailboxes.</summary>
    public IMailboxStore Store => _database.Store;

    /// <summary>Composes the service, and starts to open its database.</summary>
    /// <exception cref="StartException">The certificate or a seed document cannot be read.</exception>
    public static ImServiceHost Create(ServiceSettings settings)
    {
        var startedAt = TimeProvider.System.GetUtcNow();
        var certificate = settings.HasHttps ? ServerCertificate.Load(settings.Certificate) : null;
        if (certificate?.Note is { } note)
            settings = settings with { Warnings = [.. settings.Warnings, note] };
        var seed = InitialState.Read(settings);
        var log = ServiceLog.Create(settings);
        var observation = new ServiceObservation(settings, log.Loggers);
        var database = ServiceDatabase.Start(settings, observation.Instrumentation, log.Loggers);
        var preparation = Rehearsal.Start();

        // The empty builder starts faster than the other builders, and reads no configuration.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = Name });
        builder.WebHost.UseKestrel(settings, certificate);
        HostedLifetime.Add(builder.Services, settings);
        builder.Services
            .AddSingleton(log.Loggers)
            .AddRoutingCore()
            .AddCompression()
            .AddService(settings, observation.Instrumentation, database.Store, database.Realms, seed);
        if (log.Tail is { } tail)
        {
            builder.Services
                .AddSingleton<ILogTail>(tail)
                .AddSingleton<IServerInformation>(
                    provider => new ServerInformation(settings, startedAt, provider.GetRequiredService<IServer>()));
        }

        var application = builder.Build();
        if (settings.TrustForwardedHeaders)
            application.UseForwardedUrl();
        application.UseRealms();
        application.UseEwsTracing();
        application.UseControl();
        application.UseCompression();
        application.UseEws();
        application.UseControlApi();
        var host = new ImServiceHost(application, observation, database, preparation, log, settings, certificate);
        application.RunEndpoints(endpoints =>
        {
            endpoints.MapEws();
            endpoints.MapInspector(ServeInspectorAsync);
            endpoints.MapHealth(host.GetReadinessAsync);
            observation.MapMetrics(endpoints);
            endpoints.MapNotFound();
        });
        return host;
    }

    /// <summary>Waits until the database is open, starts to listen, and waits until the service is ready.</summary>
    /// <exception cref="StartException">The service cannot listen on a URL, or a seed document is not valid.</exception>
    /// <exception cref="StorageException">The database cannot be used. The service does not listen.</exception>
    public async Task StartAsync()
    {
        await _database.Store.WaitUntilReadyAsync();
        if (_settings.Postgres is null)
            _database.Realms.AddStored(await _database.Store.FindRealmsAsync(CancellationToken.None));
        await _observation.WaitUntilReadyAsync();
        await ListenAsync();
        await InitialState.LoadAsync(_application.Services, _settings);
        _isReady = true;
        var urls = string.Join(" or ", EwsUrls);
        HostLog.Ready(_application.Logger, urls, _settings.DatabaseName);
        if (_observation.IsExporting)
            HostLog.Exporting(_application.Logger);
        foreach (var warning in _settings.Warnings)
            HostLog.Warning(_application.Logger, warning);
        _ = ReportFailureAsync(_preparation);
    }

    /// <summary>Waits until Ctrl+C or a termination signal stops the service.</summary>
    /// <param name="inputEnded">A token that is canceled when standard input ends, which also stops the service.</param>
    public async Task WaitForShutdownAsync(CancellationToken inputEnded = default)
    {
        using var ended = inputEnded.Register(() =>
        {
            HostLog.InputEnded(_application.Logger);
            _application.Lifetime.StopApplication();
        });
        using var stopping = _application.Lifetime.ApplicationStopping.Register(() =>
        {
            _log.BeginStop();
            HostLog.ShuttingDown(_application.Logger);
        });
        await _application.WaitForShutdownAsync(CancellationToken.None);
        HostLog.Stopped(_application.Logger);
    }

    /// <summary>Completes requests, then changes of mailboxes, then the log output.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_isDisposed)
            return;
        _isDisposed = true;
        if (!_application.Lifetime.ApplicationStopped.IsCancellationRequested)
            await _application.StopAsync();
        await _application.DisposeAsync();
        _certificate?.Dispose();
        await StopStoreAsync();
        await _database.DisposeAsync();
        await _observation.DisposeAsync();
        await _log.DisposeAsync();
    }

    /// <summary>Responds to a request for the inspector, whose assembly is loaded by the first call.</summary>
    private static Task ServeInspectorAsync(HttpContext context) => InspectorPage.ServeAsync(context);

    private async ValueTask<Readiness> GetReadinessAsync()
    {
        if (_draining is { IsDraining: true })
            return Readiness.Stopping;
        return !_isReady ? Readiness.Starting : await _database.IsUsableAsync() ? Readiness.Ready : Readiness.DatabaseUnavailable;
    }

    /// <summary>
    /// Completes changes of mailboxes. A process does not wait for changes that take long, such as a large seed document: no response has
    /// acknowledged them, and the database discards a transaction that its process does not commit.
    /// </summary>
    private async Task StopStoreAsync()
    {
        var stopped = _database.Store.DisposeAsync().AsTask();
        if (!_settings.IsHosted && await Task.WhenAny(stopped, Task.Delay(HostedLifetime.DatabaseTimeout)) != stopped)
            HostLog.ChangesDiscarded(_application.Logger);
        else
            await stopped;
    }

    private async Task ReportFailureAsync(Task preparation)
    {
        try
        {
            await preparation;
        }
#pragma warning disable CA1031 // Requests work without the preparation.
        catch (Exception e)
#pragma warning restore CA1031
        {
            HostLog.PreparationFailed(_application.Logger, e);
        }
    }

    private async Task ListenAsync()
    {
        try
        {
            await _application.StartAsync();
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            var urls = string.Join(';', _settings.Urls);
            var hint = _settings.IsHosted ? "" : " Use --urls to name another URL.";
            throw new StartException($"The service cannot listen on {urls}: {e.Message.TrimEnd('.')}.{hint}", e);
        }
    }
}
