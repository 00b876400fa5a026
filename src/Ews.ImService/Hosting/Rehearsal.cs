using System.Text;
using Ews.ImService.Control;
using Ews.ImService.Control.Realms;
using Ews.ImService.Control.Seeds;
using Ews.ImService.Logging;
using Ews.ImService.Mailbox;
using Ews.ImService.Protocol;
using Ews.ImService.Protocol.Http;
using Ews.ImService.Settings;
using Ews.ImService.Storage;

namespace Ews.ImService.Hosting;

/// <summary>Prepares the first requests while the service starts: the runtime compiles code when it is first executed.</summary>
/// <remarks>
/// A request is executed in a service of its own, with the default settings, a database in memory, and no output. This is done once per
/// process, and clients do not wait for it (docs/decisions/0022-start.md).
/// </remarks>
internal static class Rehearsal
{
    private const string Request = """
        <?xml version="1.0" encoding="utf-8"?>
        <soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"
                       xmlns:t="http://schemas.microsoft.com/exchange/services/2006/types"
                       xmlns:m="http://schemas.microsoft.com/exchange/services/2006/messages">
          <soap:Header><t:RequestServerVersion Version="Exchange2013" /></soap:Header>
          <soap:Body><m:AddImGroup><m:DisplayName>Rehearsal</m:DisplayName></m:AddImGroup></soap:Body>
        </soap:Envelope>
        """;

    private static readonly Lazy<Task<string>> Once = new(() => Task.Run(RespondAsync));

    /// <summary>Starts the rehearsal, unless it was started before.</summary>
    /// <returns>A task with the body of the response.</returns>
    public static Task<string> Start() => Once.Value;

    private static async Task<string> RespondAsync()
    {
        var settings = new ServiceSettings { Urls = [], DatabasePath = MailboxStoreOptions.InMemory };
        var realms = new RealmRegistry(settings.Control);
        using var instrumentation = new Instrumentation(Instrumentation.UnobservedName);
        await using var store = MailboxStorage.Start(
            new MailboxStoreOptions(settings.DatabasePath, settings.Limits, realms) { Instrumentation = instrumentation });
        using var log = new TextLoggerFactory(
            settings.LogLevel, _ => { }, () => throw new InvalidOperationException("The rehearsed request failed."));
        var services = new ServiceCollection().AddLogging().AddSingleton<ILoggerFactory>(log).AddRoutingCore();
        await using var provider = services.AddService(settings, instrumentation, store, realms, new StartSeed([])).BuildServiceProvider();

        var application = new ApplicationBuilder(provider);
        application.UseRealms();
        application.UseControl();
        application.UseEws();

        var body = Encoding.UTF8.GetBytes(Request);
        using var response = new MemoryStream();
        var context = new DefaultHttpContext { RequestServices = provider };
        context.Request.Method = HttpMethods.Post;
        context.Request.Path = EwsOptions.Path;
        context.Request.ContentType = "text/xml; charset=utf-8";
        context.Request.ContentLength = body.Length;
        context.Request.Body = new MemoryStream(body);
        context.Response.Body = response;
        await application.Build()(context);
        return Encoding.UTF8.GetString(response.ToArray());
    }
}
