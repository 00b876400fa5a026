using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Ews.ImService.Benchmarks;

/// <summary>The baseline of comparisons: a minimal web application of ASP.NET Core.</summary>
internal static class EmptyKestrel
{
    /// <summary>Starts an application on a free port of the loopback address.</summary>
    public static async Task<WebApplication> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRoutingCore();
        var application = builder.Build();
        application.UseRouting();
        application.MapGet("/", (RequestDelegate)(context => context.Response.WriteAsync("ok\n")));
        await application.StartAsync();
        return application;
    }
}
