using Ews.ImService.Control.Realms;

namespace Ews.ImService.Control.Api;

/// <summary>Calls about a realm's clock.</summary>
internal static class ClockCalls
{
    public static Task ReadAsync(ControlCall call)
    {
        call.EndQuery();
        return AnswerAsync(call);
    }

    public static async Task FreezeAsync(ControlCall call)
    {
        call.EndQuery(hasBody: true);
        var at = await call.ReadObjectAsync(node => node.Time("at"));
        call.Realm.Clock.Freeze(at);
        await AnswerAsync(call);
    }

    public static async Task AdvanceAsync(ControlCall call)
    {
        call.EndQuery(hasBody: true);
        var milliseconds = await call.ReadObjectAsync(node =>
        {
            if (!node.Has("milliseconds"))
                node.ProblemOf("milliseconds", "is missing");
            return node.Number("milliseconds", -RealmClock.MaxAdvance, RealmClock.MaxAdvance) ?? 0;
        });
        call.Realm.Clock.Advance(TimeSpan.FromMilliseconds(milliseconds));
        await AnswerAsync(call);
    }

    public static Task ReleaseAsync(ControlCall call)
    {
        call.EndQuery();
        call.Realm.Clock.Release();
        return AnswerAsync(call);
    }

    private static Task AnswerAsync(ControlCall call) => call.AnswerAsync(json =>
    {
        json.WriteStartObject();
        json.WriteString("now", call.Realm.Clock.GetUtcNow());
        json.WriteBoolean("isFrozen", call.Realm.Clock.FrozenAt is not null);
        json.WriteEndObject();
    });
}
