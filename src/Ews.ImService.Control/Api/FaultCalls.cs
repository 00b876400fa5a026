using System.Text.Json;
using Ews.ImService.Control.Contract;
using Ews.ImService.Control.Faults;
using Microsoft.AspNetCore.Http;

namespace Ews.ImService.Control.Api;

/// <summary>Calls about faults.</summary>
internal static class FaultCalls
{
    public static async Task AddAsync(ControlCall call)
    {
        call.EndQuery(hasBody: true);
        var (rule, fault) = FaultRuleReader.Read(await call.ReadBodyAsync());
        var added = call.Realm.Faults.Add(rule, fault);
        await call.AnswerAsync(json => Write(json, added), StatusCodes.Status201Created);
    }

    public static Task ListAsync(ControlCall call)
    {
        call.EndQuery();
        return call.AnswerAsync(json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("faults");
            foreach (var rule in call.Realm.Faults.Snapshot())
                Write(json, rule);
            json.WriteEndArray();
            json.WriteEndObject();
        });
    }

    public static Task RemoveAsync(ControlCall call)
    {
        call.EndQuery();
        var id = call.Route("id");
        return call.Realm.Faults.Remove(id) ? call.DoneAsync() : throw new ControlException(StatusCodes.Status404NotFound, $"There is no fault '{id}'.");
    }

    public static Task ClearAsync(ControlCall call)
    {
        call.EndQuery();
        call.Realm.Faults.Clear();
        return call.DoneAsync();
    }

    private static void Write(Utf8JsonWriter json, FaultRule rule) => JsonSerializer.Serialize(json, rule, ContractJson.Default.FaultRule);
}
