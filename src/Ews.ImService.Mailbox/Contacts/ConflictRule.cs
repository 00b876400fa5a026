using System.Buffers.Text;

namespace Ews.ImService.Mailbox;

/// <summary>Determines whether an update conflicts with changes made after the caller read the item.</summary>
/// <param name="ChangeKey">The change key that the caller sent, or <c>null</c> if it sent none.</param>
/// <param name="RequiresChangeKey"><c>true</c> if a change key is required; <c>false</c> if the update always overwrites.</param>
/// <param name="RejectsChanged"><c>true</c> if an item that changed is not updated; <c>false</c> if the last update wins.</param>
/// <remarks>Learn: "UpdateItem", attribute ConflictResolution; "EWS identifiers in Exchange".</remarks>
public readonly record struct ConflictRule(string? ChangeKey, bool RequiresChangeKey, bool RejectsChanged)
{
    /// <summary>Checks whether an item can be updated.</summary>
    /// <param name="item">The current item.</param>
    /// <returns>
    /// <c>null</c> if the item can be updated; otherwise, ErrorChangeKeyRequiredForWriteOperations, ErrorInvalidChangeKey or
    /// ErrorIrresolvableConflict.
    /// </returns>
    public EwsError? Check(MailboxItem item)
    {
        if (ChangeKey is null)
            return RequiresChangeKey ? EwsError.ChangeKeyRequired : null;
        if (ChangeKey.Length == 0 || !Base64.IsValid(ChangeKey))
            return EwsError.InvalidChangeKey;
        return RejectsChanged && IsStale(item) ? EwsError.IrresolvableConflict : null;
    }

    /// <summary>Counts the conflicts that an update resolves: its properties that have another value now, if the item changed.</summary>
    /// <param name="item">The current item.</param>
    /// <param name="changed">The properties after the update.</param>
    /// <param name="changes">The changes of the update.</param>
    /// <remarks>
    /// Learn: "ConflictResults". The mailbox does not keep earlier values. A property that only the caller changed therefore counts, too.
    /// </remarks>
    public int Count(MailboxItem item, ContactProperties changed, IReadOnlyList<PropertyChange> changes)
    {
        ArgumentNullException.ThrowIfNull(item);
        if (ChangeKey is null || !IsStale(item))
            return 0;
        return changes.Select(change => change.Path).Distinct(StringComparer.Ordinal)
            .Count(path => !changed.Values(path).SequenceEqual(item.Properties.Values(path)));
    }

    private bool IsStale(MailboxItem item) => ChangeKey != item.ChangeKey;
}
