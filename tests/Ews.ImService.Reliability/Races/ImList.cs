using System.Xml.Linq;

namespace Ews.ImService.Reliability.Races;

/// <summary>A response to GetImItemList, which is complete and consistent in itself.</summary>
/// <param name="Groups">The groups by display name.</param>
/// <param name="Contacts">The ids of the contacts of all personas.</param>
internal sealed record ImList(IReadOnlyDictionary<string, ImListGroup> Groups, IReadOnlySet<string> Contacts)
{
    /// <summary>Reads a response.</summary>
    /// <exception cref="RunException">The response is an error, or describes a list that cannot exist.</exception>
    public static ImList Read(RaceResponse response)
    {
        RaceRealm.Verify(response.Succeeded, $"GetImItemList failed: {response.Status} {response.Body}");
        var all = XDocument.Parse(response.Body).Descendants().ToLookup(element => element.Name.LocalName);
        var groups = new Dictionary<string, ImListGroup>(StringComparer.OrdinalIgnoreCase);
        foreach (var group in all["ImGroup"])
        {
            var members = group.Descendants().Where(element => element.Name.LocalName == "ItemId").Select(Id).ToList();
            var isAdded = groups.TryAdd(Child(group, "DisplayName").Value, new(Id(Child(group, "ExchangeStoreId")), members));
            RaceRealm.Verify(isAdded, $"The list has two groups with one name: {response.Body}");
        }

        var contacts = all["Persona"].Select(it => Id(it.Descendants().First(element => element.Name.LocalName == "SourceId"))).ToList();
        var ids = groups.Values.Select(group => group.Id).Concat(contacts).ToList();
        var lists = groups.Values.Select(group => group.Members).Append(ids);
        RaceRealm.Verify(lists.All(it => it.Distinct().Count() == it.Count), $"The list has an object or a member twice: {response.Body}");
        var known = contacts.ToHashSet();
        RaceRealm.Verify(
            groups.Values.All(group => group.Members.All(known.Contains)), $"The list has a member without a persona: {response.Body}");
        RaceRealm.Verify(groups.Count >= 3, $"The list does not have the three system groups: {response.Body}");
        return new ImList(groups, known);
    }

    private static XElement Child(XElement element, string name) => element.Elements().First(it => it.Name.LocalName == name);

    private static string Id(XElement element) => element.Attribute("Id")!.Value;
}

/// <summary>A group of a list.</summary>
/// <param name="Id">The id.</param>
/// <param name="Members">The ids of the members.</param>
internal sealed record ImListGroup(string Id, IReadOnlyList<string> Members);
