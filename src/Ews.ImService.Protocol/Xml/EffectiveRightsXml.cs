namespace Ews.ImService.Protocol.Xml;

/// <summary>Writes <c>t:EffectiveRightsType</c>: what the owner of a mailbox may do.</summary>
internal static class EffectiveRightsXml
{
    /// <summary>Items have nothing in them to create; folders do.</summary>
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
