using System.Globalization;
using System.Xml.Linq;
using Ews.ImService.Mailbox;
using Ews.ImService.Protocol.Xml;

namespace Ews.ImService.Protocol.Operations;

/// <summary>Which part of a list a request wants. Learn: "IndexedPageItemView", "FractionalPageItemView", "ContactsView".</summary>
/// <param name="Offset">How many to pass over.</param>
/// <param name="MaxEntries">How many to return at most; null for all.</param>
internal sealed record PageView(int Offset, int? MaxEntries)
{
    /// <summary>Everything.</summary>
    public static readonly PageView All = new(0, null);

    /// <summary>Whether a page of numbered rows was asked for, so that the answer tells the next number.</summary>
    public bool IsIndexed { get; private init; }

    /// <summary>Whether the offset counts from the end.</summary>
    public bool IsFromEnd { get; private init; }

    /// <summary>Where the offset is a fraction of the whole: what it is a fraction of.</summary>
    public int? Denominator { get; private init; }

    /// <summary>The first display name of the page; null for no bound.</summary>
    public string? InitialName { get; private init; }

    /// <summary>The last display name of the page; null for no bound.</summary>
    public string? FinalName { get; private init; }

    /// <summary>Reads a view, or its absence.</summary>
    /// <returns>
    /// The view, or ErrorInvalidPagingMaxRows, ErrorInvalidIndexedPagingParameters, ErrorInvalidFractionalPagingParameters, or
    /// ErrorUnsupportedQueryFilter for views of calendars and of conditions.
    /// </returns>
    public static EwsResult<PageView> Read(XElement? view)
    {
        if (view is null)
            return All;
        if (Number(view, "MaxEntriesReturned") < 1)
            return EwsError.InvalidPagingMaxRows;
        var maxEntries = Number(view, "MaxEntriesReturned");
        return view.Name.LocalName switch
        {
            "IndexedPageItemView" or "IndexedPageFolderView" => ReadIndexed(view, maxEntries),
            "FractionalPageItemView" or "FractionalPageFolderView" => ReadFractional(view, maxEntries),
            "ContactsView" => new PageView(0, maxEntries) { InitialName = view.Attribute("InitialName")?.Value, FinalName = view.Attribute("FinalName")?.Value },
            _ => EwsError.UnsupportedQueryFilter,
        };
    }

    /// <summary>The part of a list; rows keep their order, also where they are counted from the end.</summary>
    public Page<T> Of<T>(List<T> all)
    {
        var offset = Denominator is { } whole ? (int)((long)all.Count * Offset / whole) : Offset;
        var count = Math.Min(MaxEntries ?? int.MaxValue, Math.Max(0, all.Count - offset));
        var first = IsFromEnd ? Math.Max(0, all.Count - offset - count) : Math.Min(offset, all.Count);
        return new Page<T>(this, all.GetRange(first, count), all.Count, first);
    }

    private static EwsResult<PageView> ReadIndexed(XElement view, int? maxEntries)
    {
        var offset = Number(view, "Offset")!.Value;
        return offset < 0
            ? EwsError.InvalidIndexedPagingParameters
            : new PageView(offset, maxEntries) { IsIndexed = true, IsFromEnd = view.Attribute("BasePoint")!.Value == "End" };
    }

    private static EwsResult<PageView> ReadFractional(XElement view, int? maxEntries)
    {
        var numerator = Number(view, "Numerator")!.Value;
        var denominator = Number(view, "Denominator")!.Value;
        return numerator < 0 || denominator < 1 || numerator > denominator
            ? EwsError.InvalidFractionalPagingParameters
            : new PageView(numerator, maxEntries) { Denominator = denominator };
    }

    private static int? Number(XElement view, string attribute) =>
        view.Attribute(attribute) is { } number ? int.Parse(number.Value.Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture) : null;
}

/// <summary>A part of a list.</summary>
/// <param name="View">What was asked for.</param>
/// <param name="Rows">The rows.</param>
/// <param name="Total">How many rows the whole list has.</param>
/// <param name="First">The number of the first row, from the beginning of the list, counted from 0.</param>
internal sealed record Page<T>(PageView View, IReadOnlyList<T> Rows, int Total, int First)
{
    /// <summary>Writes <c>t:FindResponsePagingAttributes</c>: where the next page begins, and whether there is one.</summary>
    public void WriteAttributes(EwsXmlWriter xml)
    {
        var next = View.IsFromEnd ? Total - First : First + Rows.Count;
        if (View.IsIndexed)
            xml.Attribute("IndexedPagingOffset", Text(next));
        if (View.Denominator is not null)
        {
            xml.Attribute("NumeratorOffset", Text(next));
            xml.Attribute("AbsoluteDenominator", Text(Total));
        }

        xml.Attribute("TotalItemsInView", Text(Total));
        xml.Attribute("IncludesLastItemInRange", next >= Total ? "true" : "false");
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
