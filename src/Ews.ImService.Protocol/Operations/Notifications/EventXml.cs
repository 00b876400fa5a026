using Ews.ImService.Mailbox;
using Ews.ImService.Protocol.Xml;

namespace Ews.ImService.Protocol.Operations.Notifications;

/// <summary>Writes the events of a <c>t:NotificationType</c>.</summary>
/// <remarks>
/// Learn: "Notification subscriptions, mailbox events, and EWS in Exchange". The change keys of events contain no version: a client that
/// needs it reads the item.
/// </remarks>
internal static class EventXml
{
    /// <summary>Writes events.</summary>
    /// <param name="xml">The writer.</param>
    /// <param name="batch">The events.</param>
    /// <param name="withWatermarks"><c>true</c> for pull subscriptions; streaming subscriptions have no watermarks.</param>
    public static void Write(EwsXmlWriter xml, EventBatch batch, bool withWatermarks)
    {
        foreach (var one in batch.Events)
        {
            xml.StartType(NameOf(one.Kind));
            if (withWatermarks)
                xml.Type("Watermark", (batch.End with { Position = one.Number }).ToString(batch.MailboxGuid));
            xml.Type("TimeStamp", one.Time);
            WriteObject(xml, batch.MailboxGuid, string.Empty, one.IsFolder, one.ObjectId, one.Folder);
            if (one.OldObjectId is { } old)
                WriteObject(xml, batch.MailboxGuid, "Old", one.IsFolder, old, one.OldFolder!.Value);
            xml.End();
        }
    }

    /// <summary>Writes the event of a notification without other events.</summary>
    public static void WriteStatus(EwsXmlWriter xml, string watermark)
    {
        xml.StartType("StatusEvent");
        xml.Type("Watermark", watermark);
        xml.End();
    }

    private static string NameOf(ChangeKind kind) => kind switch
    {
        ChangeKind.Created => "CreatedEvent",
        ChangeKind.Modified => "ModifiedEvent",
        ChangeKind.Moved => "MovedEvent",
        ChangeKind.Copied => "CopiedEvent",
        ChangeKind.Deleted => "DeletedEvent",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "The kind is unknown."),
    };

    private static void WriteObject(
        EwsXmlWriter xml, Guid mailboxGuid, string prefix, bool isFolder, string id, long folder)
    {
        var isGroup = folder == MailboxFolder.ImContactList.Counter;
        var changeKey = isFolder ? ChangeKey.Folder : isGroup ? ChangeKey.ImGroup : ChangeKey.Member;
        ItemIdXml.Write(xml, prefix + (isFolder ? "FolderId" : "ItemId"), id, changeKey);
        ItemIdXml.Write(xml, prefix + "ParentFolderId", StoreId.ForFolder(mailboxGuid, folder), ChangeKey.Folder);
    }
}
