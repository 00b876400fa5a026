namespace Ews.ImService.Protocol.Xml;

/// <summary>Writes <c>t:ItemIdType</c> and <c>t:FolderIdType</c>, which have the same attributes.</summary>
internal static class ItemIdXml
{
    /// <summary>Writes an id as an element in the types namespace.</summary>
    public static void Write(EwsXmlWriter xml, string element, string id, string? changeKey)
    {
        xml.StartType(element);
        xml.Attribute("Id", id);
        if (changeKey is not null)
            xml.Attribute("ChangeKey", changeKey);
        xml.End();
    }
}
