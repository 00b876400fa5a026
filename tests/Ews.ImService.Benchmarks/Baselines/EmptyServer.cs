using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Ews.ImService.Benchmarks.Baselines;

/// <summary>The baseline L0: Kestrel that returns the same bytes to every request.</summary>
internal static class EmptyServer
{
    /// <summary>
    /// The command of the server: port, file with the response, optional file with the response at <see cref="ListPath"/>.
    /// </summary>
    public const string Command = "serve-l0";

    /// <summary>The path at which the server returns its second response.</summary>
    public const string ListPath = "/list";

    /// <summary>Runs the server until the process is killed.</summary>
    public static async Task RunAsync(string[] arguments)
    {
        var response = await File.ReadAllBytesAsync(arguments[1]);
        var list = arguments.Length > 2 ? await File.ReadAllBytesAsync(arguments[2]) : response;
        await using var application = Create(int.Parse(arguments[0], CultureInfo.InvariantCulture), response, list);
        await application.RunAsync();
    }

    /// <summary>Creates a server on a port of the loopback address; 0 selects a free port.</summary>
    public static WebApplication Create(int port, byte[] response, byte[] list)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost
            .UseKestrelCore()
            .UseUrls(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"))
            .ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        var application = builder.Build();
        application.Run(context => SendAsync(context.Response, context.Request.Path.Value == ListPath ? list : response));
        return application;
    }

    private static Task SendAsync(HttpResponse response, byte[] body)
    {
        response.ContentType = "text/xml; charset=utf-8";
        response.ContentLength = body.Length;
        return response.Body.WriteAsync(body, 0, body.Length);
    }
}
