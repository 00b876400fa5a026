namespace Ews.ImService.Mailbox;

/// <summary>The type of a deletion. The names are those of the DeleteType attribute.</summary>
/// <remarks>Learn: "Deleting items by using EWS in Exchange".</remarks>
public enum DeletionType
{
    /// <summary>The object is deleted permanently.</summary>
    HardDelete,

    /// <summary>The item is moved to the folder of recoverable items.</summary>
    SoftDelete,

    /// <summary>The object is moved to Deleted Items.</summary>
    MoveToDeletedItems,
}
