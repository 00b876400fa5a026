using System.Text;
using Microsoft.AspNetCore.Http;

namespace Ews.ImService.Protocol.Http;

/// <summary>Writes plain-text responses for people and logs.</summary>
internal static class PlainText
{
    /// <summary>The media type.</summary>
    public const string ContentType = "text/plain; charset=utf-8";

    /// <summary>
    /// Writes one line with its length: a chunked response would close an HTTP/1.0 connection, and end the handshake of NTLM.
    /// </summary>
    /// <returns><c>true</c> if the line was sent; <c>false</c> if the connection is closed.</returns>
    public static async Task<bool> WriteAsync(HttpContext context, int statusCode, string line)
    {
        context.Response.StatusCode = statusCode;
        context.Response.ContentType = ContentType;
        var body = Encoding.UTF8.GetBytes(line + "\n");
        context.Response.ContentLength = body.Length;
        return !(await context.Response.BodyWriter.WriteAsync(body)).IsCompleted;
    }
}
