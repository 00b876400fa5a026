using System.IO.Compression;
using Microsoft.AspNetCore.RequestDecompression;
using Microsoft.AspNetCore.ResponseCompression;

namespace Ews.ImService.Hosting;

/// <summary>Accepts and sends gzip, the only encoding that EWS clients use.</summary>
internal static class Compression
{
    private const string Gzip = "gzip";

    /// <summary>Adds the services that <see cref="UseCompression"/> requires.</summary>
    public static IServiceCollection AddCompression(this IServiceCollection services) =>
        services.AddRequestDecompression(Configure).AddResponseCompression(Configure);

    /// <summary>Decompresses request bodies and compresses response bodies.</summary>
    /// <remarks>The middleware has no effect on requests without the headers, and is created for the first request with one.</remarks>
    public static void UseCompression(this IApplicationBuilder application) => application.Use(next =>
    {
        var compressed = new Lazy<RequestDelegate>(() =>
        {
            var branch = application.New().UseResponseCompression().UseRequestDecompression();
            branch.Run(next);
            return branch.Build();
        });
        return context => HasEncoding(context.Request.Headers) ? compressed.Value(context) : next(context);
    });

    private static bool HasEncoding(IHeaderDictionary headers) => headers.AcceptEncoding.Count > 0 || headers.ContentEncoding.Count > 0;

    private static void Configure(RequestDecompressionOptions decompression)
    {
        foreach (var encoding in decompression.DecompressionProviders.Keys.Where(encoding => encoding != Gzip).ToList())
            decompression.DecompressionProviders.Remove(encoding);
    }

    private static void Configure(ResponseCompressionOptions compression)
    {
        compression.EnableForHttps = true;
        compression.MimeTypes = ["text/xml"];

        // Clients are local: compression time matters more than size.
        compression.Providers.Add(new GzipCompressionProvider(new GzipCompressionProviderOptions { Level = CompressionLevel.Fastest }));
    }
}
