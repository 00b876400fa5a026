using Ews.ImService.Control.Contract;
using Ews.ImService.Control.Realms;
using Ews.ImService.Control.Time;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Ews.ImService.Control.Api;

/// <summary>The clock of a realm.</summary>
internal static class ClockEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/clock", Read).WithName("readClock");
        api.MapPut("/clock", Freeze).WithName("freezeClock");
        api.MapPost("/clock/advance", Advance).WithName("advanceClock");
        api.MapDelete("/clock", Release).WithName("releaseClock");
    }

    /// <summary>Returns the clock of the realm.</summary>
    private static Ok<ClockState> Read(Realm realm) =>
        TypedResults.Ok(new ClockState(
            realm.Clock.GetUtcNow(), realm.Clock.FrozenAt is not null, (long)Math.Round(realm.Clock.Offset.TotalMilliseconds)));

    /// <summary>Freezes the clock.</summary>
    private static Results<Ok<ClockState>, ProblemHttpResult> Freeze(JsonBody<ClockFreeze> body, Realm realm)
    {
        if (body.Problems.Count == 0 && !realm.Clock.TryFreeze(body.Value.At))
            body.Problems.Add("$.at", $"must be {RealmClock.Rule}, but is '{body.Value.At:O}'");
        return body.Problems.Count == 0 ? Read(realm) : Problem.Unprocessable(body.Problems);
    }

    /// <summary>Moves the running or frozen clock.</summary>
    private static Results<Ok<ClockState>, ProblemHttpResult> Advance(JsonBody<ClockAdvance> body, Realm realm)
    {
        if (body.Problems.Count == 0 && !realm.Clock.TryAdvance(TimeSpan.FromMilliseconds(body.Value.Milliseconds)))
            body.Problems.Add("$.milliseconds", $"must move the clock to {RealmClock.Rule}, but is {body.Value.Milliseconds}");
        return body.Problems.Count == 0 ? Read(realm) : Problem.Unprocessable(body.Problems);
    }

    /// <summary>Resumes the clock at the current system time.</summary>
    private static Ok<ClockState> Release(Realm realm)
    {
        realm.Clock.Release();
        return Read(realm);
    }
}
