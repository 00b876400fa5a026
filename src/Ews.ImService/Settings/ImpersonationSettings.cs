using Ews.ImService.Configuration;
using Ews.ImService.Mailbox;

namespace Ews.ImService.Settings;

/// <summary>Settings of the rights to impersonate.</summary>
internal static class ImpersonationSettings
{
    /// <summary>The settings.</summary>
    public static readonly SettingGroup Group = new("Impersonation");

    private const string Grant = "Impersonation:Grants:N";
    private const string AddressOrEveryone = "an SMTP address such as user@contoso.com, or *";

    private static readonly Setting<SmtpAddress?> Caller = Group.Add(
        new Setting<SmtpAddress?>(
            Grant + ":Caller",
            null,
            "A user who may impersonate others, or * for all users. "
            + "Without any grant, all users may impersonate, or none if SignIn:Mode is Users.",
            ParseAddressOrEveryone)
        {
            ValueName = "address|*",
            Requirement = AddressOrEveryone,
        });

    private static readonly Setting<SmtpAddress?> Mailboxes = Group.Add(
        new Setting<SmtpAddress?>(
            Grant + ":Mailboxes:N", null, "A mailbox that this user may impersonate, or * for all mailboxes.", ParseAddressOrEveryone)
        {
            ValueName = "address|*",
        });

    private static readonly Setting<bool> DistinguishCallers = Group.Add(Setting.Boolean(
        "Impersonation:DistinguishCallers",
        false,
        "Returns ErrorImpersonationDenied instead of ErrorImpersonateUserDenied to users without any grant."));

    /// <summary>Reads the settings.</summary>
    public static ImpersonationRights Read(SettingValues values) =>
        new(values.Items(Grant).Select(ReadGrant).ToList(), values.Get(DistinguishCallers));

    private static ImpersonationGrant ReadGrant(SettingValues grant)
    {
        var mailboxes = grant.GetList(Mailboxes);
        return new ImpersonationGrant(grant.Get(Caller), mailboxes.Contains(null) ? null : mailboxes.OfType<SmtpAddress>().ToList());
    }

    private static Parsed<SmtpAddress?> ParseAddressOrEveryone(string text)
    {
        if (text == "*")
            return default(SmtpAddress?); // In ImpersonationGrant, null means every user.
        return SmtpAddress.TryParse(text, out var address) ? address : new Violation(AddressOrEveryone);
    }
}
