namespace Ews.ImService.Postgres.Journal;

/// <summary>A row of the table JournalBodies: a large response body, which is deleted with the last entry that refers to it.</summary>
internal sealed class JournalBodyRow
{
    public required string Realm { get; init; }

    public required Guid Id { get; init; }

    /// <summary>Gets the id of the last entry that refers to the body, or 0.</summary>
    public required long LastId { get; init; }

    /// <summary>Gets the length in bytes.</summary>
    public required int Size { get; init; }

    public required byte[] Body { get; init; }
}
