using Ews.ImService.Protocol.Xml;

namespace Ews.ImService.Protocol.Operations.Notifications;

/// <summary>Writes the <c>m:Notification</c> of pull and push subscriptions.</summary>
/// <remarks>Learn: "Notification", "StatusEvent".</remarks>
internal static class NotificationXml
{
    /// <summary>Writes a notification; one without events contains the status event.</summary>
    public static void Write(EwsXmlWriter xml, string subscriptionId, EventBatch batch)
    {
        xml.StartMessage("Notification");
        xml.Type("SubscriptionId", subscriptionId);
        xml.Type("PreviousWatermark", batch.Start.ToString(batch.MailboxGuid));
        xml.Type("MoreEvents", batch.HasMore);
        if (batch.Events.Count == 0)
            EventXml.WriteStatus(xml, batch.End.ToString(batch.MailboxGuid));
        else
            EventXml.Write(xml, batch, withWatermarks: true);
        xml.End();
    }
}
