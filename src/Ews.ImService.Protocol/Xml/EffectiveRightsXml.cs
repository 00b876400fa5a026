namespace Ews.ImService.Protocol.Xml;

/// <summary>Writes <c>t:EffectiveRightsType</c>: the rights of the owner of a mailbox.</summary>
internal static class EffectiveRightsXml
{
    /// <summary>Writes the rights on an item or on a folder. The fixed folders cannot be changed or deleted.</summary>
    public static void Write(EwsXmlWriter xml, bool isFolder)
    {
        xml.StartType("EffectiveRights");
        xml.Type("CreateAssociated", isFolder);
        xml.Type("CreateContents", isFolder);
        xml.Type("CreateHierarchy", false);
        xml.Type("Delete", !isFolder);
        xml.Type("Modify", !isFolder);
        xml.Type("Read", true);
        xml.Type("ViewPrivateItems", true);
        xml.End();
    }
}
