using System.Globalization;
using System.Xml.Linq;
using Ews.ImService.Mailbox;
using Ews.ImService.Protocol.Xml;

namespace Ews.ImService.Protocol.Operations.Accounts;

/// <summary>Reads and writes the content of <c>t:UserOofSettings</c>.</summary>
/// <remarks>Learn: "UserOofSettings", "OofSettings". Times have no offset, as in the examples on these pages; they are UTC.</remarks>
internal static class OofSettingsXml
{
    /// <summary>Reads settings.</summary>
    /// <param name="settings">The <c>t:UserOofSettings</c>.</param>
    /// <param name="unset">The settings of a mailbox in which none were stored.</param>
    /// <returns>The settings, or ErrorInvalidScheduledOofDuration for a scheduled absence without a valid duration.</returns>
    public static EwsResult<OofSettings> Read(XElement settings, OofSettings unset)
    {
        var state = Enum.Parse<OofState>(Child(settings, "OofState")!.Value);
        var duration = Child(settings, "Duration") is { } given ? TimeWindow.Read(given).Value : null;
        if (state == OofState.Scheduled && duration is null)
            return EwsError.InvalidScheduledOofDuration;
        return new OofSettings(
            state,
            Enum.Parse<OofAudience>(Child(settings, "ExternalAudience")!.Value),
            duration?.Start ?? unset.Start,
            duration?.End ?? unset.End,
            ReplyIn(settings, "InternalReply"),
            ReplyIn(settings, "ExternalReply"));
    }

    /// <summary>Writes the <c>t:OofSettings</c>, with all elements: clients read them without verifying that they exist.</summary>
    public static void Write(EwsXmlWriter xml, OofSettings settings)
    {
        xml.StartType("OofSettings");
        xml.Type("OofState", settings.State.ToString());
        xml.Type("ExternalAudience", settings.ExternalAudience.ToString());
        xml.StartType("Duration");
        xml.Type("StartTime", Format(settings.Start));
        xml.Type("EndTime", Format(settings.End));
        xml.End();
        WriteReply(xml, "InternalReply", settings.InternalReply);
        WriteReply(xml, "ExternalReply", settings.ExternalReply);
        xml.End();
    }

    private static XElement? Child(XElement parent, string name) =>
        parent.Elements().FirstOrDefault(child => child.Name.LocalName == name);

    /// <summary>Returns the text of a reply, which can be empty, or <c>null</c> if there is no reply.</summary>
    private static string? ReplyIn(XElement settings, string name) =>
        Child(settings, name) is { } reply ? Child(reply, "Message")?.Value ?? string.Empty : null;

    private static void WriteReply(EwsXmlWriter xml, string name, string? text)
    {
        xml.StartType(name);
        xml.Type("Message", text ?? string.Empty);
        xml.End();
    }

    private static string Format(DateTime time) => time.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);
}
