using Microsoft.AspNetCore.Http;

namespace Ews.ImService.Protocol.Http;

/// <summary>The body of a request, or the reason why the request is rejected.</summary>
/// <remarks>A large body counts towards <see cref="EwsOptions.MaxBufferedBytes"/> until it is disposed.</remarks>
public sealed class RequestBody : IDisposable
{
    private readonly RequestBodies? _bodies;

    internal RequestBody(RequestBodies bodies, byte[] bytes) => (_bodies, Bytes) = (bodies, bytes);

    internal RequestBody(int statusCode, string reason) => (Bytes, Rejection) = ([], new HttpRejection(statusCode, reason));

    /// <summary>Gets the body; empty if the request is rejected.</summary>
    public byte[] Bytes { get; }

    /// <summary>Gets the rejection of the request, or <c>null</c>.</summary>
    public HttpRejection? Rejection { get; }

    /// <inheritdoc/>
    public void Dispose() => _bodies?.Release(Bytes.Length);
}

/// <summary>The rejection of a request whose body is not received or not read.</summary>
/// <param name="StatusCode">The HTTP status.</param>
/// <param name="Reason">The reason, one sentence.</param>
public sealed record HttpRejection(int StatusCode, string Reason)
{
    private const string RetryAfterSeconds = "1";

    /// <summary>Writes the rejection as the response to its request.</summary>
    internal Task WriteAsync(HttpContext context)
    {
        if (StatusCode == StatusCodes.Status503ServiceUnavailable)
            context.Response.Headers.RetryAfter = RetryAfterSeconds;
        return PlainText.WriteAsync(context, StatusCode, Reason);
    }
}
