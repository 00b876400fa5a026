using System.Globalization;
using System.Xml.Linq;
using Ews.ImService.Mailbox;

namespace Ews.ImService.Protocol.Operations.Items;

/// <summary>Reads a restriction as a predicate on rows.</summary>
/// <typeparam name="TRow">The type of the rows, such as items or personas.</typeparam>
/// <param name="readPath">Reads a path; the result is <c>null</c> if the path cannot be used in a restriction.</param>
/// <remarks>
/// Learn: "Restriction", "SearchExpression". Texts are compared without regard to case, times and numbers by value; an absent property
/// equals no value. The schema allows combinations of expressions that have no meaning; these are errors.
/// </remarks>
internal sealed class ItemFilter<TRow>(Func<XElement, EwsResult<ComparablePath<TRow>?>> readPath)
{
    /// <summary>The maximum number of expressions in a restriction.</summary>
    /// <remarks>Learn: "EWS throttling in Exchange". The number of expressions is chosen by this project.</remarks>
    private const int MaxExpressions = 255;

    /// <summary>Reads a restriction.</summary>
    /// <returns>
    /// The predicate, or ErrorInvalidRestriction, ErrorRestrictionTooLong, ErrorUnsupportedPathForQuery, ErrorInvalidPropertyForExists,
    /// ErrorInvalidValueForProperty, ErrorContainsFilterWrongType, ErrorUnsupportedQueryFilter or an error of an extended property.
    /// </returns>
    public EwsResult<Func<TRow, bool>> Read(XElement? restriction)
    {
        if (restriction is null)
            return (Func<TRow, bool>)(_ => true);
        if (restriction.Descendants().Count(IsExpression) > MaxExpressions)
            return EwsError.RestrictionTooLong;
        return restriction.Elements().Count() == 1 ? ReadExpression(restriction.Elements().Single()) : EwsError.InvalidRestriction;
    }

    private EwsResult<Func<TRow, bool>> ReadExpression(XElement expression)
    {
        switch (expression.Name.LocalName)
        {
            case "And" or "Or":
                return ReadBoolean(expression);
            case "Not":
                return expression.Elements().Count() == 1
                    ? ReadExpression(expression.Elements().Single()).Select<Func<TRow, bool>>(operand => row => !operand(row))
                    : EwsError.InvalidRestriction;
            case "Exists":
                return ReadPath(expression, operands: 0).Then<Func<TRow, bool>>(path => path.IsOptional
                    ? (Func<TRow, bool>)(row => path.ValuesOf(row).Count > 0)
                    : EwsError.InvalidPropertyForExists);
            case "Excludes":
                return ReadExcludes(expression);
            case "Contains":
                return ReadContains(expression);
            case "IsEqualTo":
                return ReadComparison(expression, order => order == 0);
            case "IsNotEqualTo":
                return ReadComparison(expression, order => order == 0).Select<Func<TRow, bool>>(isEqual => row => !isEqual(row));
            case "IsGreaterThan":
                return ReadComparison(expression, order => order > 0, isOrder: true);
            case "IsGreaterThanOrEqualTo":
                return ReadComparison(expression, order => order >= 0, isOrder: true);
            case "IsLessThan":
                return ReadComparison(expression, order => order < 0, isOrder: true);
            case "IsLessThanOrEqualTo":
                return ReadComparison(expression, order => order <= 0, isOrder: true);
            default:
                return EwsError.UnsupportedQueryFilter;
        }
    }

    private EwsResult<Func<TRow, bool>> ReadBoolean(XElement expression)
    {
        var operands = new List<Func<TRow, bool>>();
        foreach (var operand in expression.Elements())
        {
            var read = ReadExpression(operand);
            if (!read.Succeeded)
                return read.Error;
            operands.Add(read.Value);
        }

        return (Func<TRow, bool>)(expression.Name.LocalName == "And"
            ? row => operands.TrueForAll(operand => operand(row))
            : row => operands.Exists(operand => operand(row)));
    }

    private EwsResult<Func<TRow, bool>> ReadContains(XElement expression) =>
        ReadPath(expression, operands: 1).Then<Func<TRow, bool>>(path =>
        {
            if (path.Type != ComparableType.Texts)
                return EwsError.ContainsFilterWrongType;
            return TextMatch.Read(expression).Select<Func<TRow, bool>>(matches => row => path.ValuesOf(row).Any(matches));
        });

    /// <summary>Reads a test of bits: no bit of the mask is set in the value. A row without the property matches.</summary>
    /// <remarks>Learn: "Excludes", "Bitmask".</remarks>
    private EwsResult<Func<TRow, bool>> ReadExcludes(XElement expression) =>
        ReadPath(expression, operands: 1).Then<Func<TRow, bool>>(path =>
        {
            if (path.Type != ComparableType.Numbers)
                return EwsError.UnsupportedPathForQuery;
            if (ReadMask(expression.Elements().Last().Attribute("Value")!.Value) is not { } mask)
                return EwsError.InvalidValueForProperty;
            return (Func<TRow, bool>)(row => path.ValuesOf(row).All(value =>
                !long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
                || ((ulong)number & mask) == 0));
        });

    /// <summary>Reads a mask in hexadecimal or decimal notation; <c>null</c> if it has more than 64 bits.</summary>
    private static ulong? ReadMask(string mask)
    {
        var isHexadecimal = mask.StartsWith("0x", StringComparison.OrdinalIgnoreCase);
        var isNumber = isHexadecimal
            ? ulong.TryParse("0" + mask[2..].TrimStart('0'), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var bits)
            : ulong.TryParse("0" + mask, NumberStyles.None, CultureInfo.InvariantCulture, out bits);
        return isNumber ? bits : null;
    }

    private static bool IsExpression(XElement element) =>
        element.Name.LocalName is "And" or "Or" or "Not" or "Exists" or "Contains" or "Excludes"
        || element.Name.LocalName.StartsWith("Is", StringComparison.Ordinal);

    private EwsResult<Func<TRow, bool>> ReadComparison(XElement expression, Func<int, bool> accepts, bool isOrder = false)
    {
        var left = ReadPath(expression, operands: 1);
        if (!left.Succeeded)
            return left.Error;
        var type = left.Value.Type;
        if (isOrder && !type.IsOrdered)
            return EwsError.InvalidValueForProperty;
        var operand = expression.Elements().Last().Elements().Single();
        if (operand.Name.LocalName == "Constant")
        {
            var constant = operand.Attribute("Value")!.Value;
            if (!type.IsValid(constant))
                return EwsError.InvalidValueForProperty;
            return (Func<TRow, bool>)(row => left.Value.ValuesOf(row).Any(value => accepts(type.Comparer.Compare(value, constant))));
        }

        return ReadPath(operand).Select<Func<TRow, bool>>(right =>
            row => left.Value.ValuesOf(row).Any(value => right.ValuesOf(row).Any(other => accepts(type.Comparer.Compare(value, other)))));
    }

    /// <summary>Reads the path of an expression, which precedes its operands.</summary>
    private EwsResult<ComparablePath<TRow>> ReadPath(XElement expression, int operands) =>
        expression.Elements().Count() == 1 + operands ? ReadPath(expression.Elements().First()) : EwsError.InvalidRestriction;

    private EwsResult<ComparablePath<TRow>> ReadPath(XElement path)
    {
        var read = readPath(path);
        if (!read.Succeeded)
            return read.Error;
        return read.Value is { } comparable ? comparable : EwsError.UnsupportedPathForQuery;
    }
}
