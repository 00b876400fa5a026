using System.Collections.Immutable;

namespace Ews.ImService.Mailbox;

/// <summary>The maximum lengths of properties of contacts, in UTF-16 code units.</summary>
public static class ContactLimits
{
    /// <summary>The maximum length of a subject.</summary>
    /// <remarks>[MS-OXWSCORE] 2.2.4.24, element Subject.</remarks>
    public const int MaxSubject = 255;

    /// <summary>The maximum length of a category, chosen by this project.</summary>
    public const int MaxCategory = 255;

    /// <summary>
    /// The maximum length of a given, middle or last name. Exchange rejects 4,000 characters; the limit is not documented.
    /// </summary>
    public const int MaxName = 256;

    /// <summary>The maximum length of other texts, chosen by this project. A body has no limit of its own.</summary>
    public const int MaxText = 32767;

    /// <summary>Returns the maximum length of the values of a property.</summary>
    /// <param name="path">The path of the property.</param>
    /// <returns>The length, or <c>null</c> if the property has no limit.</returns>
    public static int? MaxLengthOf(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return path switch
        {
            ContactPath.Subject => MaxSubject,
            ContactPath.Categories => MaxCategory,
            ContactPath.GivenName or ContactPath.MiddleName or ContactPath.Surname => MaxName,
            ContactPath.Body => null,
            _ => IsBinary(path) ? null : MaxText,
        };
    }

    /// <summary>Verifies that no value is too long.</summary>
    /// <param name="path">The path of the property.</param>
    /// <param name="values">The values.</param>
    /// <param name="tooLong">Returns the error of a property whose values are too long, by its path.</param>
    /// <returns><c>null</c>, the error, or ErrorDataSizeLimitExceeded for a text without a limit of its own.</returns>
    public static EwsError? Check(string path, ImmutableArray<string> values, Func<string, EwsError> tooLong)
    {
        ArgumentNullException.ThrowIfNull(tooLong);
        if (MaxLengthOf(path) is not { } max || values.All(value => value.Length <= max))
            return null;
        return max == MaxText ? EwsError.DataSizeLimitExceeded(path) : tooLong(path);
    }

    private static bool IsBinary(string path) => path.StartsWith(ContactPath.ExtendedPrefix, StringComparison.Ordinal)
        && (path.EndsWith(":Binary", StringComparison.Ordinal) || path.EndsWith(":BinaryArray", StringComparison.Ordinal));
}
