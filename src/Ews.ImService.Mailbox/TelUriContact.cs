namespace Ews.ImService.Mailbox;

/// <summary>A phone contact's three addresses, as they were given. Learn: "AddNewTelUriContactToGroup operation".</summary>
/// <param name="TelUriAddress">The tel URI.</param>
/// <param name="ImContactSipUriAddress">The SIP URI.</param>
/// <param name="ImTelephoneNumber">The number to show.</param>
public sealed record TelUriContact(string TelUriAddress, string ImContactSipUriAddress, string ImTelephoneNumber)
{
    /// <summary>The form that two spellings of one number share: digits and plus signs, or all of it where there are none.</summary>
    /// <remarks>No IM address has a key like it, for theirs have no small letters.</remarks>
    public static string Key(string telUriAddress)
    {
        var number = string.Concat(telUriAddress.Where(c => char.IsAsciiDigit(c) || c == '+'));
        return "tel:" + (number.Length > 0 ? number : telUriAddress);
    }
}
