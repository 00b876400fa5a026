using Ews.ImService.Mailbox;
using Ews.ImService.Protocol.Xml;

namespace Ews.ImService.Protocol.Operations.Notifications;

/// <summary>Writes the request that sends a push notification.</summary>
/// <remarks>Learn: "SendNotification".</remarks>
internal static class PushMessage
{
    private const string Element = "SendNotification";

    /// <summary>The value of the header SOAPAction. It is not documented, and follows the rule of the other operations.</summary>
    public const string SoapAction = "http://schemas.microsoft.com/exchange/services/2006/messages/" + Element;

    /// <summary>Writes a notification; one without events contains the status event.</summary>
    /// <param name="xml">The writer.</param>
    /// <param name="subscription">The subscription.</param>
    /// <param name="batch">The events.</param>
    /// <param name="error">ErrorMissedNotificationEvents if events before them were lost; otherwise, <c>null</c>.</param>
    public static void Write(EwsXmlWriter xml, Subscription subscription, EventBatch batch, EwsError? error)
    {
        xml.StartMessage(Element);
        xml.StartMessage("ResponseMessages");
        if (error is null)
            ResponseMessageXml.WriteSuccess(xml, Element + "ResponseMessage", WriteNotification);
        else
            ResponseMessageXml.WriteError(xml, Element + "ResponseMessage", error, WriteNotification);
        xml.End();
        xml.End();

        void WriteNotification() => NotificationXml.Write(xml, subscription.Id, batch);
    }
}
