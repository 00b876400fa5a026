// Runs the client scenario with the ASP.NET proxy that wsdl.exe generates from the service's WSDL.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Web.Services.Protocols;
using Ews;

static class Scenario
{
    static readonly ExchangeServices Service = new ExchangeServices
    {
        RequestServerVersionValue = new RequestServerVersion { Version = ExchangeVersionType.Exchange2013 },
    };

    static int Main()
    {
        Service.Url = Environment.GetEnvironmentVariable("EWS_URL") + "EWS/Exchange.asmx";
        var scheme = Environment.GetEnvironmentVariable("EWS_AUTH");
        if (scheme != "none")
        {
            var trusted = new X509Certificate2(Environment.GetEnvironmentVariable("EWS_CA"));
            ServicePointManager.ServerCertificateValidationCallback = (sender, certificate, chain, errors) =>
                trusted.GetCertHashString() == certificate.GetCertHashString();
            var credential = new NetworkCredential(
                Environment.GetEnvironmentVariable("EWS_USER"), Environment.GetEnvironmentVariable("EWS_PASSWORD"));
            Service.Credentials = new CredentialCache { { new Uri(Service.Url), scheme, credential } };
        }

        var one = Ok(Service.AddImGroup(new AddImGroupType { DisplayName = "ASMX one" })).ImGroup.ExchangeStoreId;
        var two = Ok(Service.AddImGroup(new AddImGroupType { DisplayName = "ASMX two" })).ImGroup.ExchangeStoreId;
        var newContact = new AddNewImContactToGroupType { ImAddress = "asmx@contoso.com", DisplayName = "Zoë & co", GroupId = one };
        var persona = Ok(Service.AddNewImContactToGroup(newContact)).Persona;
        Check(persona.DisplayName == "Zoë & co" && persona.EmailAddresses[0].EmailAddress == "asmx@contoso.com", persona.DisplayName);
        var contact = new ItemIdType { Id = persona.Attributions[0].SourceId.Id };
        Check(Groups()["ASMX one"].Single() == contact.Id, "The contact is not in the first group.");

        Ok(Service.AddImContactToGroup(new AddImContactToGroupType { ContactId = contact, GroupId = two }));
        Ok(Service.RemoveImContactFromGroup(new RemoveImContactFromGroupType { ContactId = contact, GroupId = one }));
        Ok(Service.SetImGroup(new SetImGroupType { GroupId = two, NewDisplayName = "ASMX renamed" }));
        var moved = Groups();
        Check(moved["ASMX renamed"].Single() == contact.Id && moved["ASMX one"].Length == 0, "The contact was not moved.");

        Ok(Service.RemoveImContactFromGroup(new RemoveImContactFromGroupType { ContactId = contact, GroupId = two }));
        Ok(Service.RemoveImGroup(new RemoveImGroupType { GroupId = one }));
        Ok(Service.RemoveImGroup(new RemoveImGroupType { GroupId = two }));
        Check(!Groups().Keys.Any(name => name.StartsWith("ASMX")), "The groups were not removed.");

        try
        {
            Service.SetImGroup(new SetImGroupType { GroupId = one, NewDisplayName = "" });
            Check(false, "An empty name was accepted.");
        }
        catch (SoapException e)
        {
            Check(e.Message.Contains("schema validation"), e.Message);
        }

        Console.WriteLine(".NET proxy on " + Environment.Version);
        return 0;
    }

    static T Ok<T>(T response)
        where T : ResponseMessageType
    {
        Check(response.ResponseCode == ResponseCodeType.NoError, response.ResponseCode + ": " + response.MessageText);
        return response;
    }

    static Dictionary<string, string[]> Groups()
    {
        var list = Ok(Service.GetImItemList(new GetImItemListType())).ImItemList;
        return list.Groups.ToDictionary(
            group => group.DisplayName, group => (group.MemberCorrelationKey ?? new ItemIdType[0]).Select(item => item.Id).ToArray());
    }

    static void Check(bool condition, string message)
    {
        if (!condition)
            throw new InvalidDataException(message);
    }
}
