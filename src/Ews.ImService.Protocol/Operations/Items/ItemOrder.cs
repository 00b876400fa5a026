using System.Xml.Linq;
using Ews.ImService.Mailbox;
using Ews.ImService.Protocol.Xml;

namespace Ews.ImService.Protocol.Operations.Items;

/// <summary>Sorts items as a request asks; otherwise they come in the order of creation. Learn: "SortOrder".</summary>
internal static class ItemOrder
{
    /// <summary>Reads a sort order, or its absence.</summary>
    /// <returns>What sorts, or ErrorUnsupportedPathForSortGroup or ErrorInvalidExtendedProperty.</returns>
    public static EwsResult<Func<IEnumerable<MailboxItem>, List<MailboxItem>>> Read(XElement? sortOrder)
    {
        var orders = new List<(string Path, bool IsDescending)>();
        var probe = new MailboxItem(string.Empty, string.Empty, MailboxFolder.Contacts, ContactProperties.Empty);
        foreach (var order in sortOrder?.Elements() ?? [])
        {
            var path = PropertyPath.Read(order.Elements().Single());
            if (!path.Succeeded)
                return path.Error;
            if (ItemFields.ValuesOf(probe, path.Value) is null)
                return EwsError.UnsupportedPathForSortGroup;
            orders.Add((path.Value, order.Attribute("Order")!.Value == "Descending"));
        }

        return (Func<IEnumerable<MailboxItem>, List<MailboxItem>>)(items => Sort(items, orders));
    }

    private static List<MailboxItem> Sort(IEnumerable<MailboxItem> items, List<(string Path, bool IsDescending)> orders)
    {
        var comparer = Comparer<string>.Create(ItemFilter.Compare);
        var sorted = items.OrderBy(_ => 0);
        foreach (var (path, isDescending) in orders)
        {
            sorted = isDescending
                ? sorted.ThenByDescending(FirstValue, comparer)
                : sorted.ThenBy(FirstValue, comparer);

            string FirstValue(MailboxItem item) => ItemFields.ValuesOf(item, path)!.FirstOrDefault(string.Empty);
        }

        return sorted.ToList();
    }
}
