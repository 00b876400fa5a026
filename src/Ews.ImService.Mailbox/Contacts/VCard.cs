using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Ews.ImService.Mailbox;

/// <summary>Writes a contact as a vCard, the MIME content of contacts in Exchange.</summary>
/// <remarks>
/// RFC 2426; [MS-OXVCARD]. The order of the lines, and the lines that are present without a value, are those of contacts that Exchange
/// servers returned.
/// </remarks>
public sealed class VCard
{
    private const int MaxLineBytes = 75;
    private const string LineBreak = "\r\n";

    private static readonly (string Key, string Type)[] PhoneNumbers =
    [
        ("BusinessPhone", "WORK"), ("BusinessPhone2", "WORK"), ("BusinessFax", "WORK,FAX"), ("HomePhone", "HOME"), ("HomePhone2", "HOME"),
        ("HomeFax", "HOME,FAX"), ("MobilePhone", "CELL"), ("Pager", "PAGER"), ("CarPhone", "CAR"), ("Isdn", "ISDN"),
        ("PrimaryPhone", "PREF"), ("OtherTelephone", "VOICE"),
    ];

    private readonly StringBuilder _text = new();
    private readonly MailboxItem _item;

    private VCard(MailboxItem item) => _item = item;

    /// <summary>Returns the vCard of a contact.</summary>
    /// <param name="item">The contact.</param>
    public static string Write(MailboxItem item)
    {
        ArgumentNullException.ThrowIfNull(item);
        var card = new VCard(item);
        card.WriteLines();
        return card._text.ToString();
    }

    private static string Escape(string? value) => (value ?? string.Empty)
        .Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace(",", "\\,", StringComparison.Ordinal)
        .Replace(";", "\\;", StringComparison.Ordinal)
        .Replace("\r\n", "\n", StringComparison.Ordinal)
        .Replace("\r", "\n", StringComparison.Ordinal)
        .Replace("\n", "\\n", StringComparison.Ordinal);

    private static string Components(params string?[] values) => string.Join(';', values.Select(Escape));

    private void WriteLines()
    {
        AddLine("BEGIN:VCARD");
        AddLine("PROFILE:VCARD");
        AddLine("VERSION:3.0");
        AddLine("MAILER:Microsoft Exchange");
        AddLine("PRODID:Microsoft Exchange");
        WriteNames();
        foreach (var path in ContactPath.Addresses.Where(path => path.StartsWith(ContactPath.EmailAddress, StringComparison.Ordinal)))
            AddIfSet("EMAIL;TYPE=INTERNET", ValueOf(path));
        AddIfSet("NOTE", ItemBody.Of(_item.Properties).ToText().Content);
        AddLine("ORG:" + Components(ValueOf(ContactPath.CompanyName), ValueOf(ContactPath.Department)));
        AddLine("CLASS:" + ClassOf(ValueOf("item:Sensitivity")));
        WriteAddress("Business", "WORK");
        WriteAddress("Home", "HOME");
        WriteAddress("Other", "POSTAL");
        foreach (var (key, type) in PhoneNumbers)
            AddIfSet("TEL;TYPE=" + type, ValueOf(ContactPath.PhoneNumber + ":" + key));
        AddLine("TITLE:" + Escape(ValueOf(ContactPath.JobTitle)));
        AddLine("X-MS-IMADDRESS:" + Escape(ValueOf(ContactPath.ImAddress1)));
        WritePersonalData();
        AddLine("REV;VALUE=DATE-TIME:" + Revision());
        AddLine("END:VCARD");
    }

    private void WriteNames()
    {
        AddLine("FN:" + Escape(ValueOf(ContactPath.DisplayName)));
        AddLine("N:" + Components(
            ValueOf(ContactPath.Surname),
            ValueOf(ContactPath.GivenName),
            ValueOf(ContactPath.MiddleName),
            ValueOf(ContactPath.Title),
            ValueOf(ContactPath.Generation)));
        AddIfSet("NICKNAME", ValueOf("contacts:Nickname"));
    }

    private void WriteAddress(string key, string type)
    {
        var types = ValueOf(ContactPath.PostalAddressIndex) == key ? type + ",PREF" : type;
        var street = PartOf("Street");
        var city = PartOf("City");
        var state = PartOf("State");
        var postalCode = PartOf("PostalCode");
        var country = PartOf("CountryOrRegion");
        AddLine($"ADR;TYPE={types}:;;" + Components(street, city, state, postalCode, country));
        AddIfSet(
            "LABEL;TYPE=" + types,
            ContactNames.Joined("\n", street, ContactNames.Joined(" ", city, state, postalCode), country));

        string? PartOf(string part) => ValueOf(ContactPath.PhysicalAddress(part, key));
    }

    private void WritePersonalData()
    {
        AddIfSet("URL;TYPE=WORK", ValueOf("contacts:BusinessHomePage"));
        AddIfSet("ROLE", ValueOf("contacts:Profession"));
        AddIfSet("BDAY;VALUE=DATE", DateOf("contacts:Birthday"));
        AddIfSet("X-MS-ANNIVERSARY;VALUE=DATE", DateOf("contacts:WeddingAnniversary"));
        AddIfSet("X-MS-SPOUSE", ValueOf("contacts:SpouseName"));
        AddIfSet("X-MS-MANAGER", ValueOf("contacts:Manager"));
        AddIfSet("X-MS-ASSISTANT", ValueOf("contacts:AssistantName"));
        foreach (var child in ValuesOf("contacts:Children"))
            AddIfSet("X-MS-CHILD", child);
        if (ValuesOf("item:Categories") is { IsEmpty: false } categories)
            AddLine("CATEGORIES:" + string.Join(',', categories.Select(Escape)));
    }

    private string? ValueOf(string path) => _item.Properties[path];

    private ImmutableArray<string> ValuesOf(string path) => _item.Properties.Values(path);

    private string? DateOf(string path) => ValueOf(path)?.Split('T')[0];

    private string Revision() =>
        (_item.LastModifiedTime ?? default).ToString("yyyy-MM-dd'T'HH:mm:ss','fff'Z'", CultureInfo.InvariantCulture);

    private static string ClassOf(string? sensitivity) => sensitivity switch
    {
        "Private" or "Personal" => "PRIVATE",
        "Confidential" => "CONFIDENTIAL",
        _ => "PUBLIC",
    };

    private void AddIfSet(string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
            AddLine(name + ":" + Escape(value));
    }

    /// <summary>Adds a line. A long line continues on the next one, which begins with a blank.</summary>
    private void AddLine(string line)
    {
        var bytes = 0;
        foreach (var rune in line.EnumerateRunes())
        {
            bytes += rune.Utf8SequenceLength;
            if (bytes > MaxLineBytes)
            {
                _text.Append(LineBreak).Append(' ');
                bytes = rune.Utf8SequenceLength + 1;
            }

            _text.Append(rune);
        }

        _text.Append(LineBreak);
    }
}
