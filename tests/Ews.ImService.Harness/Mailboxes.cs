using System.Globalization;
using System.Text.Json;

namespace Ews.ImService.Harness;

/// <summary>The mailboxes of the comparison.</summary>
public static class Mailboxes
{
    /// <summary>The default mailbox of the service.</summary>
    public const string Default = "user@contoso.com";

    private const int GroupsOfList = 10;
    private const int MembersOfGroup = 20;

    /// <summary>Returns the address of a further mailbox.</summary>
    public static string Address(int index) => string.Create(CultureInfo.InvariantCulture, $"user{index:0000}@contoso.com");

    /// <summary>Returns a seed document.</summary>
    public static string Seed(IEnumerable<object> mailboxes) => JsonSerializer.Serialize(new { mailboxes });

    /// <summary>Returns a mailbox without groups and contacts of its own.</summary>
    public static object Empty(string address) => new { smtpAddress = address };

    /// <summary>Returns a mailbox with 10 groups and 200 contacts.</summary>
    public static object WithList(string address) => new
    {
        smtpAddress = address,
        groups = Enumerable.Range(0, GroupsOfList).Select(group => new
        {
            displayName = $"Group {group}",
            members = Contacts(group * MembersOfGroup, MembersOfGroup).Select(contact => contact.Address),
        }),
        imContacts = ImContacts(GroupsOfList * MembersOfGroup),
    };

    /// <summary>Returns a mailbox with contacts in the system group Other Contacts.</summary>
    public static object WithContacts(string address, int count) => new { smtpAddress = address, imContacts = ImContacts(count) };

    private static IEnumerable<object> ImContacts(int count) =>
        Contacts(0, count).Select(contact => (object)new { imAddress = contact.Address, displayName = contact.Name });

    private static IEnumerable<(string Address, string Name)> Contacts(int first, int count) =>
        Enumerable.Range(first, count).Select(number => (
            string.Create(CultureInfo.InvariantCulture, $"contact{number:0000}@contoso.com"),
            string.Create(CultureInfo.InvariantCulture, $"Contact {number:0000}")));
}
