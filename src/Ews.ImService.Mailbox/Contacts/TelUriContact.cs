namespace Ews.ImService.Mailbox;

/// <summary>The addresses of a phone contact, unchanged.</summary>
/// <param name="TelUriAddress">The tel URI.</param>
/// <param name="ImContactSipUriAddress">The SIP URI.</param>
/// <param name="ImTelephoneNumber">The telephone number to display.</param>
/// <remarks>Learn: "AddNewTelUriContactToGroup operation".</remarks>
public sealed record TelUriContact(string TelUriAddress, string ImContactSipUriAddress, string ImTelephoneNumber)
{
    /// <summary>Returns a text that is the same for equal numbers: the digits and plus signs, or the whole URI if there are none.</summary>
    /// <param name="telUriAddress">The tel URI.</param>
    /// <remarks>It differs from the keys of IM addresses, which contain no lowercase letters.</remarks>
    public static string Key(string telUriAddress)
    {
        var number = string.Concat(telUriAddress.Where(c => char.IsAsciiDigit(c) || c == '+'));
        return "tel:" + (number.Length > 0 ? number : telUriAddress);
    }
}
