using System.Xml.Linq;
using Ews.ImService.Mailbox;
using Ews.ImService.Protocol.Soap;

namespace Ews.ImService.Protocol.Autodiscover;

/// <summary>Answers GetUserSettings, the SOAP form of Autodiscover. Learn: "GetUserSettings operation (SOAP)".</summary>
internal sealed class SoapAutodiscover(AccountDirectory accounts, AddressList directory, EwsOptions options)
{
    private const string Operation = "GetUserSettings";

    /// <summary>As on Exchange.</summary>
    private const int MaxUsers = 100;

    /// <summary>More than there are.</summary>
    private const int MaxSettings = 200;

    private const string HttpNamespace = "http://schemas.microsoft.com/exchange/2010/Autodiscover";
    private const string HttpsNamespace = "https://schemas.microsoft.com/exchange/2010/Autodiscover";

    private static readonly XNamespace Soap = SoapReader.EnvelopeNamespace;
    private static readonly XNamespace Addressing = "http://www.w3.org/2005/08/addressing";
    private static readonly XNamespace Instance = "http://www.w3.org/2001/XMLSchema-instance";

    /// <summary>The answer to a request's body.</summary>
    /// <param name="body">The bytes; null where there were too many.</param>
    /// <param name="ewsUrl">Where the caller reaches EWS.</param>
    /// <param name="isFault">Whether it is a fault.</param>
    public XElement Answer(byte[]? body, Uri ewsUrl, out bool isFault)
    {
        var request = AutodiscoverRequest.Read(body);
        var message = request?.Root?.Element(Soap + "Body")?.Elements().FirstOrDefault();
        isFault = message?.Name.LocalName != Operation + "RequestMessage" || message.Name.NamespaceName is not (HttpNamespace or HttpsNamespace);
        if (isFault)
            return Fault(message is null ? "The request is no SOAP request." : $"The operation {message.Name.LocalName} is not available on this server; {Operation} is.");

        XNamespace ns = message!.Name.Namespace;
        var asked = message.Element(ns + "Request");
        var settings = Texts(asked?.Element(ns + "RequestedSettings")?.Elements(ns + "Setting")).Distinct(StringComparer.Ordinal).ToList();
        var mailboxes = Texts(asked?.Element(ns + "Users")?.Elements(ns + "User").Elements(ns + "Mailbox")).ToList();
        if (mailboxes.Count > MaxUsers || settings.Count > MaxSettings)
        {
            isFault = true;
            return Fault($"At most {MaxUsers} users and {MaxSettings} settings can be asked for at once.");
        }

        var users = mailboxes.Select(address => UserResponse(ns, address, settings, ewsUrl));
        var version = options.ServerVersion;
        return new XElement(
            Soap + "Envelope",
            new XAttribute(XNamespace.Xmlns + "s", Soap),
            new XAttribute(XNamespace.Xmlns + "a", Addressing),
            new XElement(
                Soap + "Header",
                new XElement(Addressing + "Action", new XAttribute(Soap + "mustUnderstand", "1"), $"{HttpNamespace}/Autodiscover/{Operation}Response"),
                new XElement(
                    ns + "ServerVersionInfo",
                    new XElement(ns + "MajorVersion", version.MajorVersion),
                    new XElement(ns + "MinorVersion", version.MinorVersion),
                    new XElement(ns + "MajorBuildNumber", version.MajorBuildNumber),
                    new XElement(ns + "MinorBuildNumber", version.MinorBuildNumber),
                    new XElement(ns + "Version", version.Version))),
            new XElement(
                Soap + "Body",
                new XElement(
                    ns + (Operation + "ResponseMessage"),
                    new XElement(
                        ns + "Response",
                        new XAttribute(XNamespace.Xmlns + "i", Instance),
                        new XElement(ns + "ErrorCode", "NoError"),
                        new XElement(ns + "ErrorMessage"),
                        new XElement(ns + "UserResponses", users)))));
    }

    private static IEnumerable<string> Texts(IEnumerable<XElement>? elements) => elements?.Select(element => element.Value.Trim()) ?? [];

    private static XElement Fault(string text) => new(
        Soap + "Envelope",
        new XAttribute(XNamespace.Xmlns + "s", Soap),
        new XElement(
            Soap + "Body",
            new XElement(
                Soap + "Fault",
                new XElement("faultcode", "s:Client"),
                new XElement("faultstring", text))));

    private XElement UserResponse(XNamespace ns, string address, List<string> settings, Uri ewsUrl)
    {
        var found = accounts.FindBySmtpAddress(address);
        var values = found.Succeeded ? settings.Select(setting => (Name: setting, Value: ValueOf(setting, found.Value, ewsUrl))).ToList() : [];
        return new XElement(
            ns + "UserResponse",
            new XElement(ns + "ErrorCode", found.Succeeded ? "NoError" : "InvalidUser"),
            new XElement(ns + "ErrorMessage", found.Succeeded ? "No error." : $"Invalid user: '{address}'"),
            new XElement(ns + "RedirectTarget", new XAttribute(Instance + "nil", "true")),
            new XElement(
                ns + "UserSettingErrors",
                values.Where(setting => setting.Value is null).Select(setting => new XElement(
                    ns + "UserSettingError",
                    new XElement(ns + "ErrorCode", "SettingIsNotAvailable"),
                    new XElement(ns + "ErrorMessage", $"The setting '{setting.Name}' is not available."),
                    new XElement(ns + "SettingName", setting.Name)))),
            new XElement(
                ns + "UserSettings",
                values.Where(setting => setting.Value is not null).Select(setting => new XElement(
                    ns + "UserSetting",
                    new XAttribute(Instance + "type", "StringSetting"),
                    new XElement(ns + "Name", setting.Name),
                    new XElement(ns + "Value", setting.Value)))));
    }

    private string? ValueOf(string setting, SmtpAddress mailbox, Uri ewsUrl) => setting switch
    {
        "ExternalEwsUrl" or "InternalEwsUrl" => ewsUrl.ToString(),
        "EwsSupportedSchemas" => "Exchange2007, Exchange2007_SP1, Exchange2010, Exchange2010_SP1, Exchange2010_SP2, Exchange2013",
        "ExternalEwsVersion" or "CasVersion" => string.Create(
            System.Globalization.CultureInfo.InvariantCulture,
            $"{options.ServerVersion.MajorVersion}.{options.ServerVersion.MinorVersion:00}.{options.ServerVersion.MajorBuildNumber:0000}.{options.ServerVersion.MinorBuildNumber:000}"),
        "UserDisplayName" => directory.NameOf(mailbox),
        "AutoDiscoverSMTPAddress" => mailbox.Value,
        _ => null,
    };
}
