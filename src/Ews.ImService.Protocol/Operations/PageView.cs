using System.Globalization;
using System.Xml.Linq;
using Ews.ImService.Mailbox;
using Ews.ImService.Protocol.Xml;

namespace Ews.ImService.Protocol.Operations;

/// <summary>The requested part of a list.</summary>
/// <param name="Offset">The number of rows to skip; with a <see cref="Denominator"/>, the numerator of a fraction of the list.</param>
/// <param name="MaxEntries">The maximum number of rows; <c>null</c> for no maximum.</param>
/// <remarks>Learn: "IndexedPageItemView", "FractionalPageItemView", "SeekToConditionPageItemView", "ContactsView".</remarks>
internal sealed record PageView(int Offset, int? MaxEntries)
{
    /// <summary>The complete list.</summary>
    public static readonly PageView All = new(0, null);

    /// <summary>Gets a value that indicates whether the response contains the offset of the next page.</summary>
    public bool IsIndexed { get; private init; }

    /// <summary>Gets a value that indicates whether the offset is counted from the end of the list.</summary>
    public bool IsFromEnd { get; private init; }

    /// <summary>Gets a value that indicates whether the offset is that of a row with a property. See <see cref="Find"/>.</summary>
    public bool IsSeeking { get; private init; }

    /// <summary>Gets the denominator if the offset is a fraction of the list; otherwise, <c>null</c>.</summary>
    public int? Denominator { get; private init; }

    /// <summary>Gets the first display name; <c>null</c> for no bound.</summary>
    public string? InitialName { get; private init; }

    /// <summary>Gets the last display name; <c>null</c> for no bound.</summary>
    public string? FinalName { get; private init; }

    /// <summary>Reads a view; <c>null</c> is a request without one.</summary>
    /// <returns>
    /// The view, or ErrorInvalidPagingMaxRows, ErrorInvalidIndexedPagingParameters, ErrorInvalidFractionalPagingParameters, or
    /// ErrorCalendarFolderIsInvalidForCalendarView, because no folder is a calendar.
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
            "ContactsView" => new PageView(0, maxEntries)
            {
                InitialName = view.Attribute("InitialName")?.Value,
                FinalName = view.Attribute("FinalName")?.Value,
            },
            "SeekToConditionPageItemView" => new PageView(0, maxEntries) { IsSeeking = true, IsIndexed = true, IsFromEnd = IsEnd(view) },
            _ => EwsError.CalendarFolderIsInvalidForCalendarView,
        };
    }

    /// <summary>Returns the page of a list. Rows keep their order, even if they are counted from the end.</summary>
    public Page<T> GetPage<T>(List<T> all)
    {
        var offset = Denominator is { } whole ? (int)((long)all.Count * Offset / whole) : Offset;
        var count = Math.Min(MaxEntries ?? int.MaxValue, Math.Max(0, all.Count - offset));
        var first = IsFromEnd ? Math.Max(0, all.Count - offset - count) : Math.Min(offset, all.Count);
        return new Page<T>(this, all.GetRange(first, count), all.Count, first);
    }

    /// <summary>Returns the view that begins at the first row with a property or, from the end, ends at the last one.</summary>
    /// <param name="all">The list.</param>
    /// <param name="condition">Determines whether a row has the property. If no row has it, the page is empty.</param>
    public PageView Find<T>(List<T> all, Func<T, bool> condition)
    {
        var index = IsFromEnd ? all.FindLastIndex(row => condition(row)) : all.FindIndex(row => condition(row));
        var offset = IsFromEnd ? all.Count - 1 - index : index;
        return this with { Offset = index < 0 ? all.Count : offset };
    }

    /// <summary>Returns the view with at most a number of rows.</summary>
    public PageView Limited(int maximum) => this with { MaxEntries = Math.Min(MaxEntries ?? maximum, maximum) };

    private static bool IsEnd(XElement view) => view.Attribute("BasePoint")!.Value == "End";

    private static EwsResult<PageView> ReadIndexed(XElement view, int? maxEntries)
    {
        var offset = Number(view, "Offset")!.Value;
        return offset < 0
            ? EwsError.InvalidIndexedPagingParameters
            : new PageView(offset, maxEntries) { IsIndexed = true, IsFromEnd = IsEnd(view) };
    }

    private static EwsResult<PageView> ReadFractional(XElement view, int? maxEntries)
    {
        var numerator = Number(view, "Numerator")!.Value;
        var denominator = Number(view, "Denominator")!.Value;
        return numerator < 0 || denominator < 1 || numerator > denominator
            ? EwsError.InvalidFractionalPagingParameters
            : new PageView(numerator, maxEntries) { Denominator = denominator };
    }

    private static int? Number(XElement view, string attribute) => view.Attribute(attribute) is { } number
        ? int.Parse(number.Value.Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture)
        : null;
}

/// <summary>A part of a list.</summary>
/// <typeparam name="T">The type of the rows.</typeparam>
/// <param name="View">The requested part.</param>
/// <param name="Rows">The rows.</param>
/// <param name="Total">The number of rows in the complete list.</param>
/// <param name="First">The zero-based index of the first row in the complete list.</param>
internal sealed record Page<T>(PageView View, IReadOnlyList<T> Rows, int Total, int First)
{
    /// <summary>Writes <c>t:FindResponsePagingAttributes</c>: the start of the next page, and whether there is one.</summary>
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
