namespace Ews.ImService.Mailbox;

/// <summary>A file attached to a contact.</summary>
/// <param name="Number">The number, which is unique among the attachments of the contact and never reused.</param>
/// <param name="Name">The file name.</param>
/// <param name="Content">The content.</param>
/// <param name="LastModifiedTime">The creation time in UTC; attachments do not change.</param>
/// <remarks>Learn: "FileAttachment".</remarks>
public sealed record FileAttachment(long Number, string Name, ReadOnlyMemory<byte> Content, DateTime LastModifiedTime)
{
    /// <summary>Gets the MIME type, or <c>null</c> if none is set.</summary>
    public string? ContentType { get; init; }

    /// <summary>Gets the id by which a body refers to the attachment, or <c>null</c> if none is set.</summary>
    public string? ContentId { get; init; }

    /// <summary>Gets the URI of the content, or <c>null</c> if none is set.</summary>
    public string? ContentLocation { get; init; }

    /// <summary>Gets a value that indicates whether the attachment is shown within a body.</summary>
    public bool IsInline { get; init; }

    /// <summary>Gets a value that indicates whether the attachment is the picture of the contact.</summary>
    public bool IsContactPhoto { get; init; }
}

/// <summary>An attachment and its id.</summary>
/// <param name="Id">The Id attribute of AttachmentId.</param>
/// <param name="File">The file.</param>
public sealed record AttachedFile(string Id, FileAttachment File);
