namespace Ews.ImService.Inspector.Tests;

/// <summary>The mailboxes and requests of a small company, for views that need content.</summary>
internal static class SampleData
{
    /// <summary>Creates mailboxes, fault rules, a snapshot, and requests that succeed, fail and violate the schema.</summary>
    public static async Task CreateAsync(EwsImRealm realm)
    {
        await realm.SeedAsync(Mailbox(Mailboxes.Default));
        await realm.SeedAsync(Mailbox("alice@contoso.com"));
        await realm.SeedAsync(Mailbox("bob@contoso.com"));
        await realm.TakeSnapshotAsync("before-the-test");
        await realm.Faults.AddAsync(Fault.ServerBusy(TimeSpan.FromMinutes(2)).OnOperation("RemoveImGroup").AtMost(2));
        await realm.Faults.AddAsync(Fault.Delay(TimeSpan.FromMilliseconds(40)).OnOperation("GetImItems"));
        await SendAsync(new ImClient(realm));
        await SendAsync(new ImClient(realm, "alice@contoso.com"));
    }

    private static async Task SendAsync(ImClient client)
    {
        await client.CallAsync(Requests.GetImItemList);
        await client.CallAsync("<m:AddImGroup><m:DisplayNam>Friends</m:DisplayNam></m:AddImGroup>");
        await client.CallAsync(Requests.AddImGroup("Friends"));
        await client.CallAsync(Requests.AddImGroup("Friends"));
        await client.CallAsync(Requests.AddNewImContact("heidi@fabrikam.com"));
        await client.CallAsync(Requests.RemoveImGroup("AAMk"));
        await client.CallAsync(Requests.RemoveImGroup("AAMk"));
        await client.CallAsync("<m:GetImItems/>");
        await client.CallAsync(Requests.GetImItemList);
    }

    private static SeedMailbox Mailbox(string address) => new SeedMailbox(address)
        .WithImContact("carol@contoso.com", "Carol Jones")
        .WithImContact("dave@contoso.com", "Dave Miller")
        .WithImContact("erin@fabrikam.com", "Erin García")
        .WithGroup("Project Falcon", "carol@contoso.com", "dave@contoso.com")
        .WithGroup("Customers", "erin@fabrikam.com")
        .WithDistributionGroup("sales@contoso.com", "Sales")
        .WithContact(new Dictionary<string, string>
        {
            ["contacts:DisplayName"] = "Frank Weber",
            ["contacts:GivenName"] = "Frank",
            ["contacts:Surname"] = "Weber",
            ["contacts:CompanyName"] = "Fabrikam",
        });
}
