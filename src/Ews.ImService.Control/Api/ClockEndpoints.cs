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
        api.MapPut("/clock", FreezeAsync).WithName("freezeClock");
        api.MapPost("/clock/advance", AdvanceAsync).WithName("advanceClock");
        api.MapDelete("/clock", ReleaseAsync).WithName("releaseClock");
    }

    /// <summary>Returns the clock of the realm.</summary>
    private static Ok<ClockState> Read(Realm realm) =>
        TypedResults.Ok(new ClockState(
            realm.Clock.GetUtcNow(), realm.Clock.FrozenAt is not null, (long)Math.Round(realm.Clock.Offset.TotalMilliseconds)));

    /// <summary>Freezes the clock.</summary>
    private static async Task<Results<Ok<ClockState>, ProblemHttpResult>> FreezeAsync(
        JsonBody<ClockFreeze> body, Realm realm, CancellationToken cancellationToken)
    {
        var at = body.Value.At;
        if (body.Problems.Count == 0 && !await realm.ChangeAsync(state => state.Clock.TryFreeze(at), cancellationToken))
            body.Problems.Add("$.at", $"must be {RealmClock.Rule}, but is '{at:O}'");
        return body.Problems.Count == 0 ? Read(realm) : Problem.Unprocessable(body.Problems);
    }

    /// <summary>Moves the running or frozen clock.</summary>
    private static async Task<Results<Ok<ClockState>, ProblemHttpResult>> AdvanceAsync(
        JsonBody<ClockAdvance> body, Realm realm, CancellationToken cancellationToken)
    {
        var by = TimeSpan.FromMilliseconds(body.Value.Milliseconds);
        if (body.Problems.Count == 0 && !await realm.ChangeAsync(state => state.Clock.TryAdvance(by), cancellationToken))
            body.Problems.Add("$.milliseconds", $"must move the clock to {RealmClock.Rule}, but is {body.Value.Milliseconds}");
        return body.Problems.Count == 0 ? Read(realm) : Problem.Unprocessable(body.Problems);
    }

    /// <summary>Resumes the clock at the current system time.</summary>
    private static async Task<Ok<ClockState>> ReleaseAsync(Realm realm, CancellationToken cancellationToken)
    {
        await realm.ChangeAsync(
            state =>
            {
                state.Clock.Release();
                return true;
            },
            cancellationToken);
        return Read(realm);
    }
}
