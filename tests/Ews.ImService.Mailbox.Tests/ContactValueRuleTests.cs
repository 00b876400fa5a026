namespace Ews.ImService.Mailbox.Tests;

public sealed class ContactValueRuleTests
{
    /// <summary>Gets rules, and values that are valid or not.</summary>
    public static TheoryData<string, bool, string[]> Values() => new()
    {
        { "Number", true, ["12"] },
        { "Number", false, ["-1"] },
        { "Number", false, ["1", "2"] },
        { "Boolean", true, ["true"] },
        { "Boolean", false, ["yes"] },
        { "Boolean", false, [] },
        { "Body", true, ["text", "Text"] },
        { "Body", true, ["<b>text</b>", "HTML"] },
        { "Body", false, ["text"] },
        { "Body", false, ["text", "RTF"] },
        { "ItemClass", true, ["IPM.Contact"] },
        { "ItemClass", true, ["ipm.contact.Custom"] },
        { "ItemClass", false, ["IPM.Contacts"] },
        { "ItemClass", false, ["IPM.Contact", "IPM.Contact"] },
        { "EmailAddress", true, ["a@contoso.com"] },
        { "EmailAddress", true, ["a@contoso.com", "Anna", "SMTP", ""] },
        { "EmailAddress", true, ["a@contoso.com", "Anna", "SMTP", "Contact"] },
        { "EmailAddress", false, [] },
        { "EmailAddress", false, [""] },
        { "EmailAddress", false, ["a@contoso.com", "Anna", "SMTP", "Friend"] },
        { "EmailAddress", true, ["a@contoso.com", "Anna", "SMTP", "Contact", "Anna (original)"] },
        { "EmailAddress", true, ["", "Anna"] },
        { "EmailAddress", false, ["", "", "", "", ""] },
        { "EmailAddress", false, ["a@contoso.com", "Anna", "SMTP", "Contact", "original", "more"] },
        { "Time", true, ["2026-11-21T08:30:00Z"] },
        { "Time", false, ["soon"] },
        { "Time", false, ["2026-11-21T08:30:00Z", "2026-11-22T08:30:00Z"] },
        { "Entry", true, ["text"] },
        { "Entry", false, [""] },
        { "Entry", false, ["a", "b"] },
    };

    [Theory]
    [MemberData(nameof(Values))]
    public void A_rule_accepts_valid_values_only(string rule, bool areValid, string[] values)
    {
        var found = (ContactValueRule)typeof(ContactValueRule).GetField(rule)!.GetValue(null)!;

        found.Normalize([.. values]).HasValue.Should().Be(areValid, found.Description);
    }
}
