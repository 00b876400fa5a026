using System.Diagnostics.CodeAnalysis;
using System.Xml.Linq;
using Ews.ImService.Mailbox;
using Ews.ImService.Protocol.Xml;

namespace Ews.ImService.Protocol.Operations.Accounts;

/// <summary>Returns the free/busy information of users, whose calendars are empty.</summary>
/// <remarks>Learn: "GetUserAvailability operation". Exchange 2007 and later.</remarks>
internal sealed class GetUserAvailability(AccountDirectory accounts)
    : EwsOperation<GetUserAvailability.Request, GetUserAvailability.Availability, FreeBusyView>
{
    /// <summary>The maximum number of mailboxes, as by default in Exchange.</summary>
    private const int MaxMailboxes = 100;

    /// <param name="Addresses">The addresses of the users.</param>
    /// <param name="View">The requested view, its error, or <c>null</c> if none is requested.</param>
    /// <param name="AsksForSuggestions"><c>true</c> if the request asks for meeting suggestions.</param>
    internal sealed record Request(List<string> Addresses, EwsResult<FreeBusyView>? View, bool AsksForSuggestions);

    /// <param name="Views">The view of each user, or <c>null</c> if none is requested.</param>
    /// <param name="AsksForSuggestions"><c>true</c> if the request asks for meeting suggestions.</param>
    internal sealed record Availability(List<EwsResult<FreeBusyView>>? Views, bool AsksForSuggestions);

    public override string RequestElement => Name + ExchangeOperationNames.RequestSuffix;

    public override string SinceVersion => "Exchange2007";

    public override IReadOnlyList<string> Headers => ["ExchangeImpersonation", "TimeZoneContext", "RequestServerVersion"];

    public override string Limitations =>
        "Calendars are empty: every user is free, and works from Monday to Friday, 8:00 to 17:00 UTC. No meeting suggestions.";

    protected override EwsResult<Request> Read(RequestReader request)
    {
        var addresses = request.Items("MailboxDataArray").Select(AddressOf).ToList();
        var view = Option(request, "FreeBusyViewOptions") is { } options
            ? FreeBusyView.Read(options)
            : (EwsResult<FreeBusyView>?)null;
        var asksForSuggestions = Option(request, "SuggestionsViewOptions") is not null;
        if (view is null && !asksForSuggestions)
            return EwsError.MissingViewOptions;
        return addresses.Count > MaxMailboxes
            ? EwsError.TooManyMailboxes
            : new Request(addresses, view, asksForSuggestions);
    }

    protected override Task<EwsResult<Availability>> ExecuteAsync(Request request, Caller caller, CancellationToken cancellationToken)
    {
        var views = request.View is { } view ? request.Addresses.ConvertAll(address => Find(address, view)) : null;
        return Task.FromResult<EwsResult<Availability>>(new Availability(views, request.AsksForSuggestions));
    }

    protected override OperationResponse Respond(EwsResult<Availability> outcome)
    {
        var (views, asksForSuggestions) = outcome.Match(value => value, error => new Availability([error], AsksForSuggestions: false));
        var codes = (views ?? []).Select(CodeOf);
        if (asksForSuggestions)
            codes = codes.Append(EwsError.MeetingSuggestionGenerationFailed.Code);
        return new OperationResponse(codes, xml =>
        {
            xml.StartMessage(ResponseElement);
            if (views is not null)
                WriteViews(xml, views);
            if (asksForSuggestions)
                WriteSuggestions(xml);
            xml.End();
        });
    }

    private static string AddressOf(XElement mailbox) =>
        mailbox.Elements().FirstOrDefault()?.Elements().Single(part => part.Name.LocalName == "Address").Value ?? string.Empty;

    /// <summary>Returns an element of the types namespace, or <c>null</c> if it is absent.</summary>
    private static XElement? Option(RequestReader request, string name) =>
        request.Children.FirstOrDefault(child => child.Name.LocalName == name);

    private EwsResult<FreeBusyView> Find(string address, EwsResult<FreeBusyView> view) =>
        accounts.FindBySmtpAddress(address).Succeeded ? view : EwsError.MailRecipientNotFound;

    private void WriteViews(EwsXmlWriter xml, List<EwsResult<FreeBusyView>> views)
    {
        xml.StartMessage("FreeBusyResponseArray");
        foreach (var view in views)
        {
            xml.StartMessage("FreeBusyResponse");
            WriteMessage(xml, "ResponseMessage", view);
            if (view.Succeeded)
                view.Value.Write(xml);
            xml.End();
        }

        xml.End();
    }

    private static void WriteSuggestions(EwsXmlWriter xml)
    {
        xml.StartMessage("SuggestionsResponse");
        ResponseMessageXml.WriteError(xml, "ResponseMessage", EwsError.MeetingSuggestionGenerationFailed, () => { });
        xml.End();
    }

    /// <summary>The elements of the operation and their types in the messages namespace.</summary>
    [StringSyntax(StringSyntaxAttribute.Xml)]
    public const string Schema = """
        <xs:complexType name="GetUserAvailabilityRequestType">
          <xs:complexContent>
            <xs:extension base="m:BaseRequestType">
              <xs:sequence>
                <xs:element ref="t:TimeZone" minOccurs="0" />
                <xs:element name="MailboxDataArray" type="t:ArrayOfMailboxData" />
                <xs:element ref="t:FreeBusyViewOptions" minOccurs="0" />
                <xs:element ref="t:SuggestionsViewOptions" minOccurs="0" />
              </xs:sequence>
            </xs:extension>
          </xs:complexContent>
        </xs:complexType>
        <xs:element name="GetUserAvailabilityRequest" type="m:GetUserAvailabilityRequestType" />

        <xs:complexType name="FreeBusyResponseType">
          <xs:sequence>
            <xs:element name="ResponseMessage" type="m:ResponseMessageType" minOccurs="0" />
            <xs:element name="FreeBusyView" type="t:FreeBusyView" minOccurs="0" />
          </xs:sequence>
        </xs:complexType>

        <xs:complexType name="ArrayOfFreeBusyResponse">
          <xs:sequence>
            <xs:element name="FreeBusyResponse" type="m:FreeBusyResponseType" minOccurs="0" maxOccurs="unbounded" />
          </xs:sequence>
        </xs:complexType>

        <xs:complexType name="SuggestionsResponseType">
          <xs:sequence>
            <xs:element name="ResponseMessage" type="m:ResponseMessageType" minOccurs="0" />
            <xs:element name="SuggestionDayResultArray" type="t:ArrayOfSuggestionDayResult" minOccurs="0" />
          </xs:sequence>
        </xs:complexType>

        <xs:complexType name="GetUserAvailabilityResponseType">
          <xs:sequence>
            <xs:element name="FreeBusyResponseArray" type="m:ArrayOfFreeBusyResponse" minOccurs="0" />
            <xs:element name="SuggestionsResponse" type="m:SuggestionsResponseType" minOccurs="0" />
          </xs:sequence>
        </xs:complexType>
        <xs:element name="GetUserAvailabilityResponse" type="m:GetUserAvailabilityResponseType" />
        """;
}
