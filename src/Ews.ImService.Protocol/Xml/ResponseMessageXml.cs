using Ews.ImService.Mailbox;

namespace Ews.ImService.Protocol.Xml;

/// <summary>Writes <c>m:ResponseMessageType</c>.</summary>
/// <remarks>Learn: "MessageText", "DescriptiveLinkKey", "MessageXml".</remarks>
internal static class ResponseMessageXml
{
    /// <summary>The response code of a success.</summary>
    public const string NoError = "NoError";

    /// <summary>Writes a success; the result follows the response code.</summary>
    public static void WriteSuccess(EwsXmlWriter xml, string element, Action writeResult)
    {
        xml.StartMessage(element);
        xml.Attribute("ResponseClass", "Success");
        xml.Message("ResponseCode", NoError);
        writeResult();
        xml.End();
    }

    /// <summary>Writes a result with a warning.</summary>
    public static void WriteWarning(EwsXmlWriter xml, string element, EwsError warning, Action writeResult) =>
        Write(xml, element, "Warning", warning, writeResult);

    /// <summary>Writes an error.</summary>
    public static void WriteError(EwsXmlWriter xml, string element, EwsError error, Action writeRest) =>
        Write(xml, element, "Error", error, writeRest);

    /// <summary>Writes the values in a MessageXml.</summary>
    /// <param name="xml">The writer of the response.</param>
    /// <param name="values">The values.</param>
    /// <param name="declaration">The declaration of the prefix <c>t</c>, if it is not bound yet.</param>
    public static void WriteValues(EwsXmlWriter xml, EwsErrorValue[] values, string declaration)
    {
        foreach (var (name, value) in values)
            xml.Prefixed("Value", $" Name=\"{name}\"{declaration}", value);
    }

    private static void Write(EwsXmlWriter xml, string element, string responseClass, EwsError error, Action writeRest)
    {
        xml.StartMessage(element);
        xml.Attribute("ResponseClass", responseClass);
        xml.Message("MessageText", error.MessageText);
        xml.Message("ResponseCode", error.Code);
        xml.Message("DescriptiveLinkKey", "0");
        if (error.Values.Length > 0 || error.Path is not null)
        {
            xml.StartMessage("MessageXml");
            if (error.Path is not null)
                PropertyPath.Write(xml, error.Path);
            WriteValues(xml, error.Values, $" xmlns:t=\"{xml.Namespaces.Types}\"");
            xml.End();
        }

        writeRest();
        xml.End();
    }
}
