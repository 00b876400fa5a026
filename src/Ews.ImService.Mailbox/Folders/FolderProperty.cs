namespace Ews.ImService.Mailbox;

/// <summary>The extended properties of folders to which rules refer.</summary>
/// <remarks>[MS-OXPROPS].</remarks>
public static class FolderProperty
{
    /// <summary>The path of PidTagAttributeHidden.</summary>
    public const string IsHidden = ContactPath.ExtendedPrefix + "0x10f4:Boolean";

    /// <summary>The properties of a hidden folder.</summary>
    /// <remarks>Learn: "How to: Work with hidden folders by using EWS in Exchange".</remarks>
    public static readonly ContactProperties Hidden = ContactProperties.Empty.With(IsHidden, "true");
}
