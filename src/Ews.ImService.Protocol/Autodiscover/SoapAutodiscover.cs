using System.Globalization;
using System.Xml.Linq;
using Ews.ImService.Mailbox;
using Ews.ImService.Protocol.Soap;
using Microsoft.AspNetCore.Http;

namespace Ews.ImService.Protocol.Autodiscover;

/// <summary>The SOAP form of Autodiscover: the operation GetUserSettings.</summary>
/// <remarks>Learn: "GetUserSettings operation (SOAP)".</remarks>
internal sealed class SoapAutodiscover(AccountDirectory accounts, AddressList directory, EwsOptions options)
{
    private const string Operation = "GetUserSettings";

    /// <summary>The limit of Exchange.</summary>
    private const int MaxUsers = 100;

    /// <summary>A limit above the number of settings that exist.</summary>
    private const int MaxSettings = 200;

    private const string HttpNamespace = "http://schemas.microsoft.com/exchange/2010/Autodiscover";
    private const string HttpsNamespace = "https://schemas.microsoft.com/exchange/2010/Autodiscover";

    private static readonly XNamespace Soap = SoapReader.EnvelopeNamespace;
    private static readonly XNamespace Addressing = "http://www.w3.org/2005/08/addressing";
    private static readonly XNamespace Instance = "http://www.w3.org/2001/XMLSchema-instance";

    /// <summary>Responds to a request.</summary>
    /// <param name="body">The request body, or <c>null</c> if it was too long.</param>
    /// <param name="ewsUrl">The URL of EWS for the client.</param>
    public SoapAutodiscoverResponse Respond(byte[]? body, Uri ewsUrl)
    {
        var request = AutodiscoverRequest.Read(body);
        if (request?.Root?.Element(Soap + "Body")?.Elements().FirstOrDefault() is not { } message)
            return Fault("The request is no SOAP request.");
        var name = message.Name;
        if (name.LocalName != Operation + "RequestMessage" || name.NamespaceName is not (HttpNamespace or HttpsNamespace))
            return Fault($"The operation {name.LocalName} is not available on this server; {Operation} is.");

        var ns = name.Namespace;
        var parameters = message.Element(ns + "Request");
        var settings = Texts(parameters?.Element(ns + "RequestedSettings")?.Elements(ns + "Setting"))
            .Distinct(StringComparer.Ordinal)
            .ToList();
        var mailboxes = Texts(parameters?.Element(ns + "Users")?.Elements(ns + "User").Elements(ns + "Mailbox")).ToList();
        if (mailboxes.Count > MaxUsers || settings.Count > MaxSettings)
            return Fault($"At most {MaxUsers} users and {MaxSettings} settings can be asked for at once.");

        var users = mailboxes.Select(address => UserResponse(ns, address, settings, ewsUrl));
        return new SoapAutodiscoverResponse(StatusCodes.Status200OK, Envelope(ns, users));
    }

    private XElement Envelope(XNamespace ns, IEnumerable<XElement> users)
    {
        var version = options.ServerVersion;
        return new XElement(
            Soap + "Envelope",
            new XAttribute(XNamespace.Xmlns + "s", Soap),
            new XAttribute(XNamespace.Xmlns + "a", Addressing),
            new XElement(
                Soap + "Header",
                new XElement(
                    Addressing + "Action",
                    new XAttribute(Soap + "mustUnderstand", "1"),
                    $"{HttpNamespace}/Autodiscover/{Operation}Response"),
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

    private static IEnumerable<string> Texts(IEnumerable<XElement>? elements) =>
        elements?.Select(element => element.Value.Trim()) ?? [];

    private static SoapAutodiscoverResponse Fault(string text) => new(
        StatusCodes.Status500InternalServerError,
        new XElement(
            Soap + "Envelope",
            new XAttribute(XNamespace.Xmlns + "s", Soap),
            new XElement(
                Soap + "Body",
                new XElement(
                    Soap + "Fault",
                    new XElement("faultcode", "s:Client"),
                    new XElement("faultstring", text)))));

    private XElement UserResponse(XNamespace ns, string address, List<string> settings, Uri ewsUrl)
    {
        var found = accounts.FindBySmtpAddress(address);
        var values = found.Succeeded
            ? settings.Select(setting => (Name: setting, Value: ValueOf(setting, found.Value, ewsUrl))).ToList()
            : [];
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

    private static string VersionText(ServerVersion version) => string.Create(
        CultureInfo.InvariantCulture,
        $"{version.MajorVersion}.{version.MinorVersion:00}.{version.MajorBuildNumber:0000}.{version.MinorBuildNumber:000}");

    private string? ValueOf(string setting, SmtpAddress mailbox, Uri ewsUrl) => setting switch
    {
        "ExternalEwsUrl" or "InternalEwsUrl" => ewsUrl.ToString(),
        "EwsSupportedSchemas" => "Exchange2007, Exchange2007_SP1, Exchange2010, Exchange2010_SP1, Exchange2010_SP2, Exchange2013",
        "ExternalEwsVersion" or "CasVersion" => VersionText(options.ServerVersion),
        "UserDisplayName" => directory.NameOf(mailbox),
        "AutoDiscoverSMTPAddress" => mailbox.Value,
        _ => null,
    };
}

/// <summary>A response of the SOAP form of Autodiscover.</summary>
/// <param name="StatusCode">The HTTP status.</param>
/// <param name="Envelope">The SOAP envelope.</param>
internal sealed record SoapAutodiscoverResponse(int StatusCode, XElement Envelope);
