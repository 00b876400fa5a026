using System.Globalization;
using System.Xml.Linq;
using Ews.ImService.Mailbox;

namespace Ews.ImService.Protocol.Autodiscover;

/// <summary>The plain-XML form of Autodiscover.</summary>
/// <remarks>Learn: "POX Autodiscover response for Exchange", [MS-OXDSCLI] 2.2.4.</remarks>
internal sealed class PoxAutodiscover(AccountDirectory accounts, AddressList directory, TimeProvider clock)
{
    private const string LegacyDnPrefix = "/o=Ews.ImService/ou=Exchange Administrative Group/cn=Recipients/cn=";
    private const string AcceptedSchema = "/exchange/autodiscover/outlook/responseschema/2006a";

    private static readonly XNamespace Root = "http://schemas.microsoft.com/exchange/autodiscover/responseschema/2006";
    private static readonly XNamespace Outlook = "http://schemas.microsoft.com/exchange/autodiscover/outlook/responseschema/2006a";

    /// <summary>Responds to a request.</summary>
    /// <param name="body">The request body, or <c>null</c> if it was too long.</param>
    /// <param name="ewsUrl">The URL of EWS for the client.</param>
    public XElement Respond(byte[]? body, Uri ewsUrl)
    {
        if (AutodiscoverRequest.Read(body) is not { } request
            || AutodiscoverRequest.Texts(request, "EMailAddress").FirstOrDefault() is not { Length: > 0 } address)
        {
            return Error(600, "Invalid Request");
        }

        var schemas = AutodiscoverRequest.Texts(request, "AcceptableResponseSchema");
        if (!schemas.Any(schema => schema.EndsWith(AcceptedSchema, StringComparison.Ordinal)))
            return Error(601, "Provider is not available");
        return accounts.FindBySmtpAddress(address).Match(
            mailbox => Settings(mailbox, ewsUrl),
            _ => Error(500, "The e-mail address cannot be found."));
    }

    private static XElement Protocol(string type, Uri ewsUrl) => new(
        Outlook + "Protocol",
        new XElement(Outlook + "Type", type),
        new XElement(Outlook + "ASUrl", ewsUrl),
        new XElement(Outlook + "EwsUrl", ewsUrl),
        new XElement(Outlook + "OOFUrl", ewsUrl));

    private XElement Settings(SmtpAddress mailbox, Uri ewsUrl) => new(
        Root + "Autodiscover",
        new XElement(
            Outlook + "Response",
            new XElement(
                Outlook + "User",
                new XElement(Outlook + "DisplayName", directory.NameOf(mailbox)),
                new XElement(Outlook + "LegacyDN", LegacyDnPrefix + mailbox.Value),
                new XElement(Outlook + "AutoDiscoverSMTPAddress", mailbox.Value),
                new XElement(Outlook + "DeploymentId", "3d1f4c2a-5a0e-4c53-9f4e-0e4a2a6a9b11")),
            new XElement(
                Outlook + "Account",
                new XElement(Outlook + "AccountType", "email"),
                new XElement(Outlook + "Action", "settings"),
                Protocol("EXCH", ewsUrl),
                Protocol("EXPR", ewsUrl))));

    private XElement Error(int code, string message) => new(
        Root + "Autodiscover",
        new XElement(
            Root + "Response",
            new XElement(
                Root + "Error",
                new XAttribute("Time", clock.GetUtcNow().ToString("HH:mm:ss.fffffff", CultureInfo.InvariantCulture)),
                new XAttribute("Id", "1"),
                new XElement(Root + "ErrorCode", code),
                new XElement(Root + "Message", message),
                new XElement(Root + "DebugData"))));
}
