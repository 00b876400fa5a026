using System.Globalization;
using System.Xml.Linq;
using Ews.ImService.Mailbox;
using Ews.ImService.Protocol.Operations.Items;
using Ews.ImService.Protocol.Operations.Utility;
using Ews.ImService.Protocol.Xml;

namespace Ews.ImService.Protocol.Operations;

/// <summary>Converts the times of a request that have no offset from the time zone of the request to UTC.</summary>
/// <remarks>Learn: "TimeZoneContext". Operations treat times without an offset as UTC.</remarks>
internal static class RequestTimes
{
    private const string PersonaCreationTime = "persona:CreationTime";

    private static readonly HashSet<string> TimeElements =
    [
        "Birthday", "WeddingAnniversary", "ReminderDueBy", "ReminderNextTime", "StartDate", "DueDate", "CompleteDate",
    ];

    /// <summary>Converts all times of a request.</summary>
    /// <param name="request">The element of the request, which is changed.</param>
    /// <param name="definition">The <c>t:TimeZoneDefinition</c>. If it has rules, but no known id, times without an offset are UTC.</param>
    /// <returns><c>null</c>, or ErrorTimeZone for an unknown id without rules.</returns>
    public static EwsError? ConvertToUtc(XElement request, XElement definition)
    {
        if (definition.Attribute("Id")?.Value is not { } id)
            return null;
        if (WindowsTimeZone.FindAny(id) is { } zone)
            ConvertToUtc(request, zone);
        else if (!definition.HasElements)
            return EwsError.TimeZone;
        return null;
    }

    private static void ConvertToUtc(XElement request, WindowsTimeZone zone)
    {
        foreach (var element in request.Descendants())
        {
            if (element.Name.LocalName == "Constant" && IsOfTime(element) && element.Attribute("Value") is { } constant)
                constant.Value = Convert(constant.Value, zone);
            else if (TimeElements.Contains(element.Name.LocalName) || (element.Name.LocalName == "Value" && IsExtendedTime(element)))
                element.Value = Convert(element.Value, zone);
        }
    }

    /// <summary>Determines whether a constant is compared with a property that contains a time.</summary>
    private static bool IsOfTime(XElement constant)
    {
        var expression = constant.Parent!.Name.LocalName == "FieldURIOrConstant" ? constant.Parent.Parent! : constant.Parent;
        var field = expression.Elements().First();
        if (field.Name.LocalName == "ExtendedFieldURI")
            return IsTimeType(field);
        return field.Name.LocalName == "FieldURI" && PropertyPath.Read(field) is { Succeeded: true, Value: var path }
            && (path == PersonaCreationTime || ItemFields.At(path)?.Type == ComparableType.Times);
    }

    private static bool IsExtendedTime(XElement value)
    {
        var property = value.Parent!.Name.LocalName == "Values" ? value.Parent.Parent! : value.Parent;
        return property.Name.LocalName == ExtendedPropertyXml.Element && IsTimeType(property.Elements().First());
    }

    private static bool IsTimeType(XElement field) => field.Attribute("PropertyType")?.Value is "SystemTime" or "SystemTimeArray";

    /// <summary>Returns a time without an offset in UTC; another text is returned unchanged.</summary>
    private static string Convert(string text, WindowsTimeZone zone) =>
        text.Contains('T', StringComparison.Ordinal)
        && DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var time)
        && time.Kind == DateTimeKind.Unspecified
            ? zone.ToUtc(time).ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture)
            : text;
}
