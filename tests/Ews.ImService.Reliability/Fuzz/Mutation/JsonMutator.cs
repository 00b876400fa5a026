using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Ews.ImService.Reliability.Fuzz.Oracles;

namespace Ews.ImService.Reliability.Fuzz.Mutation;

/// <summary>Generates JSON documents by the schemas of the OpenAPI document, and changes them by their structure.</summary>
internal sealed class JsonMutator(JsonSchemaVerdict schemas)
{
    private const int MaxChanges = 3;
    private const int MaxItems = 3;

    private static readonly string[] Literals =
    [
        "null", "true", "0", "-1", "1.5", "1e400", "99999999999999999999", "\"\"", "\"x\"", "\"\\ud800\"", "\"\\u0000\"", "\"\\uffff\"",
        "{}", "[]", "[[]]", "{\"a\":1}", "NaN", "'x'", "0x1", "\"2026-11-21T08:30:00Z\"", "\"9999-12-31T23:59:59-14:00\"",
    ];

    private static readonly string[] Inserts =
        ["/* c */", "// c\n", ",", "]", "}", "\"", "\\", "\0", "\u0001", "\uFEFF", "\\ud800", ":", "{", "[", "\"a\":1,", "\"\\ud800\":1,"];

    /// <summary>Returns an instance of a schema.</summary>
    public JsonNode? Create(Random random, JsonNode node)
    {
        var schema = schemas.Resolve(node);
        if ((schema["anyOf"] ?? schema["oneOf"]) is JsonArray choices)
            return Create(random, random.Choose([.. choices])!);
        if (schema["enum"] is JsonArray names)
            return random.Choose([.. names])!.DeepClone();
        switch ((string?)schema["type"])
        {
            case "object":
                var created = new JsonObject();
                var required = schema["required"]?.AsArray().Select(name => (string?)name).ToList() ?? [];
                foreach (var (name, type) in schema["properties"]?.AsObject() ?? [])
                {
                    if (required.Contains(name) || random.OneIn(3))
                        created[name] = Create(random, type!);
                }

                if (schema["additionalProperties"] is JsonObject values && random.OneIn(2))
                    created[random.OneIn(2) ? "contacts:GivenName" : Values.Any(random)] = Create(random, values);
                return created;
            case "array":
                return new JsonArray([.. Enumerable.Range(0, random.Next(MaxItems)).Select(_ => Create(random, schema["items"]!))]);
            case "integer":
                return random.OneIn(2) ? random.Next(100) : (long)((double?)schema["maximum"] ?? 1) + random.Next(-1, 2);
            case "number":
                return random.NextDouble();
            case "boolean":
                return random.OneIn(2);
            case "null":
                return null;
            default:
                return (string?)schema["format"] == "date-time" ? "2026-11-21T08:30:00Z" : Values.Any(random);
        }
    }

    /// <summary>Returns a changed document in UTF-8.</summary>
    public static byte[] Mutate(Random random, JsonNode document)
    {
        var changed = document.DeepClone();
        for (var changes = random.Next(MaxChanges + 1); changes > 0; changes--)
            changed = Change(random, changed);
        var text = changed?.ToJsonString() ?? "null";
        for (var changes = random.OneIn(3) ? random.Next(1, MaxChanges) : 0; changes > 0; changes--)
            text = ChangeText(random, text);
        return random.Next(60) switch
        {
            0 => [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(text)],
            1 => Encoding.Unicode.GetBytes(text),
            2 => random.Damage(Encoding.UTF8.GetBytes(text)),
            3 => Encoding.UTF8.GetBytes(new string('[', random.Choose([10, 64, 65, 1000, 100_000])) + text),
            4 => [],
            _ => Encoding.UTF8.GetBytes(text),
        };
    }

    private static JsonNode? Change(Random random, JsonNode? root)
    {
        var nodes = Descendants(root).ToList();
        if (nodes.Count == 0)
            return random.OneIn(2) ? root : Any(random);
        var (parent, key) = random.Choose(nodes);
        switch (parent)
        {
            case JsonObject container when random.OneIn(4):
                container.Remove(key);
                break;
            case JsonObject container when random.OneIn(4):
                var value = container[key]?.DeepClone();
                container.Remove(key);
                container[random.OneIn(2) ? key.ToUpperInvariant() : random.Choose(nodes).Key] = value;
                break;
            case JsonObject container:
                container[key] = Replace(random, container[key], random.Choose(nodes));
                break;
            case JsonArray list:
                var index = int.Parse(key, CultureInfo.InvariantCulture);
                if (random.OneIn(4))
                    list.RemoveAt(index);
                else if (random.OneIn(3))
                    Repeat(list, index, random.Choose([1, 5, 200]));
                else
                    list[index] = Replace(random, list[index], random.Choose(nodes));
                break;
        }

        return root;
    }

    private static void Repeat(JsonArray list, int index, int times)
    {
        for (var i = 0; i < times && list.Count < 1000; i++)
            list.Add(list[index]?.DeepClone());
    }

    private static JsonNode? Replace(Random random, JsonNode? old, (JsonNode Parent, string Key) other) => random.Next(4) switch
    {
        0 => other.Parent is JsonObject container ? container[other.Key]?.DeepClone() : Any(random),
        1 when old is JsonValue && old.GetValueKind() == JsonValueKind.String => random.Damage((string)old!),
        2 => Values.Any(random),
        _ => Any(random),
    };

    private static JsonNode? Any(Random random) => random.Next(6) switch
    {
        0 => null,
        1 => random.OneIn(2),
        2 => random.Choose([0, -1, 1, int.MaxValue, long.MaxValue, long.MinValue]),
        3 => new JsonObject(),
        4 => new JsonArray(),
        _ => Values.Any(random),
    };

    private static IEnumerable<(JsonNode Parent, string Key)> Descendants(JsonNode? node)
    {
        IEnumerable<(string Key, JsonNode? Value)> children = node switch
        {
            JsonObject container => container.Select(property => (property.Key, property.Value)),
            JsonArray list => list.Select((item, index) => (index.ToString(CultureInfo.InvariantCulture), item)),
            _ => [],
        };
        foreach (var (key, value) in children)
        {
            yield return (node!, key);
            foreach (var descendant in Descendants(value))
                yield return descendant;
        }
    }

    private static string ChangeText(Random random, string text)
    {
        var at = random.Next(text.Length);
        return random.Next(3) switch
        {
            0 => random.Damage(text),
            1 => text.Insert(at, random.Choose(Inserts)),
            _ when text.IndexOf(':', at) is >= 0 and var colon =>
                text.Insert(colon + 1, random.Choose(Literals) + random.Choose([",", " "])),
            _ => text + text,
        };
    }
}
