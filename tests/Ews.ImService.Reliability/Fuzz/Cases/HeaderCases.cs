using System.Text;
using Ews.ImService.Reliability.Fuzz.Mutation;
using Ews.ImService.Reliability.Fuzz.Oracles;
using Ews.ImService.Reliability.Fuzz.Wire;

namespace Ews.ImService.Reliability.Fuzz.Cases;

/// <summary>SOAP headers: known ones with any content, unknown ones, repeated ones, in any order.</summary>
internal sealed class HeaderCases(SchemaVerdict verdict) : CaseGenerator("SOAP headers", weight: 10)
{
    private static readonly string[] Headers =
    [
        "<t:RequestServerVersion Version=\"Exchange2013\"/>", "<t:RequestServerVersion Version=\"{0}\"/>", "<t:RequestServerVersion/>",
        "<t:RequestServerVersion{1} Version=\"Exchange2016\"><t:a/></t:RequestServerVersion>",
        "<t:MailboxCulture{1}>{0}</t:MailboxCulture>",
        "<t:TimeZoneContext{1}><t:TimeZoneDefinition Id=\"{0}\"/></t:TimeZoneContext>", "<t:DateTimePrecision>{0}</t:DateTimePrecision>",
        "<t:ManagementRole><t:UserRoles><t:Role>{0}</t:Role></t:UserRoles></t:ManagementRole>", "<t:SerializedSecurityContext/>",
        "<t:OpenAsAdminOrSystemService/>", "<u:Unknown{1} xmlns:u=\"urn:u\">{0}</u:Unknown>", "<Unknown{1}/>", "{0}",
        "<t:ExchangeImpersonation{1}/>", "<t:ExchangeImpersonation>{0}</t:ExchangeImpersonation>",
        Impersonate(""), Impersonate("<t:SID>{0}</t:SID>"),
        Impersonate("<t:PrimarySmtpAddress>{0}</t:PrimarySmtpAddress>"),
        Impersonate("<t:PrimarySmtpAddress>other@contoso.com</t:PrimarySmtpAddress>"),
        Impersonate("<t:SmtpAddress a=\"\">{0}</t:SmtpAddress>"),
        Impersonate("<t:SmtpAddress><t:b>{0}</t:b></t:SmtpAddress>"),
        Impersonate("<t:PrincipalName><![CDATA[{0}]]></t:PrincipalName>"),
        Impersonate("<t:SID>{0}</t:SID><t:SmtpAddress>{0}</t:SmtpAddress>"),
    ];

    private static readonly string[] Attributes =
    [
        "", " s:mustUnderstand=\"1\"", " s:mustUnderstand=\"0\"", " s:mustUnderstand=\"{0}\"", " s:actor=\"{0}\" s:mustUnderstand=\"1\"",
        " s:actor=\"http://schemas.xmlsoap.org/soap/actor/next\" s:mustUnderstand=\"true\"", " xsi:nil=\"true\"",
        " Id=\"1\" mustUnderstand=\"1\"",
    ];

    public override FuzzCase Create(Random random)
    {
        var headers = new StringBuilder();
        for (var count = random.Next(5); count > 0; count--)
            headers.Append(Header(random));
        var version = random.OneIn(4) ? "" : "<t:RequestServerVersion Version=\"Exchange2013\"/>";
        var request = $"""
            <?xml version="1.0" encoding="utf-8"?>
            <s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
              xmlns:t="http{(random.OneIn(4) ? "s" : "")}://schemas.microsoft.com/exchange/services/2006/types"
              xmlns:m="http{(random.OneIn(4) ? "s" : "")}://schemas.microsoft.com/exchange/services/2006/messages">
            <s:Header>{version}{headers}</s:Header><s:Body><m:GetImItems/></s:Body></s:Envelope>
            """;
        if (random.OneIn(10))
            request = random.Damage(request);
        var bytes = Encoding.UTF8.GetBytes(request);
        return new FuzzCase(FuzzTarget.Ews, HttpText.Ews(bytes), verdict.Judge(Encoding.UTF8.GetString(bytes)), "headers");
    }

    private static string Impersonate(string choice) =>
        $"<t:ExchangeImpersonation{{1}}><t:ConnectingSID>{choice}</t:ConnectingSID></t:ExchangeImpersonation>";

    private static string Header(Random random)
    {
        var value = Values.Any(random);
        if (random.Next(8) > 0)
            value = System.Security.SecurityElement.Escape(value);
        return random.Choose(Headers)
            .Replace("{1}", random.Choose(Attributes), StringComparison.Ordinal)
            .Replace("{0}", value, StringComparison.Ordinal);
    }
}
