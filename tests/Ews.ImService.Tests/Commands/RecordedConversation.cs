using System.Text;

namespace Ews.ImService.Tests.Commands;

/// <summary>A client whose requests contain ids, change keys and states of earlier responses.</summary>
internal sealed class RecordedConversation(HttpClient http)
{
    /// <summary>Gets the number of requests.</summary>
    public int Count { get; private set; }

    /// <summary>Sends the requests; the last one is not an EWS request.</summary>
    public async Task RunAsync()
    {
        var group = (await PostAsync(EwsRequest.AddImGroup("Team"))).Id("ExchangeStoreId");
        await PostAsync(EwsRequest.AddNewImContactToGroup("bob@contoso.com", "Bob", group));
        var contact = (await PostAsync(EwsRequest.AddNewImContactToGroup("carol@contoso.com"))).All("SourceId")[^1].Attribute("Id")!.Value;
        await PostAsync(EwsRequest.AddImContactToGroup(contact, group));
        await PostAsync(EwsRequest.GetImItemList());
        await PostAsync(EwsRequest.GetImItems([contact], [group]));
        await PostAsync(EwsRequest.AddImGroup("Team"));
        await PostAsync(EwsRequest.RemoveImGroup("AAMk"));
        await UpdateItemAsync();
        await SynchronizeAsync();
        await PostAsync(EwsRequest.For("GetUnknown", ""));
        await http.GetStringAsync("/EWS/Services.wsdl");
        Count++;
    }

    private async Task UpdateItemAsync()
    {
        var created = await PostAsync(EwsRequest.CreateItem("<t:GivenName>Erin</t:GivenName>"));
        var (item, changeKey) = (created.Id("ItemId"), created.ChangeKey());
        var update = EwsRequest.SetField("contacts:Surname", "<t:Surname>Smith</t:Surname>");
        await PostAsync(EwsRequest.UpdateItem(item, update, "NeverOverwrite", changeKey));
        await PostAsync(EwsRequest.UpdateItem(item, update, "NeverOverwrite", changeKey)); // A conflict.
        await PostAsync(EwsRequest.GetItem([item]));
    }

    private async Task SynchronizeAsync()
    {
        const string Folder =
            "<m:ItemShape><t:BaseShape>IdOnly</t:BaseShape></m:ItemShape>"
            + "<m:SyncFolderId><t:DistinguishedFolderId Id='contacts'/></m:SyncFolderId>";
        const string Changes = "<m:MaxChangesReturned>10</m:MaxChangesReturned>";
        var state = (await PostAsync(EwsRequest.For("SyncFolderItems", Folder + Changes))).Value("SyncState");
        await PostAsync(EwsRequest.CreateItem("<t:GivenName>Dave</t:GivenName>"));
        await PostAsync(EwsRequest.For("SyncFolderItems", $"{Folder}<m:SyncState>{state}</m:SyncState>{Changes}"));
    }

    private async Task<EwsResponse> PostAsync(string request)
    {
        using var content = new StringContent(request, Encoding.UTF8, "text/xml");
        using var response = await http.PostAsync("", content);
        Count++;
        return new EwsResponse((int)response.StatusCode, null, await response.Content.ReadAsByteArrayAsync());
    }
}
