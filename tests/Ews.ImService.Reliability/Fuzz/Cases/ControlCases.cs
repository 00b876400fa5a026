using System.Text.Json.Nodes;
using Ews.ImService.Reliability.Fuzz.Mutation;
using Ews.ImService.Reliability.Fuzz.Oracles;
using Ews.ImService.Reliability.Fuzz.Wire;

namespace Ews.ImService.Reliability.Fuzz.Cases;

/// <summary>All calls of the OpenAPI document, with other methods, parameters and bodies.</summary>
internal sealed class ControlCases : CaseGenerator
{
    private const string Wait = "/_control/v1/journal/wait";
    private const string Events = "/_control/v1/events";

    private static readonly string[] Realms = ["c1", "c2", "c3", "c4", "C1", "c.-_"];
    private static readonly string[] BadRealms = ["-", "a b", "a/b", "..", "%", "\u00e9", ".a"];
    private static readonly string[] Methods = ["GET", "PUT", "POST", "DELETE", "HEAD", "PATCH", "OPTIONS", "FOO"];

    private static readonly string[] Segments =
        ["a", "b", "c1", "user@contoso.com", "0", "1", "-1", "99999999999999999999", "%2F", "%00", "..", "%E9", "a%20b", "%C3%A9", "%"];

    private static readonly string[] Texts =
        ["AddImGroup", "user@contoso.com", "x", "NoError", "answered", "arrived", "true", "false", "0", "1", "500", "-1", "1.5", "", "%00",
         "%ff",
        "99999999999999999999", "%F0%9F%98%80", "%EF%BF%BF", "a%20b", "TRUE", "2147483648"];

    private static readonly string[] Headers =
    [
        "", "", "", "Content-Type: application/json\r\n", "Content-Type: text/xml\r\n", "Content-Type: ;\r\n", "Accept: text/html\r\n",
        "Content-Encoding: gzip\r\n", "Accept-Encoding: gzip\r\n", "If-None-Match: *\r\n", "Origin: http://localhost\r\n",
        "Authorization: Bearer x\r\n",
    ];

    private readonly JsonSchemaVerdict _verdict;
    private readonly JsonMutator _mutator;
    private readonly List<(string Method, string Path, JsonNode Call)> _calls;

    public ControlCases(JsonNode openApi)
        : base("control calls", weight: 10)
    {
        _verdict = new JsonSchemaVerdict(openApi);
        _mutator = new JsonMutator(_verdict);
        _calls =
        [
            .. openApi["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject().Select(
                call => (call.Key.ToUpperInvariant(), path.Key, call.Value!))),
        ];
    }

    public override FuzzCase Create(Random random)
    {
        var (method, template, call) = random.Choose(_calls);
        var isOther = random.OneIn(10);
        if (isOther)
            method = random.Choose(Methods);
        var (query, isRejected) = template switch
        {
            Wait => ("?timeoutMilliseconds=" + random.Choose(["0", "1", "20", "-1", "600001", "x"]), false),
            Events => ("?limit=" + random.Choose(["0", "-1", "1001", "x", ""]), true), // The response to a valid request does not end.
            _ => Query(random, call),
        };
        var schema = call["requestBody"]?["content"]?["application/json"]?["schema"];
        var body = schema is not null ? JsonMutator.Mutate(random, _mutator.Create(random, schema)!)
            : random.OneIn(20) ? "{}"u8.ToArray()
            : null;
        var isInvalid = isRejected || (schema is not null && _verdict.Judge(schema, body!) == Expectation.Rejection);
        var (prefix, headers) = Realm(random);
        headers += random.Choose(Headers);
        isInvalid &= !isOther && !headers.Contains("Content-Encoding", StringComparison.Ordinal);
        var bytes = HttpText.Request(method, prefix + Path(random, template) + query, body, headers);
        return new FuzzCase(FuzzTarget.Control, bytes, isInvalid ? Expectation.Rejection : Expectation.Any, $"{method} {template}")
        {
            IsHead = method == "HEAD",
        };
    }

    /// <summary>Returns a query, and <c>true</c> if it is certainly invalid.</summary>
    private static (string Query, bool IsRejected) Query(Random random, JsonNode call)
    {
        if (random.OneIn(10))
            return ("?unknown=1", true);
        var parameters = call["parameters"]?.AsArray().Where(one => (string?)one!["in"] == "query") ?? [];
        var names = parameters.Select(parameter => (string)parameter!["name"]!).ToList();
        if (names.Count == 0 || random.OneIn(2))
            return ("", false);
        var query = string.Join('&', Enumerable.Range(0, random.Next(1, 4)).Select(_ => $"{random.Choose(names)}={random.Choose(Texts)}"));
        return ("?" + query, false);
    }

    private static string Path(Random random, string template) => string.Join('/', template.Split('/').Select(
        segment => segment.StartsWith('{') ? random.Choose(Segments) : random.OneIn(200) ? random.Choose(Segments) : segment));

    private static (string Prefix, string Headers) Realm(Random random) => random.Next(8) switch
    {
        0 => ("", ""),
        1 => ($"/realms/{random.Choose(Realms)}", ""),
        2 => ("", $"X-Ews-Realm: {random.Choose(BadRealms)}\r\n"),
        3 => ($"/realms/{random.Choose(Realms)}", $"X-Ews-Realm: {random.Choose(Realms)}\r\n"),
        _ => ("", $"X-Ews-Realm: {random.Choose(Realms)}\r\n"),
    };
}
