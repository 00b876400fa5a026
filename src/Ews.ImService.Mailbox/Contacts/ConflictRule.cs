namespace Ews.ImService.Mailbox;

/// <summary>Determines whether an update conflicts with changes made after the caller read the item.</summary>
/// <param name="ChangeKey">The change key that the caller sent, or <c>null</c> if it sent none.</param>
/// <param name="RequiresChangeKey"><c>true</c> if a change key is required; <c>false</c> if the update always overwrites.</param>
/// <param name="RejectsChanged"><c>true</c> if an item that changed is not updated; <c>false</c> if the last update wins.</param>
/// <remarks>Learn: "UpdateItem", attribute ConflictResolution.</remarks>
public readonly record struct ConflictRule(string? ChangeKey, bool RequiresChangeKey, bool RejectsChanged)
{
    /// <summary>Checks whether an item can be updated.</summary>
    /// <param name="item">The current item.</param>
    /// <returns>
    /// <c>null</c> if the item can be updated; otherwise, ErrorChangeKeyRequiredForWriteOperations or ErrorIrresolvableConflict.
    /// </returns>
    public EwsError? Check(MailboxItem item)
    {
        ArgumentNullException.ThrowIfNull(item);
        if (RequiresChangeKey && string.IsNullOrEmpty(ChangeKey))
            return EwsError.ChangeKeyRequired;
        return RejectsChanged && ChangeKey != item.ChangeKey ? EwsError.IrresolvableConflict : null;
    }
}
