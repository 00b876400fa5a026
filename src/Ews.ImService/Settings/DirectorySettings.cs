using Ews.ImService.Configuration;
using Ews.ImService.Mailbox;

namespace Ews.ImService.Settings;

/// <summary>Settings of the organization's directory.</summary>
internal static class DirectorySettings
{
    /// <summary>The settings.</summary>
    public static readonly SettingGroup Group = new("Directory");

    private const string User = "Directory:Users:N";

    private static readonly Setting<SmtpAddress> Address = Group.Add(
        Setting.Address(User + ":SmtpAddress", "The SMTP address of a user of the directory."));

    private static readonly Setting<string?> DisplayName = Group.Add(
        Setting.OptionalText(User + ":DisplayName", "The display name of the user.") with { DefaultText = "the SmtpAddress" });

    private static readonly Setting<string?> ImAddress = Group.Add(
        Setting.OptionalText(User + ":ImAddress", "The IM address of the user.") with { DefaultText = "the SmtpAddress" });

    private static readonly Setting<string?> CompanyName = Group.Add(
        Setting.OptionalText(User + ":CompanyName", "The company of the user."));

    private static readonly Setting<string?> Title = Group.Add(
        Setting.OptionalText(User + ":Title", "The job title of the user."));

    private static readonly Setting<string?> Department = Group.Add(
        Setting.OptionalText(User + ":Department", "The department of the user."));

    private static readonly Setting<UserPhoto?> Photo = Group.Add(
        Setting.Optional<UserPhoto>(User + ":Photo", "A JPEG, PNG, or GIF file with the photo of the user.", ReadPhoto, "path"));

    private static readonly Setting<SmtpAddress> DistributionGroups = Group.Add(
        Setting.Address("Directory:DistributionGroups:N", "The SMTP address of a distribution group."));

    private static readonly Setting<bool> AnyDistributionGroup = Group.Add(Setting.Boolean(
        "Directory:AnyDistributionGroup", false, "Accepts every SMTP address as the address of a distribution group."));

    /// <summary>Reads the settings.</summary>
    public static AddressList Read(SettingValues values) =>
        new(values.Items(User).Select(ReadUser).ToList(), values.GetList(DistributionGroups), values.Get(AnyDistributionGroup));

    private static DirectoryUser ReadUser(SettingValues user)
    {
        var smtpAddress = user.Get(Address);
        return new DirectoryUser(smtpAddress, user.Get(DisplayName) ?? smtpAddress.Value)
        {
            ImAddress = user.Get(ImAddress),
            CompanyName = user.Get(CompanyName),
            Title = user.Get(Title),
            Department = user.Get(Department),
            Photo = user.Get(Photo),
        };
    }

    private static Parsed<UserPhoto?> ReadPhoto(string file)
    {
        byte[] data;
        try
        {
            data = File.ReadAllBytes(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return new Violation($"a file that can be read ({e.Message})");
        }

        return data is [0xFF, 0xD8, 0xFF, ..]
            or [0x89, (byte)'P', (byte)'N', (byte)'G', ..]
            or [(byte)'G', (byte)'I', (byte)'F', (byte)'8', ..]
            ? new UserPhoto(data)
            : new Violation("a JPEG, PNG, or GIF file");
    }
}
