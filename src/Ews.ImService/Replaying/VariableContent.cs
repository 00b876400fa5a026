using System.Text;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;

namespace Ews.ImService.Replaying;

/// <summary>The content of responses that differs between servers although they behave in the same way: ids, times and versions.</summary>
internal static partial class VariableContent
{
    /// <summary>The attributes that contain the version of an item or folder.</summary>
    public static readonly IReadOnlySet<string> ChangeKeys = new HashSet<string>(StringComparer.Ordinal)
    {
        "ChangeKey", "RootItemChangeKey",
    };

    /// <summary>The elements whose text identifies a state or an object of the server.</summary>
    public static readonly IReadOnlySet<string> Tokens = new HashSet<string>(StringComparer.Ordinal)
    {
        "SyncState", "SubscriptionId", "Watermark", "PreviousWatermark", "InstanceKey", "MailboxGuid",
    };

    /// <summary>The elements whose text is the time at which the server did something.</summary>
    public static readonly IReadOnlySet<string> Times = new HashSet<string>(StringComparer.Ordinal)
    {
        "CreationTime", "DateTimeCreated", "DateTimeReceived", "DateTimeSent", "LastModifiedTime", "PasswordExpirationDate", "TimeStamp",
    };

    /// <summary>The elements whose text is a link that contains the id of the item.</summary>
    public static readonly IReadOnlySet<string> Links = new HashSet<string>(StringComparer.Ordinal)
    {
        "WebClientEditFormQueryString", "WebClientReadFormQueryString",
    };

    /// <summary>The element whose text is a vCard in Base64, with the time of its last change.</summary>
    public const string MimeContent = "MimeContent";

    /// <summary>The elements that describe the server.</summary>
    public static readonly IReadOnlySet<string> ServerDescriptions = new HashSet<string>(StringComparer.Ordinal) { "ServerVersionInfo" };

    private const string IdSuffix = "Id";
    private const string RootItemId = "RootItemId";
    private const string DistinguishedFolderId = "DistinguishedFolderId";

    /// <summary>Returns <c>true</c> if an attribute contains the id of an object on the server; otherwise, <c>false</c>.</summary>
    public static bool IsId(XElement element, XAttribute attribute) => IsId(element.Name.LocalName, attribute.Name.LocalName);

    /// <inheritdoc cref="IsId(XElement, XAttribute)"/>
    public static bool IsId(string element, string attribute) => attribute == RootItemId
        || (attribute == IdSuffix && element.EndsWith(IdSuffix, StringComparison.Ordinal) && element != DistinguishedFolderId);

    /// <summary>Returns the text of an element without the parts that differ between servers.</summary>
    public static string Normalize(string element, string text)
    {
        if (Tokens.Contains(element) && text.Length > 0)
            return "(token)";
        if (Times.Contains(element) && IsTime(text))
            return "(time)";
        if (Links.Contains(element))
            return LinkId().Replace(text, "$1(id)");
        return element == MimeContent ? RevisionTime().Replace(Decode(text), "$1(time)") : text;
    }

    /// <summary>Returns <c>true</c> if a text is a time in the form of XML schema; otherwise, <c>false</c>.</summary>
    private static bool IsTime(string text)
    {
        try
        {
            XmlConvert.ToDateTimeOffset(text);
            return true;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private static string Decode(string base64)
    {
        var bytes = new byte[base64.Length];
        return Convert.TryFromBase64String(base64, bytes, out var length) ? Encoding.UTF8.GetString(bytes, 0, length) : base64;
    }

    [GeneratedRegex("([?&]id=)[^&]*")]
    private static partial Regex LinkId();

    [GeneratedRegex("^(REV[;:])[^\r\n]*", RegexOptions.Multiline)]
    private static partial Regex RevisionTime();
}
