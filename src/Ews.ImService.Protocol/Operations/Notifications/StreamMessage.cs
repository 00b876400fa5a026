using Ews.ImService.Mailbox;
using Ews.ImService.Protocol.Xml;

namespace Ews.ImService.Protocol.Operations.Notifications;

/// <summary>A response message of a streaming connection.</summary>
/// <param name="Write">Writes the response element.</param>
/// <remarks>
/// Learn: "Stream notifications about mailbox events by using EWS in Exchange". As in the examples, and unlike in the schema, Notification
/// and the ids of subscriptions with an error are in the messages namespace: clients read only these.
/// </remarks>
internal sealed record StreamMessage(Action<EwsXmlWriter> Write)
{
    private const string Element = nameof(GetStreamingEvents) + "ResponseMessage";

    /// <summary>Gets a value that indicates whether the message reports events or errors, and not only the status.</summary>
    public bool HasContent { get; private init; } = true;

    /// <summary>Creates a message with the status of the connection.</summary>
    public static StreamMessage Status(string status) =>
        new(xml => WriteResponse(xml, () => ResponseMessageXml.WriteSuccess(xml, Element, () => xml.Message("ConnectionStatus", status))))
        {
            HasContent = false,
        };

    /// <summary>Creates a message with events.</summary>
    public static StreamMessage Notify(IReadOnlyList<(Subscription Subscription, EventBatch Events)> notifications) =>
        new(xml => WriteResponse(xml, () => ResponseMessageXml.WriteSuccess(xml, Element, () =>
        {
            xml.StartMessage("Notifications");
            foreach (var (subscription, events) in notifications)
            {
                xml.StartMessage("Notification");
                xml.Type("SubscriptionId", subscription.Id);
                EventXml.Write(xml, events, withWatermarks: false);
                xml.End();
            }

            xml.End();
        })));

    /// <summary>Creates a message with an error of subscriptions, after which the connection remains open.</summary>
    public static StreamMessage Failed(EwsError error, IReadOnlyList<string> subscriptionIds) =>
        new(xml => WriteResponse(xml, () => ResponseMessageXml.WriteError(xml, Element, error, () => WriteIds(xml, subscriptionIds))));

    /// <summary>Creates the only message of a connection that cannot be opened.</summary>
    public static StreamMessage Rejected(EwsError error, IReadOnlyList<string> subscriptionIds) =>
        new(xml => WriteResponse(xml, () => ResponseMessageXml.WriteError(xml, Element, error, () =>
        {
            WriteIds(xml, subscriptionIds);
            xml.Message("ConnectionStatus", "Closed");
        })));

    private static void WriteResponse(EwsXmlWriter xml, Action writeMessage)
    {
        xml.StartMessage(nameof(GetStreamingEvents) + "Response");
        xml.StartMessage("ResponseMessages");
        writeMessage();
        xml.End();
        xml.End();
    }

    private static void WriteIds(EwsXmlWriter xml, IReadOnlyList<string> subscriptionIds)
    {
        if (subscriptionIds.Count == 0)
            return;
        xml.StartMessage("ErrorSubscriptionIds");
        foreach (var id in subscriptionIds)
            xml.Message("SubscriptionId", id);
        xml.End();
    }
}
