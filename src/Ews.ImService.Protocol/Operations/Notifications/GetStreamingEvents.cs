using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Ews.ImService.Mailbox;
using Ews.ImService.Protocol.Interception;
using Ews.ImService.Protocol.Soap;
using Ews.ImService.Protocol.Xml;

namespace Ews.ImService.Protocol.Operations.Notifications;

/// <summary>Opens a connection that receives the events of streaming subscriptions.</summary>
/// <remarks>Learn: "GetStreamingEvents operation". Exchange 2010 SP1 and later.</remarks>
internal sealed class GetStreamingEvents(EventConnectionServices services)
    : EwsOperation<GetStreamingEvents.Request, GetStreamingEvents.Outcome, Done>
{
    /// <summary>The maximum number of subscriptions of a connection.</summary>
    /// <remarks>Learn: "Maintain affinity between a group of subscriptions and the Mailbox server in Exchange".</remarks>
    private const int MaxSubscriptions = 200;

    internal sealed record Request(IReadOnlyList<string> SubscriptionIds, TimeSpan Timeout);

    /// <summary>The connection, or the error of subscriptions for which it cannot be opened.</summary>
    internal sealed record Outcome(EventConnection? Connection, EwsError? Error, IReadOnlyList<string> InvalidIds);

    public override string SinceVersion => "Exchange2010_SP1";

    protected override EwsResult<Request> Read(RequestReader request) => new Request(
        request.Items("SubscriptionIds").Select(id => id.Value).Distinct(StringComparer.Ordinal).ToList(),
        TimeSpan.FromMinutes(int.Parse(request.Text("ConnectionTimeout"), NumberStyles.Integer, CultureInfo.InvariantCulture)));

    protected override Task<EwsResult<Outcome>> ExecuteAsync(Request request, Caller caller, CancellationToken cancellationToken) =>
        Task.FromResult(Open(request, caller));

    protected override OperationResponse Respond(EwsResult<Outcome> outcome) => outcome.Match(
        opened => opened.Connection is { } connection
            ? new OperationResponse(ResponseMessageXml.NoError, (writer, namespaces) => new EventStream(connection, writer, namespaces))
            : Reject(opened.Error!, opened.InvalidIds),
        error => Reject(error, []));

    private static OperationResponse Reject(EwsError error, IReadOnlyList<string> subscriptionIds) => new(
        error.Code, (writer, namespaces) => writer.WriteStreamed(namespaces, StreamMessage.Rejected(error, subscriptionIds).Write));

    private EwsResult<Outcome> Open(Request request, Caller caller)
    {
        if (request.SubscriptionIds.Count > MaxSubscriptions)
            return EwsError.ExceededSubscriptionCount;
        var found = request.SubscriptionIds.Select(id => (Id: id, Result: services.Subscriptions.Find(id, caller))).ToList();
        var denied = found.Where(one => one.Result.Error == EwsError.SubscriptionAccessDenied).Select(one => one.Id).ToList();
        var invalid = found
            .Where(one => one.Result is not { Succeeded: true, Value.Kind: SubscriptionKind.Streaming })
            .Select(one => one.Id)
            .Except(denied)
            .ToList();
        if (invalid.Count > 0)
            return new Outcome(null, EwsError.InvalidSubscription, invalid);
        if (denied.Count > 0)
            return new Outcome(null, EwsError.SubscriptionAccessDenied, denied);

        var owner = services.Subscriptions.OwnerOf(caller);
        return services.Subscriptions.CanConnect(owner)
            ? new Outcome(new EventConnection(services, owner, found.ConvertAll(one => one.Result.Value!), request.Timeout), null, [])
            : EwsError.ExceededConnectionCount;
    }

    /// <summary>The elements of the operation and their types in the messages namespace.</summary>
    public const string Schema = RequestSchema + ResponseSchema;

    /// <summary>
    /// The schema with the ids of subscriptions in the messages namespace, as in the example of Learn: "GetStreamingEvents operation".
    /// </summary>
    public const string AcceptedSchema = AcceptedRequestSchema + ResponseSchema;

    [StringSyntax(StringSyntaxAttribute.Xml)]
    private const string RequestSchema = """
        <xs:complexType name="GetStreamingEventsType">
          <xs:complexContent>
            <xs:extension base="m:BaseRequestType">
              <xs:sequence>
                <xs:element name="SubscriptionIds" type="t:NonEmptyArrayOfSubscriptionIdsType" />
                <xs:element name="ConnectionTimeout" type="t:StreamingSubscriptionConnectionTimeoutType" />
              </xs:sequence>
            </xs:extension>
          </xs:complexContent>
        </xs:complexType>
        <xs:element name="GetStreamingEvents" type="m:GetStreamingEventsType" />


        """;

    [StringSyntax(StringSyntaxAttribute.Xml)]
    private const string AcceptedRequestSchema = """
        <xs:complexType name="GetStreamingEventsType">
          <xs:complexContent>
            <xs:extension base="m:BaseRequestType">
              <xs:sequence>
                <xs:element name="SubscriptionIds">
                  <xs:complexType>
                    <xs:sequence>
                      <xs:element name="SubscriptionId" type="t:SubscriptionIdType" maxOccurs="unbounded" />
                    </xs:sequence>
                  </xs:complexType>
                </xs:element>
                <xs:element name="ConnectionTimeout" type="t:StreamingSubscriptionConnectionTimeoutType" />
              </xs:sequence>
            </xs:extension>
          </xs:complexContent>
        </xs:complexType>
        <xs:element name="GetStreamingEvents" type="m:GetStreamingEventsType" />


        """;

    [StringSyntax(StringSyntaxAttribute.Xml)]
    private const string ResponseSchema = """
        <xs:complexType name="GetStreamingEventsResponseMessageType">
          <xs:complexContent>
            <xs:extension base="m:ResponseMessageType">
              <xs:sequence>
                <xs:element name="Notifications" type="t:NonEmptyArrayOfNotificationsType" minOccurs="0" />
                <xs:element name="ErrorSubscriptionIds" type="t:NonEmptyArrayOfSubscriptionIdsType" minOccurs="0" />
                <xs:element name="ConnectionStatus" type="t:ConnectionStatusType" minOccurs="0" />
              </xs:sequence>
            </xs:extension>
          </xs:complexContent>
        </xs:complexType>

        <xs:complexType name="GetStreamingEventsResponseType">
          <xs:complexContent>
            <xs:extension base="m:BaseResponseMessageType" />
          </xs:complexContent>
        </xs:complexType>
        <xs:element name="GetStreamingEventsResponse" type="m:GetStreamingEventsResponseType" />
        """;
}
