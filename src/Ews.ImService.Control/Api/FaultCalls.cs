using System.Text.Json;
using Ews.ImService.Control.Faults;
using Microsoft.AspNetCore.Http;

namespace Ews.ImService.Control.Api;

/// <summary>Calls about faults.</summary>
internal static class FaultCalls
{
    public static async Task AddAsync(ControlCall call)
    {
        call.EndQuery(hasBody: true);
        var rule = FaultReader.Read(await call.ReadBodyAsync(), call.Realm.Faults.NewId);
        call.Realm.Faults.Add(rule);
        await call.AnswerAsync(json => Write(json, rule), StatusCodes.Status201Created);
    }

    public static Task ListAsync(ControlCall call)
    {
        call.EndQuery();
        return call.AnswerAsync(json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("faults");
            foreach (var rule in call.Realm.Faults.All)
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

    /// <summary>As it was described, with its name and what has come of it.</summary>
    private static void Write(Utf8JsonWriter json, FaultRule rule)
    {
        json.WriteStartObject();
        json.WriteString("id", rule.Id);
        json.WriteNumber("matched", rule.Matched);
        json.WriteNumber("struck", rule.Struck);
        using var description = JsonDocument.Parse(rule.Description);
        foreach (var property in description.RootElement.EnumerateObject().Where(property => property.Name != "id"))
            property.WriteTo(json);
        json.WriteEndObject();
    }
}
