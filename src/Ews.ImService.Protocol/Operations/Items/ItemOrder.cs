using System.Xml.Linq;
using Ews.ImService.Mailbox;

namespace Ews.ImService.Protocol.Operations.Items;

/// <summary>Reads a sort order as a function on rows. Without a sort order, and if values are equal, rows keep their order.</summary>
/// <typeparam name="TRow">The type of the rows, such as items or personas.</typeparam>
/// <param name="readPath">Reads a path; the result is <c>null</c> if rows cannot be sorted by the path.</param>
/// <remarks>Learn: "SortOrder".</remarks>
internal sealed class ItemOrder<TRow>(Func<XElement, EwsResult<ComparablePath<TRow>?>> readPath)
{
    /// <summary>Reads a sort order; <c>null</c> is a request without one.</summary>
    /// <returns>The function, or ErrorUnsupportedPathForSortGroup or ErrorInvalidExtendedProperty.</returns>
    public EwsResult<Func<IEnumerable<TRow>, List<TRow>>> Read(XElement? sortOrder)
    {
        var orders = new List<(ComparablePath<TRow> Path, bool IsDescending)>();
        foreach (var order in sortOrder?.Elements() ?? [])
        {
            var path = readPath(order.Elements().First());
            if (!path.Succeeded)
                return path.Error;
            if (path.Value is not { IsSortable: true } || order.Elements().Count() > 1)
                return EwsError.UnsupportedPathForSortGroup;
            orders.Add((path.Value, order.Attribute("Order")!.Value == "Descending"));
        }

        return (Func<IEnumerable<TRow>, List<TRow>>)(rows => Sort(rows, orders));
    }

    private static List<TRow> Sort(IEnumerable<TRow> rows, List<(ComparablePath<TRow> Path, bool IsDescending)> orders)
    {
        var sorted = rows.OrderBy(_ => 0);
        foreach (var (path, isDescending) in orders)
        {
            var comparer = path.Type.Comparer;
            sorted = isDescending ? sorted.ThenByDescending(FirstValue, comparer) : sorted.ThenBy(FirstValue, comparer);

            string FirstValue(TRow row) => path.ValuesOf(row).FirstOrDefault(string.Empty);
        }

        return sorted.ToList();
    }
}
