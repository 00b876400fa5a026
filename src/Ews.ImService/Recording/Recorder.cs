using System.Net.Sockets;
using Ews.ImService.Control.Contract;
using Ews.ImService.Tls;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Ews.ImService.Recording;

/// <summary>A server that forwards all requests to another server, and records them.</summary>
internal sealed class Recorder : IAsyncDisposable
{
    /// <summary>Larger than the tickets of Kerberos in the header of a request.</summary>
    private const int MaxHeaderBytes = 256 * 1024;

    private readonly WebApplication _application;
    private readonly RecorderOptions _options;

    private Recorder(WebApplication application, RecorderOptions options) => (_application, _options) = (application, options);

    /// <summary>Gets the URLs for clients, after the recorder has started.</summary>
    public IReadOnlyList<string> Urls => _application.Urls.Select(ReachableUrl.From).ToList();

    /// <summary>Composes a recorder.</summary>
    /// <param name="options">The options.</param>
    /// <param name="certificate">The certificate of HTTPS URLs; <c>null</c> if there are none.</param>
    /// <param name="record">Receives the entry of each exchange when it ends.</param>
    public static Recorder Create(RecorderOptions options, ServerCertificate? certificate, Action<JournalEntry> record)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Logging.SetMinimumLevel(LogLevel.Error).AddFilter("Microsoft.Extensions.Hosting", LogLevel.None)
            .AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Error);
        builder.WebHost.UseKestrelCore().UseUrls([.. options.Urls]).ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Limits.MaxRequestHeadersTotalSize = MaxHeaderBytes;
            kestrel.Limits.MaxRequestBufferSize = null;
            kestrel.ConfigureEndpointDefaults(endpoint => Configure(endpoint, options));
            if (certificate is not null)
            {
                kestrel.ConfigureHttpsDefaults(https =>
                    (https.ServerCertificate, https.ServerCertificateChain) = (certificate.Certificate, certificate.Issuers));
            }
        });
        if (certificate is not null)
            builder.WebHost.UseKestrelHttpsConfiguration();
        var application = builder.Build();
        application.Run(new RequestForwarder(options, record, application.Lifetime.ApplicationStopping).ForwardAsync);
        return new Recorder(application, options);
    }

    /// <summary>Starts to listen.</summary>
    /// <exception cref="StartException">The recorder cannot listen on a URL.</exception>
    public async Task StartAsync()
    {
        try
        {
            await _application.StartAsync();
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            var urls = string.Join(';', _options.Urls);
            throw new StartException($"The recorder cannot listen on {urls}: {e.Message.TrimEnd('.')}. Use --urls to name another URL.", e);
        }
    }

    /// <summary>Waits until Ctrl+C or a termination signal stops the recorder, and all exchanges are recorded.</summary>
    public Task WaitForShutdownAsync() => _application.WaitForShutdownAsync(CancellationToken.None);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!_application.Lifetime.ApplicationStopped.IsCancellationRequested)
            await _application.StopAsync();
        await _application.DisposeAsync();
    }

    /// <summary>Uses HTTP/1.1, and one connection to the server for each connection of a client.</summary>
    private static void Configure(ListenOptions endpoint, RecorderOptions options)
    {
        endpoint.Protocols = HttpProtocols.Http1;
        endpoint.Use(next => async connection =>
        {
            using var upstream = new UpstreamConnection(options);
            upstream.Set(connection.Items);
            await next(connection);
        });
    }
}
