using System.Xml.Linq;
using Ews.ImService.Mailbox;

namespace Ews.ImService.Protocol.Operations.Items;

/// <summary>Reads a sort order as a function on items. Without a sort order, items keep their order of creation.</summary>
/// <remarks>Learn: "SortOrder".</remarks>
internal static class ItemOrder
{
    /// <summary>Reads a sort order; <c>null</c> is a request without one.</summary>
    /// <returns>The function, or ErrorUnsupportedPathForSortGroup or ErrorInvalidExtendedProperty.</returns>
    public static EwsResult<Func<IEnumerable<MailboxItem>, List<MailboxItem>>> Read(XElement? sortOrder)
    {
        var orders = new List<(ComparablePath Path, bool IsDescending)>();
        foreach (var order in sortOrder?.Elements() ?? [])
        {
            var path = ComparablePath.Read(order.Elements().First());
            if (!path.Succeeded)
                return path.Error;
            if (path.Value is null || order.Elements().Count() > 1)
                return EwsError.UnsupportedPathForSortGroup;
            orders.Add((path.Value, order.Attribute("Order")!.Value == "Descending"));
        }

        return (Func<IEnumerable<MailboxItem>, List<MailboxItem>>)(items => Sort(items, orders));
    }

    private static List<MailboxItem> Sort(IEnumerable<MailboxItem> items, List<(ComparablePath Path, bool IsDescending)> orders)
    {
        var sorted = items.OrderBy(_ => 0);
        foreach (var (path, isDescending) in orders)
        {
            sorted = isDescending ? sorted.ThenByDescending(FirstValue, path.Comparer) : sorted.ThenBy(FirstValue, path.Comparer);

            string FirstValue(MailboxItem item) => path.ValuesOf(item).FirstOrDefault(string.Empty);
        }

        return sorted.ToList();
    }
}
