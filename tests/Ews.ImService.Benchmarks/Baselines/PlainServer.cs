using System.Text;
using System.Xml;
using Ews.ImService.Benchmarks.Compare;
using Ews.ImService.Benchmarks.Load;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Ews.ImService.Benchmarks.Baselines;

/// <summary>
/// The baseline L1: Kestrel, an <see cref="XmlReader"/>, and one prepared INSERT per request; a list is read from the tables and written
/// for every request. It has no rules, no sign-in, no schema, no log and no cache. Its responses have the same bytes as those of the
/// service. As the service, it can count the groups and restore the mailboxes.
/// </summary>
internal static class PlainServer
{
    /// <summary>The command of the server: port, database file that <see cref="PlainData"/> wrote.</summary>
    public const string Command = "serve-l1";

    /// <summary>Runs the server until the process is killed.</summary>
    public static async Task RunAsync(string[] arguments)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost
            .UseKestrelCore()
            .UseUrls("http://127.0.0.1:" + arguments[0])
            .ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        await using var application = builder.Build();
        using var data = new PlainTables(arguments[1]);
        application.Run(context => RespondAsync(context, data));
        await application.RunAsync();
    }

    private static async Task RespondAsync(HttpContext context, PlainTables data)
    {
        switch (context.Request.Path.Value)
        {
            case "/" + EwsClient.RestorePath:
                data.Restore();
                context.Response.StatusCode = StatusCodes.Status204NoContent;
                return;
            case "/" + EwsClient.MailboxesPath:
                var mailboxes = data.CountGroups().Select(pair => new { smtpAddress = pair.Mailbox, groups = pair.Count });
                await context.Response.WriteAsJsonAsync(new { mailboxes }, context.RequestAborted);
                return;
        }

        var body = new byte[(int)context.Request.ContentLength!.Value];
        await context.Request.Body.ReadExactlyAsync(body, context.RequestAborted);
        var (mailbox, groupName) = Read(body);
        context.Response.ContentType = "text/xml; charset=utf-8";
        if (groupName is not null)
        {
            var response = data.AddGroup(mailbox, groupName);
            context.Response.ContentLength = response.Length;
            await context.Response.Body.WriteAsync(response, context.RequestAborted);
            return;
        }

        using var list = data.ReadList(mailbox);
        context.Response.ContentLength = list.Bytes.Length;
        await context.Response.Body.WriteAsync(list.Bytes, context.RequestAborted);
    }

    /// <summary>Reads the mailbox, and the name of the group to add or <c>null</c> to read the list.</summary>
    private static (string Mailbox, string? GroupName) Read(byte[] body)
    {
        using var reader = XmlReader.Create(new MemoryStream(body));
        var mailbox = Mailboxes.Default;
        while (reader.Read())
        {
            if (reader.NodeType != XmlNodeType.Element)
                continue;
            switch (reader.LocalName)
            {
                case "PrimarySmtpAddress":
                    mailbox = reader.ReadElementContentAsString();
                    break;
                case "GetImItemList":
                    return (mailbox, null);
                case "DisplayName":
                    return (mailbox, reader.ReadElementContentAsString());
            }
        }

        throw new InvalidOperationException("The request is not supported: " + Encoding.UTF8.GetString(body));
    }
}
