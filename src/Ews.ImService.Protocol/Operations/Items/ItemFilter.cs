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
    /// <summary>Reads a restriction.</summary>
    /// <returns>
    /// The predicate, or ErrorInvalidRestriction, ErrorUnsupportedPathForQuery, ErrorUnsupportedQueryFilter or
    /// ErrorInvalidExtendedProperty.
    /// </returns>
    public EwsResult<Func<TRow, bool>> Read(XElement? restriction)
    {
        if (restriction is null)
            return (Func<TRow, bool>)(_ => true);
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
                return ReadPath(expression, operands: 0).Select<Func<TRow, bool>>(path => row => path.ValuesOf(row).Count > 0);
            case "Contains":
                return ReadContains(expression);
            case "IsEqualTo":
                return ReadComparison(expression, order => order == 0);
            case "IsNotEqualTo":
                return ReadComparison(expression, order => order == 0).Select<Func<TRow, bool>>(isEqual => row => !isEqual(row));
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

    private EwsResult<Func<TRow, bool>> ReadContains(XElement expression)
    {
        StringComparison comparison;
        switch (expression.Attribute("ContainmentComparison")?.Value)
        {
            case null or "Exact":
                comparison = StringComparison.Ordinal;
                break;
            case "IgnoreCase":
                comparison = StringComparison.OrdinalIgnoreCase;
                break;
            default:
                return EwsError.UnsupportedQueryFilter;
        }

        var constant = expression.Elements().Last().Attribute("Value")!.Value;
        Func<string, bool> matches = expression.Attribute("ContainmentMode")?.Value switch
        {
            "Prefixed" => text => text.StartsWith(constant, comparison),
            "Substring" => text => text.Contains(constant, comparison),
            "PrefixOnWords" => text => text.Split(' ').Any(word => word.StartsWith(constant, comparison)),
            "ExactPhrase" => text => (" " + text + " ").Contains(" " + constant + " ", comparison),
            _ => text => text.Equals(constant, comparison),
        };
        return ReadPath(expression, operands: 1).Select<Func<TRow, bool>>(path => row => path.ValuesOf(row).Any(matches));
    }

    private EwsResult<Func<TRow, bool>> ReadComparison(XElement expression, Func<int, bool> accepts)
    {
        var left = ReadPath(expression, operands: 1);
        if (!left.Succeeded)
            return left.Error;
        var comparer = left.Value.Comparer;
        var operand = expression.Elements().Last().Elements().Single();
        if (operand.Name.LocalName == "Constant")
        {
            var constant = operand.Attribute("Value")!.Value;
            return (Func<TRow, bool>)(row => left.Value.ValuesOf(row).Any(value => accepts(comparer.Compare(value, constant))));
        }

        return ReadPath(operand).Select<Func<TRow, bool>>(right =>
            row => left.Value.ValuesOf(row).Any(value => right.ValuesOf(row).Any(other => accepts(comparer.Compare(value, other)))));
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
