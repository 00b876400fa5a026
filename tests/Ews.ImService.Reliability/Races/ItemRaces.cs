using System.Text.Json;

namespace Ews.ImService.Reliability.Races;

/// <summary>Races for contacts as items.</summary>
internal static class ItemRaces
{
    /// <summary>One of 64 updates with the same change key succeeds, if the update does not overwrite.</summary>
    public static async Task UpdateSameVersionAsync(RaceRealm realm)
    {
        var (id, changeKey) = await CreateAsync(realm);

        var responses = await realm.SendTogetherAsync(Updates(id, changeKey, "NeverOverwrite"));

        RaceRealm.Expect(responses, ("NoError", 1), ("ErrorIrresolvableConflict", RaceRealm.Clients - 1));
        var winner = responses.Index().Single(it => it.Item.Succeeded).Index;
        var (version, company) = await ReadAsync(realm);
        RaceRealm.Verify(version == 2, $"The version is {version} instead of 2.");
        RaceRealm.Verify(company == $"Company {winner}", $"The winner wrote 'Company {winner}', but '{company}' is stored.");
    }

    /// <summary>64 updates that overwrite all succeed, and each creates a version.</summary>
    public static async Task OverwriteAsync(RaceRealm realm)
    {
        var (id, changeKey) = await CreateAsync(realm);

        var responses = await realm.SendTogetherAsync(Updates(id, changeKey, "AlwaysOverwrite"));

        RaceRealm.Expect(responses, ("NoError", RaceRealm.Clients));
        var versions = responses.Select(response => response.Attribute("ItemId", "ChangeKey")).Distinct().Count();
        RaceRealm.Verify(versions == RaceRealm.Clients, $"The updates returned {versions} change keys.");
        var (version, _) = await ReadAsync(realm);
        RaceRealm.Verify(version == RaceRealm.Clients + 1, $"The version is {version} after {RaceRealm.Clients} updates.");
    }

    /// <summary>A contact is deleted once, while clients update it.</summary>
    public static async Task DeleteWhileUpdatingAsync(RaceRealm realm)
    {
        const int Deletions = 8;
        var (id, changeKey) = await CreateAsync(realm);
        var updates = Updates(id, changeKey, "AlwaysOverwrite").Skip(Deletions).ToList();

        var responses = await realm.SendTogetherAsync(
            Enumerable.Repeat(RaceRequest.Ews(Requests.DeleteItem([id])), Deletions).Concat(updates));

        RaceRealm.Expect(responses.Take(Deletions), ("NoError", 1), ("ErrorItemNotFound", Deletions - 1));
        RaceRealm.ExpectEither([.. responses.Skip(Deletions)], "NoError", "ErrorItemNotFound");
        RaceRealm.Expect([await realm.SendAsync(updates[0])], ("ErrorItemNotFound", 1));
    }

    private static IEnumerable<RaceRequest> Updates(string id, string changeKey, string resolution) =>
        Enumerable.Range(0, RaceRealm.Clients).Select(number => RaceRequest.Ews(Requests.UpdateItem(
            id, changeKey, resolution, "contacts:CompanyName", $"<t:CompanyName>Company {number}</t:CompanyName>")));

    private static async Task<(string Id, string ChangeKey)> CreateAsync(RaceRealm realm)
    {
        var response = await realm.CallAsync(RaceRequest.Ews(Requests.CreateItem(["<t:DisplayName>Contact</t:DisplayName>"])));
        return (response.Id("ItemId"), response.Attribute("ItemId", "ChangeKey"));
    }

    /// <summary>Returns the version and the company of the only contact.</summary>
    private static async Task<(long Version, string? Company)> ReadAsync(RaceRealm realm)
    {
        var response = await realm.CallAsync(RaceRequest.Control("GET", "mailboxes/" + Mailboxes.Default));
        using var json = JsonDocument.Parse(response.Body);
        var contact = json.RootElement.GetProperty("contacts").EnumerateArray().Single();
        var company = contact.GetProperty("properties").GetProperty("contacts:CompanyName");
        var text = company.ValueKind == JsonValueKind.Array ? company[0].GetString() : company.GetString();
        return (contact.GetProperty("version").GetInt64(), text);
    }
}
