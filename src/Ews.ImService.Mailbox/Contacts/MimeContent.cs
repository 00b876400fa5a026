using System.Text;

namespace Ews.ImService.Mailbox;

/// <summary>Converts items to MIME.</summary>
/// <remarks>Learn: "MimeContent". No public source describes the content of a distribution list; it is chosen by this project.</remarks>
public static class MimeContent
{
    private const string LineBreak = "\r\n";

    /// <summary>Determines whether an item can be converted. The members of an IM group are not part of its item.</summary>
    /// <param name="item">The item.</param>
    public static bool IsSupported(MailboxItem item)
    {
        ArgumentNullException.ThrowIfNull(item);
        return item.Folder != MailboxFolder.ImContactList;
    }

    /// <summary>Returns the vCard of a contact, or a message with the names of the members of a distribution list.</summary>
    /// <param name="item">The item.</param>
    public static string Write(MailboxItem item)
    {
        ArgumentNullException.ThrowIfNull(item);
        return item.IsDistributionList ? WriteMessage(item) : VCard.Write(item);
    }

    private static string WriteMessage(MailboxItem list)
    {
        string[] header =
        [
            "MIME-Version: 1.0",
            "Content-Type: text/plain; charset=\"utf-8\"",
            "Content-Transfer-Encoding: 8bit",
            "Subject: " + Encode(list.Properties[ContactPath.DisplayName] ?? string.Empty),
            string.Empty,
        ];
        var names = list.Members.Select(member => member.Name.ReplaceLineEndings(" "));
        return string.Concat(header.Concat(names).Select(line => line + LineBreak));
    }

    /// <summary>Returns the text of a header. Other characters than those of ASCII are encoded.</summary>
    /// <remarks>RFC 2047.</remarks>
    private static string Encode(string text) => text.All(c => c is >= ' ' and <= '~')
        ? text
        : $"=?utf-8?B?{Convert.ToBase64String(Encoding.UTF8.GetBytes(text))}?=";
}
