using System.Globalization;
using System.Xml.Linq;

namespace Ews.ImService.Reliability.Races;

/// <summary>A response to a request of a race.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Body">The body.</param>
internal sealed record RaceResponse(int Status, string Body)
{
    /// <summary>Gets the EWS response code, also that of a SOAP fault, or the HTTP status of a control call.</summary>
    public string Code => (Body.StartsWith('<') ? FindValue("ResponseCode") : null) ?? Status.ToString(CultureInfo.InvariantCulture);

    /// <summary>Gets a value that indicates whether the request succeeded.</summary>
    public bool Succeeded => Code is "NoError" or "200" or "201" or "204";

    /// <summary>Returns an attribute of the first element with a name.</summary>
    public string Attribute(string element, string attribute) =>
        XDocument.Parse(Body).Descendants().First(it => it.Name.LocalName == element).Attribute(attribute)!.Value;

    /// <summary>Returns the Id attribute of the first element with a name.</summary>
    public string Id(string element) => Attribute(element, "Id");

    private string? FindValue(string element) =>
        XDocument.Parse(Body).Descendants().FirstOrDefault(it => it.Name.LocalName == element)?.Value;
}
