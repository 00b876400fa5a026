using System.Globalization;
using System.Xml.Linq;
using Ews.ImService.Mailbox;
using Ews.ImService.Protocol.Xml;

namespace Ews.ImService.Protocol.Operations.Items;

/// <summary>Decides which items a restriction lets through. Learn: "Restriction", "SearchExpression".</summary>
/// <remarks>Texts compare without letter case, times and whole numbers by their value; a property that an item lacks equals nothing.</remarks>
internal static class ItemFilter
{
    /// <summary>Reads a restriction.</summary>
    /// <returns>What decides, or ErrorUnsupportedPathForQuery, ErrorUnsupportedQueryFilter or ErrorInvalidExtendedProperty.</returns>
    public static EwsResult<Func<MailboxItem, bool>> Read(XElement? restriction)
    {
        if (restriction is null)
            return (Func<MailboxItem, bool>)(_ => true);
        return ReadExpression(restriction.Elements().Single());
    }

    private static EwsResult<Func<MailboxItem, bool>> ReadExpression(XElement expression)
    {
        switch (expression.Name.LocalName)
        {
            case "And" or "Or" or "Not":
                return ReadBoolean(expression);
            case "Exists":
                return ReadPath(expression).Select<Func<MailboxItem, bool>>(values => item => values(item).Count > 0);
            case "Contains":
                return ReadContains(expression);
            case "IsEqualTo":
                return ReadComparison(expression, order => order == 0);
            case "IsNotEqualTo":
                return ReadComparison(expression, order => order == 0).Select<Func<MailboxItem, bool>>(isEqual => item => !isEqual(item));
            case "IsGreaterThan":
                return ReadComparison(expression, order => order > 0);
            case "IsGreaterThanOrEqualTo":
                return ReadComparison(expression, order => order >= 0);
            case "IsLessThan":
                return ReadComparison(expression, order => order < 0);
            case "IsLessThanOrEqualTo":
                return ReadComparison(expression, order => order <= 0);
            default:
                return EwsError.UnsupportedQueryFilter;
        }
    }

    private static EwsResult<Func<MailboxItem, bool>> ReadBoolean(XElement expression)
    {
        var operands = new List<Func<MailboxItem, bool>>();
        foreach (var operand in expression.Elements())
        {
            var read = ReadExpression(operand);
            if (!read.Succeeded)
                return read.Error;
            operands.Add(read.Value);
        }

        return (Func<MailboxItem, bool>)(expression.Name.LocalName switch
        {
            "And" => item => operands.TrueForAll(operand => operand(item)),
            "Or" => item => operands.Exists(operand => operand(item)),
            _ => item => !operands[0](item),
        });
    }

    private static EwsResult<Func<MailboxItem, bool>> ReadContains(XElement expression)
    {
        var constant = expression.Elements().Last().Attribute("Value")!.Value;
        var comparison = expression.Attribute("ContainmentComparison")?.Value is null or "Exact" ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase;
        Func<string, bool> matches = expression.Attribute("ContainmentMode")?.Value switch
        {
            "Prefixed" => text => text.StartsWith(constant, comparison),
            "Substring" => text => text.Contains(constant, comparison),
            "PrefixOnWords" => text => text.Split(' ').Any(word => word.StartsWith(constant, comparison)),
            "ExactPhrase" => text => (" " + text + " ").Contains(" " + constant + " ", comparison),
            _ => text => text.Equals(constant, comparison),
        };
        return ReadPath(expression).Select<Func<MailboxItem, bool>>(values => item => values(item).Any(matches));
    }

    private static EwsResult<Func<MailboxItem, bool>> ReadComparison(XElement expression, Func<int, bool> accepts)
    {
        var left = ReadPath(expression);
        if (!left.Succeeded)
            return left.Error;
        var operand = expression.Elements().Last().Elements().Single();
        if (operand.Name.LocalName == "Constant")
        {
            var constant = operand.Attribute("Value")!.Value;
            return (Func<MailboxItem, bool>)(item => left.Value(item).Any(value => accepts(Compare(value, constant))));
        }

        return ReadValues(operand).Select<Func<MailboxItem, bool>>(right =>
            item => left.Value(item).Any(value => right(item).Any(other => accepts(Compare(value, other)))));
    }

    private static EwsResult<Func<MailboxItem, IReadOnlyList<string>>> ReadPath(XElement expression) => ReadValues(expression.Elements().First());

    private static EwsResult<Func<MailboxItem, IReadOnlyList<string>>> ReadValues(XElement path)
    {
        var read = PropertyPath.Read(path);
        if (!read.Succeeded)
            return read.Error;
        var probe = new MailboxItem(string.Empty, string.Empty, MailboxFolder.Contacts, ContactProperties.Empty);
        return ItemFields.ValuesOf(probe, read.Value) is null
            ? EwsError.UnsupportedPathForQuery
            : (Func<MailboxItem, IReadOnlyList<string>>)(item => ItemFields.ValuesOf(item, read.Value)!);
    }

    /// <summary>Orders two values; used for sorting too.</summary>
    public static int Compare(string left, string right)
    {
        if (long.TryParse(left, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var leftNumber)
            && long.TryParse(right, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var rightNumber))
        {
            return leftNumber.CompareTo(rightNumber);
        }

        if (IsTime(left, out var leftTime) && IsTime(right, out var rightTime))
            return leftTime.CompareTo(rightTime);
        return StringComparer.OrdinalIgnoreCase.Compare(left, right);
    }

    private static bool IsTime(string text, out DateTimeOffset time)
    {
        time = default;
        return text.Length >= "yyyy-MM-ddTHH:mm:ss".Length && text[4] == '-' && text[10] == 'T'
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out time);
    }
}
