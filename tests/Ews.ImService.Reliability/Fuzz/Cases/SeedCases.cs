using System.Text;
using System.Text.Json.Nodes;
using Ews.ImService.Reliability.Fuzz.Mutation;
using Ews.ImService.Reliability.Fuzz.Oracles;
using Ews.ImService.Reliability.Fuzz.Wire;

namespace Ews.ImService.Reliability.Fuzz.Cases;

/// <summary>
/// Seed documents. Where one is accepted, its mailbox must be readable, and the document that the service exports must be accepted again.
/// </summary>
/// <param name="openApi">The OpenAPI document.</param>
/// <param name="exported">A document that the service exported.</param>
internal sealed class SeedCases(JsonNode openApi, JsonNode exported) : CaseGenerator("seed documents", weight: 5)
{
    private const string Path = "/_control/v1/seed";
    private const int RealmCount = 12;

    private static readonly string[] Uses =
    [
        "<m:GetImItemList/>",
        "<m:GetImItems/>",
        "<m:FindItem Traversal=\"Shallow\"><m:ItemShape><t:BaseShape>AllProperties</t:BaseShape></m:ItemShape>"
            + "<m:ParentFolderIds><t:DistinguishedFolderId Id=\"contacts\"/></m:ParentFolderIds></m:FindItem>",
        "<m:FindPeople><m:IndexedPageItemView MaxEntriesReturned=\"100\" Offset=\"0\" BasePoint=\"Beginning\"/><m:ParentFolderId>"
            + "<t:DistinguishedFolderId Id=\"quickcontacts\"/></m:ParentFolderId></m:FindPeople>",
        "<m:AddImGroup><m:DisplayName>After</m:DisplayName></m:AddImGroup>",
        "<m:AddNewImContactToGroup><m:ImAddress>after@contoso.com</m:ImAddress></m:AddNewImContactToGroup>",
    ];

    private readonly JsonSchemaVerdict _verdict = new(openApi);
    private readonly JsonMutator _mutator = new(new JsonSchemaVerdict(openApi));
    private readonly JsonNode _schema = openApi["paths"]![Path]!["put"]!["requestBody"]!["content"]!["application/json"]!["schema"]!;

    public override FuzzCase Create(Random random)
    {
        var realm = $"X-Ews-Realm: s{random.Next(RealmCount)}\r\n";
        var document = random.OneIn(3) ? _mutator.Create(random, _schema)! : exported;
        var body = JsonMutator.Mutate(random, document);
        var seed = random.Next();
        return new FuzzCase(
            FuzzTarget.Control,
            HttpText.Request(random.OneIn(2) ? "PUT" : "POST", Path, body, realm),
            _verdict.Judge(_schema, body),
            "seed")
        {
            Next = reply => reply.Status < 400 && seed % 4 == 0 ? Use(new Random(seed), realm) : null,
        };
    }

    private static FuzzCase Use(Random random, string realm)
    {
        var request = Encoding.UTF8.GetBytes(Requests.Envelope(random.Choose(Uses), Mailboxes.Default));
        return Case(HttpText.Ews(request, headers: realm), Expectation.Any, "use of a seed", _ => Export(realm));
    }

    private static FuzzCase Export(string realm) => Case(
        HttpText.Request("GET", Path, null, realm),
        Expectation.Success,
        "export",
        reply => Import(realm, Encoding.Latin1.GetBytes(reply.Body)));

    private static FuzzCase Import(string realm, byte[] exported) =>
        Case(HttpText.Request("PUT", Path, exported, realm), Expectation.Success, "exported seed", next: null);

    private static FuzzCase Case(byte[] request, Expectation expectation, string what, Func<HttpReply, FuzzCase?>? next) =>
        new(FuzzTarget.Control, request, expectation, what) { Next = next };
}
