using System.Diagnostics.CodeAnalysis;
using Ews.ImService.Mailbox;
using Ews.ImService.Protocol.Xml;

namespace Ews.ImService.Protocol.Operations.Notifications;

/// <summary>Returns the events of a pull subscription.</summary>
/// <remarks>Learn: "GetEvents operation". Exchange 2007 and later.</remarks>
internal sealed class GetEvents(IMailboxStore store, Subscriptions subscriptions) : BatchOperation<GetEvents.Request, GetEvents.Events>
{
    internal sealed record Request(string SubscriptionId, string Watermark);

    internal sealed record Events(string SubscriptionId, EventBatch Batch);

    public override string SinceVersion => "Exchange2007";

    protected override IEnumerable<EwsResult<Request>> ReadParts(RequestReader request)
    {
        yield return new Request(request.Text("SubscriptionId"), request.Text("Watermark"));
    }

    protected override async Task<EwsResult<List<EwsResult<Events>>>> ExecuteAsync(
        List<EwsResult<Request>> parts, Caller caller, CancellationToken cancellationToken)
    {
        var results = new List<EwsResult<Events>>(parts.Count);
        foreach (var part in parts)
            results.Add(part.Succeeded ? await ReadAsync(part.Value, caller, cancellationToken) : part.Error);
        return results;
    }

    protected override void Write(EwsXmlWriter xml, Events result) => NotificationXml.Write(xml, result.SubscriptionId, result.Batch);

    private async Task<EwsResult<Events>> ReadAsync(Request request, Caller caller, CancellationToken cancellationToken)
    {
        var found = subscriptions.Find(request.SubscriptionId, caller);
        if (!found.Succeeded)
            return found.Error;
        var subscription = found.Value;
        if (subscription.Kind != SubscriptionKind.Pull)
            return EwsError.InvalidPullSubscriptionId;

        subscription.Prolong();
        var mailbox = await store.ReadAsync(subscription.Mailbox, cancellationToken);
        var logId = subscription.Position.LogId;
        if (Watermark.Read(request.Watermark, mailbox.MailboxGuid) is not { } watermark
            || (watermark.LogId != logId && watermark.LogId != subscription.LostLogId))
        {
            return logId == mailbox.Log.Id ? EwsError.InvalidWatermark : await MissAsync();
        }

        var events = await subscriptions.ReadAsync(subscription, subscription.BeginPull(watermark), cancellationToken);
        if (!events.Succeeded)
            return events.Error;
        subscription.EndPull(watermark, events.Value);
        return new Events(subscription.Id, events.Value);

        // The mailbox was replaced, possibly by one with another GUID, of which the client has no watermark.
        async Task<EwsError> MissAsync() => (await subscriptions.ReadAsync(subscription, subscription.Position, cancellationToken)).Error!;
    }

    /// <summary>The elements of the operation and their types in the messages namespace.</summary>
    [StringSyntax(StringSyntaxAttribute.Xml)]
    public const string Schema = """
        <xs:complexType name="GetEventsType">
          <xs:complexContent>
            <xs:extension base="m:BaseRequestType">
              <xs:sequence>
                <xs:element name="SubscriptionId" type="t:SubscriptionIdType" />
                <xs:element name="Watermark" type="t:WatermarkType" />
              </xs:sequence>
            </xs:extension>
          </xs:complexContent>
        </xs:complexType>
        <xs:element name="GetEvents" type="m:GetEventsType" />

        <xs:complexType name="GetEventsResponseMessageType">
          <xs:complexContent>
            <xs:extension base="m:ResponseMessageType">
              <xs:sequence>
                <xs:element name="Notification" type="t:NotificationType" minOccurs="0" />
              </xs:sequence>
            </xs:extension>
          </xs:complexContent>
        </xs:complexType>

        <xs:complexType name="GetEventsResponseType">
          <xs:complexContent>
            <xs:extension base="m:BaseResponseMessageType" />
          </xs:complexContent>
        </xs:complexType>
        <xs:element name="GetEventsResponse" type="m:GetEventsResponseType" />
        """;
}
