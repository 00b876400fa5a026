using System.Collections.Immutable;

namespace Ews.ImService.Mailbox;

/// <content>The rules of attachments.</content>
public sealed partial class MailboxEdit
{
    /// <summary>Attaches a file to a contact, which has a new version afterwards. A picture replaces the present one.</summary>
    /// <param name="itemId">The Id attribute of ParentItemId.</param>
    /// <param name="file">The file; its number and time are assigned.</param>
    /// <returns>
    /// The file and the contact, or ErrorItemNotFound, ErrorInvalidOperation for an IM group, ErrorAttachmentSizeLimitExceeded or an id
    /// error.
    /// </returns>
    /// <remarks>Learn: "CreateAttachment operation".</remarks>
    public EwsResult<(AttachedFile Attachment, MailboxItem Root)> CreateAttachment(string itemId, FileAttachment file)
    {
        ArgumentNullException.ThrowIfNull(file);
        return State.FindItem(itemId).Then<(AttachedFile, MailboxItem)>(_ =>
        {
            if (!State.Contacts.TryGetValue(new ContactId(itemId), out var contact))
                return EwsError.InvalidOperation;
            if (file.Content.Length > limits.MaxAttachmentBytes)
                return EwsError.AttachmentSizeLimitExceeded;

            var added = file with { Number = NextCounter(), LastModifiedTime = Now };
            var kept = contact.Attachments.RemoveAll(other => added.IsContactPhoto && other.IsContactPhoto);
            var root = UpdateAttachments(contact, kept.Add(added));
            return (root.Attachments[^1], root);
        });
    }

    /// <summary>Deletes an attachment of a contact, which has a new version afterwards.</summary>
    /// <param name="attachmentId">The Id attribute of AttachmentId.</param>
    /// <returns>The contact, or ErrorInvalidAttachmentId.</returns>
    /// <remarks>Learn: "DeleteAttachment operation".</remarks>
    public EwsResult<MailboxItem> DeleteAttachment(string attachmentId) => State.FindAttachment(attachmentId).Select(found =>
        UpdateAttachments(found.Contact, found.Contact.Attachments.RemoveAll(file => file.Number == found.Attachment.File.Number)));

    private MailboxItem UpdateAttachments(Contact contact, ImmutableList<FileAttachment> attachments)
    {
        var updated = contact with
        {
            Attachments = attachments,
            LastModifiedTime = Now,
            Version = contact.Version + 1,
        };
        Record(new MailboxChange.ContactUpdated(updated));
        return MailboxItem.From(State, updated);
    }
}
