namespace Ews.ImService.Mailbox;

/// <summary>The organisation's directory, from configuration: what is known of people and groups without a mailbox being asked.</summary>
/// <param name="distributionGroups">The SMTP addresses of distribution groups.</param>
/// <param name="anyDistributionGroup">Whether every well-formed address counts as a distribution group's.</param>
public sealed class AddressList(IEnumerable<string> distributionGroups, bool anyDistributionGroup)
{
    private readonly HashSet<string> _distributionGroups = new(distributionGroups, SmtpAddress.Comparer);

    /// <summary>Whether there is a distribution group with this address.</summary>
    public bool HasDistributionGroup(string smtpAddress) =>
        _distributionGroups.Contains(smtpAddress) || (anyDistributionGroup && SmtpAddress.IsValid(smtpAddress));
}
