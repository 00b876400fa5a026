using System.Text;
using Microsoft.AspNetCore.Http;

namespace Ews.ImService.Protocol.Http;

/// <summary>Answers of HTTP alone, for people and logs.</summary>
internal static class PlainText
{
    /// <summary>Its media type.</summary>
    public const string ContentType = "text/plain; charset=utf-8";

    /// <summary>Answers with a line, whose length is told: chunks would end an HTTP/1.0 connection, and with it NTLM's handshake.</summary>
    public static Task WriteAsync(HttpContext context, int statusCode, string line)
    {
        context.Response.StatusCode = statusCode;
        context.Response.ContentType = ContentType;
        var body = Encoding.UTF8.GetBytes(line + "\n");
        context.Response.ContentLength = body.Length;
        return context.Response.Body.WriteAsync(body, context.RequestAborted).AsTask();
    }
}
