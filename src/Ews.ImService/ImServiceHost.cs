using System.IO.Compression;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Ews.ImService.Control;
using Ews.ImService.Control.Documents;
using Ews.ImService.Control.Realms;
using Ews.ImService.Control.Seeds;
using Ews.ImService.Mailbox;
using Ews.ImService.Protocol;
using Ews.ImService.Protocol.Http;
using Ews.ImService.Settings;
using Ews.ImService.Storage;
using Ews.ImService.Tls;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.RequestDecompression;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Serilog;
using Serilog.Core;

namespace Ews.ImService;

/// <summary>The service as a whole: the web application, the store and the log, put together by hand.</summary>
/// <remarks>The database opens while the web application is built and started; requests that come before it is open wait for it.</remarks>
internal sealed partial class ImServiceHost : IAsyncDisposable
{
    /// <summary>How long requests have to end when the service does.</summary>
    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(5);

    /// <summary>A test that ends its server has seen what it wanted.</summary>
    private static readonly TimeSpan ShutdownTimeoutInOthersProcess = TimeSpan.FromMilliseconds(250);

    private readonly WebApplication _application;
    private readonly SingleWriterStore _store;
    private readonly Logger _log;
    private readonly Task _warmUp;
    private readonly ServiceSettings _settings;
    private readonly ServerCertificate? _certificate;
    private bool _isDisposed;

    private ImServiceHost(WebApplication application, SingleWriterStore store, Task warmUp, Logger log, ServiceSettings settings, ServerCertificate? certificate) =>
        (_application, _store, _warmUp, _log, _settings, _certificate) = (application, store, warmUp, log, settings, certificate);

    /// <summary>The URLs to give to a client, once the service has started.</summary>
    public IReadOnlyList<Uri> EwsUrls => _application.Urls.Select(url => new Uri(new Uri(ReachableUrl.Of(url)), EwsOptions.Path)).ToList();

    /// <summary>The certificate of the addresses with TLS; null where there is none.</summary>
    public X509Certificate2? Certificate => _certificate?.Certificate;

    /// <summary>Where mailboxes are kept.</summary>
    public IMailboxStore Store => _store;

    /// <summary>Puts the service together and begins to open its database.</summary>
    public static ImServiceHost Create(ServiceSettings settings)
    {
        var certificate = settings.HasHttps ? ServerCertificate.Load(settings.Certificate) : null;
        var seed = ReadSeed(settings);
        var log = Logs.Create(settings);
        var realms = new RealmRegistry(settings.Control);
        var store = MailboxStorage.Start(new MailboxStoreOptions(settings.DatabasePath, settings.Limits, realms));
        var warmUp = Task.Run(EwsServiceExtensions.WarmUp);

        // The empty builder reads no configuration of its own, so that nothing but our settings counts, and starts quickly.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => Configure(kestrel, settings)).UseUrls([.. settings.Urls]);
        if (certificate is not null)
            AddHttps(builder.WebHost, certificate);
        builder.Logging.AddSerilog(log);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = settings.OwnsProcess ? ShutdownTimeout : ShutdownTimeoutInOthersProcess);
        if (!settings.OwnsProcess)
            builder.Services.AddSingleton<IHostLifetime, OthersProcess>();
        builder.Services.AddRequestDecompression(Configure).AddResponseCompression(Configure);
        builder.Services.AddRoutingCore()
            .AddSingleton<IMailboxStore>(store)
            .AddSingleton(settings.Accounts)
            .AddSingleton(settings.Directory)
            .AddSingleton(settings.SignIn)
            .AddSingleton(settings.Passwords)
            .AddSingleton(TimeProvider.System)
            .AddSingleton(settings.Control)
            .AddSingleton(settings.Limits)
            .AddSingleton(realms)
            .AddSingleton(seed)
            .AddEws(settings.Ews)
            .AddControl();

        var application = builder.Build();
        if (settings.TrustForwardedHeaders)
            application.UseForwardedHeaders(FromAnyProxy());
        application.UseRealms();
        application.UseControl();
        application.UseResponseCompression();
        application.UseRequestDecompression();
        application.UseRouting();
        application.MapEws();
        application.MapControl();
        string[] reading = [HttpMethods.Get, HttpMethods.Head];
        application.MapMethods("/livez", reading, context => context.Response.WriteAsync("ok\n"));
        application.MapMethods("/readyz", reading, context => WriteReadinessAsync(context, store.IsReady && warmUp.IsCompletedSuccessfully));
        application.MapFallback("{*path}", WriteWhereToGoAsync);
        return new ImServiceHost(application, store, warmUp, log, settings, certificate);
    }

    /// <summary>Listens, waits for the database and the schema, and tells the URL.</summary>
    /// <exception cref="StartException">It cannot listen there.</exception>
    /// <exception cref="StorageException">The database cannot be used.</exception>
    public async Task StartAsync()
    {
        try
        {
            await _application.StartAsync();
        }
        catch (IOException e)
        {
            throw new StartException($"The service cannot listen: {e.Message.TrimEnd('.')}. Name another address with --urls.", e); // The message names the address.
        }
        catch (SocketException e)
        {
            throw new StartException($"The service cannot listen on {string.Join(';', _settings.Urls)}: {e.Message.TrimEnd('.')}. Name another address with --urls.", e);
        }

        await _store.WaitUntilReadyAsync();
        await _warmUp;
        await BeginAsync();
        var urls = string.Join(" or ", EwsUrls);
        Log.Started(_application.Logger, urls, _settings.DatabasePath);
        foreach (var warning in _settings.Warnings)
            Log.Warning(_application.Logger, warning);
        if (_certificate?.Note is { } note)
            Log.CertificateMade(_application.Logger, note);
    }

    /// <summary>Waits for Ctrl+C or a termination signal, then stops listening.</summary>
    public async Task WaitForShutdownAsync()
    {
        await _application.WaitForShutdownAsync();
        Log.Stopped(_application.Logger);
    }

    /// <summary>Finishes requests, then waiting changes, then the log.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_isDisposed)
            return;
        _isDisposed = true;
        if (!_application.Lifetime.ApplicationStopped.IsCancellationRequested)
            await _application.StopAsync();
        await _application.DisposeAsync();
        _certificate?.Dispose();
        await _store.DisposeAsync();
        await _log.DisposeAsync();
    }

    /// <summary>Loads what the default realm begins with, so that mistakes in it are told at once.</summary>
    private async Task BeginAsync()
    {
        try
        {
            await _application.Services.GetRequiredService<RealmMailboxes>().BeginAsync(_application.Services.GetRequiredService<RealmRegistry>()[MailboxKey.DefaultRealm]);
        }
        catch (DocumentException e)
        {
            throw new StartException($"The seed{(_settings.SeedPath is { } path ? $" '{path}'" : "")} cannot be used:\n" + string.Join('\n', e.Problems.Select(problem => "  " + problem)), e);
        }
    }

    private static StartSeed ReadSeed(ServiceSettings settings)
    {
        try
        {
            return new StartSeed([.. StartSeed.Read(settings.SeedPath).Documents, .. settings.Seeds.Select((seed, index) => ($"seed {index + 1}", seed))]);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StartException($"The seed '{settings.SeedPath}' cannot be read: {e.Message}", e);
        }
    }

    private static void AddHttps(IWebHostBuilder web, ServerCertificate certificate) => web.UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => kestrel.ConfigureHttpsDefaults(https =>
    {
        https.ServerCertificate = certificate.Certificate;
        https.ServerCertificateChain = certificate.Issuers;
        https.SslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13;
    }));

    /// <summary>Gzip alone: what EWS clients send.</summary>
    private static void Configure(RequestDecompressionOptions decompression)
    {
        foreach (var other in decompression.DecompressionProviders.Keys.Where(encoding => encoding != "gzip").ToList())
            decompression.DecompressionProviders.Remove(other);
    }

    /// <summary>Gzip alone, which is what EWS clients ask for, and quickly: the other end is near.</summary>
    private static void Configure(ResponseCompressionOptions compression)
    {
        compression.EnableForHttps = true;
        compression.MimeTypes = ["text/xml"];
        compression.Providers.Add(new GzipCompressionProvider(new GzipCompressionProviderOptions { Level = CompressionLevel.Fastest }));
    }

    private static void Configure(KestrelServerOptions kestrel, ServiceSettings settings)
    {
        kestrel.AddServerHeader = false;
        kestrel.ConfigureEndpointDefaults(endpoint => endpoint.Protocols = HttpProtocols.Http1); // NTLM signs in a connection, which HTTP/2 shares.
        kestrel.Limits.MaxConcurrentConnections = settings.MaxConnections;
        kestrel.Limits.MaxRequestBodySize = null; // Limits:MaxRequestBytes counts, and is held where bodies are read.
    }

    /// <summary>Proxies of a test environment have addresses that nobody knows beforehand.</summary>
    private static ForwardedHeadersOptions FromAnyProxy()
    {
        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedHost | ForwardedHeaders.XForwardedProto };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        return options;
    }

    private static Task WriteReadinessAsync(HttpContext context, bool isReady)
    {
        context.Response.StatusCode = isReady ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        return context.Response.WriteAsync(isReady ? "ready\n" : "starting\n");
    }

    private static Task WriteWhereToGoAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return context.Response.WriteAsync($"There is nothing here. EWS clients use {EwsOptions.Path}; health is at /livez and /readyz, and the control API, unless it is switched off, at /_control/v1.\n");
    }

    /// <summary>Leaves Ctrl+C and termination signals to the program whose process it is.</summary>
    private sealed class OthersProcess : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "Ready. EWS clients use {EwsUrls:l}; mailboxes are kept in {Database}")]
        public static partial void Started(Microsoft.Extensions.Logging.ILogger logger, string ewsUrls, string database);

        [LoggerMessage(Level = LogLevel.Warning, Message = "{Warning:l}")]
        public static partial void Warning(Microsoft.Extensions.Logging.ILogger logger, string warning);

        [LoggerMessage(Level = LogLevel.Warning, Message = "{Note:l}")]
        public static partial void CertificateMade(Microsoft.Extensions.Logging.ILogger logger, string note);

        [LoggerMessage(Level = LogLevel.Information, Message = "Stopped")]
        public static partial void Stopped(Microsoft.Extensions.Logging.ILogger logger);
    }
}
