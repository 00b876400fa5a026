namespace Ews.ImService.Protocol.Xml;

/// <summary>Writes <c>t:EffectiveRightsType</c>: the rights of the owner of a mailbox.</summary>
internal static class EffectiveRightsXml
{
    /// <summary>Writes the rights on an item or on a folder.</summary>
    /// <param name="xml">The writer of the response.</param>
    /// <param name="isFolder"><c>true</c> for a folder; <c>false</c> for an item.</param>
    /// <param name="canDelete"><c>true</c> if the object can be deleted, as all except well-known folders.</param>
    public static void Write(EwsXmlWriter xml, bool isFolder, bool canDelete = true)
    {
        xml.StartType("EffectiveRights");
        xml.Type("CreateAssociated", isFolder);
        xml.Type("CreateContents", isFolder);
        xml.Type("CreateHierarchy", isFolder);
        xml.Type("Delete", canDelete);
        xml.Type("Modify", true);
        xml.Type("Read", true);
        xml.Type("ViewPrivateItems", true);
        xml.End();
    }
}
