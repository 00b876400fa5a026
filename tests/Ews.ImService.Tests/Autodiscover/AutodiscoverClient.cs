using System.Text;
using System.Xml.Linq;
using Ews.ImService.Mailbox;

namespace Ews.ImService.Tests.Autodiscover;

/// <summary>Starts services with one account, and sends Autodiscover requests to them.</summary>
internal static class AutodiscoverClient
{
    public const string PoxPath = "/autodiscover/autodiscover.xml";
    public const string SoapPath = "/autodiscover/autodiscover.svc";
    public const string Outlook = "http://schemas.microsoft.com/exchange/autodiscover/outlook/responseschema/2006a";
    public const string Soap2010 = "http://schemas.microsoft.com/exchange/2010/Autodiscover";

    public static readonly XNamespace SoapNs = "http://schemas.xmlsoap.org/soap/envelope/";

    private const string RequestSchema = "http://schemas.microsoft.com/exchange/autodiscover/outlook/requestschema/2006";

    public static Task<TestService> StartAsync(bool trustForwardedHeaders = false) => TestService.StartAsync(TestService.InMemory with
    {
        Accounts = new AccountDirectory([People.Account("anna@contoso.com")], autoCreate: false, new ImpersonationRights([])),
        Directory = new AddressList([People.User("anna@contoso.com", "Anna Smith")], [], false),
        TrustForwardedHeaders = trustForwardedHeaders,
    });

    public static StringContent Xml(string text) => new(text, Encoding.UTF8, "text/xml");

    public static async Task<HttpResponseMessage> PostPoxAsync(
        TestService service, string address, string? host = null, string schema = Outlook, string realm = "")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, realm + "/Autodiscover/Autodiscover.xml");
        request.Headers.Host = host;
        request.Content = Xml(
            $"<?xml version=\"1.0\"?><Autodiscover xmlns=\"{RequestSchema}\"><Request><EMailAddress>{address}</EMailAddress>"
            + $"<AcceptableResponseSchema>{schema}</AcceptableResponseSchema></Request></Autodiscover>");
        return await service.Client.SendAsync(request);
    }

    public static Task<HttpResponseMessage> PostSoapAsync(
        TestService service, IEnumerable<string> users, IEnumerable<string> settings, string realm = "")
    {
        var mailboxes = string.Concat(users.Select(user => $"<User><Mailbox>{user}</Mailbox></User>"));
        var names = string.Concat(settings.Select(setting => $"<Setting>{setting}</Setting>"));
        var envelope = $"<s:Envelope xmlns:s='{SoapNs}'><s:Body><GetUserSettingsRequestMessage xmlns='{Soap2010}'>"
            + $"<Request><Users>{mailboxes}</Users><RequestedSettings>{names}</RequestedSettings></Request>"
            + "</GetUserSettingsRequestMessage></s:Body></s:Envelope>";
        return service.Client.PostAsync(realm + SoapPath, Xml(envelope));
    }
}
