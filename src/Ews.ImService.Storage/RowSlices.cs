namespace Ews.ImService.Storage;

/// <summary>Divides row changes into slices. Each slice is committed without a noticeable delay of other requests.</summary>
internal static class RowSlices
{
    /// <summary>The maximum number of rows of a slice.</summary>
    public const int MaxRows = 1000;

    /// <summary>The size of the texts of a slice, in characters, with which it ends; the last row can exceed it.</summary>
    public const int MaxChars = 1_000_000;

    /// <summary>Divides row changes, in their order.</summary>
    public static IReadOnlyList<IReadOnlyList<RowChange>> Split(IEnumerable<RowChange> changes)
    {
        var slices = new List<List<RowChange>>();
        var chars = 0;
        foreach (var change in changes)
        {
            if (slices.Count == 0 || slices[^1].Count == MaxRows || chars >= MaxChars)
            {
                slices.Add([]);
                chars = 0;
            }

            slices[^1].Add(change);
            chars += TextLength(change.Row);
        }

        return slices;
    }

    private static int TextLength(Row row) => row switch
    {
        ImGroupRow group => group.DisplayName.Length,
        QuickContactRow contact => contact.ImAddress.Length + contact.Properties.Length,
        ContactRow contact => contact.Properties.Length,
        _ => 0,
    };
}
