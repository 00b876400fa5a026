using Ews.ImService.Control.Contract;
using Ews.ImService.Control.Faults;
using Ews.ImService.Control.Realms;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Ews.ImService.Control.Api;

/// <summary>The fault rules of a realm.</summary>
internal static class FaultEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/faults", List).WithName("listFaults");
        api.MapPost("/faults", AddAsync).WithName("addFault");
        api.MapDelete("/faults", ClearAsync).WithName("clearFaults");
        api.MapDelete("/faults/{id}", DeleteAsync).WithName("deleteFault");
    }

    /// <summary>Lists the fault rules of the realm in the order in which they are matched.</summary>
    private static Ok<FaultRuleList> List(Realm realm) => TypedResults.Ok(new FaultRuleList(realm.Faults.Snapshot()));

    /// <summary>Adds a fault rule after the others; a rule with the same id is replaced.</summary>
    /// <param name="body">The fault rule.</param>
    /// <param name="realm">The realm.</param>
    /// <param name="options">The limits.</param>
    /// <param name="cancellationToken">A token that cancels the request.</param>
    private static async Task<Results<Created<FaultRule>, ProblemHttpResult>> AddAsync(
        JsonBody<FaultRule> body, Realm realm, [FromServices] ControlOptions options, CancellationToken cancellationToken)
    {
        var rule = body.Value;
        var fault = FaultKinds.Read(rule, body.Problems);
        if (fault is null || body.Problems.Count > 0)
            return Problem.Unprocessable(body.Problems);
        return await realm.ChangeAsync(state => state.Faults.Add(rule, fault), cancellationToken) is { } added
            ? TypedResults.Created(default(string), added)
            : Problem.Create(StatusCodes.Status409Conflict, $"The realm has {options.MaxFaultRules} fault rules, which is the limit.");
    }

    /// <summary>Deletes all fault rules.</summary>
    private static async Task<NoContent> ClearAsync(Realm realm, CancellationToken cancellationToken)
    {
        await realm.ChangeAsync(
            state =>
            {
                state.Faults.Clear();
                return true;
            },
            cancellationToken);
        return TypedResults.NoContent();
    }

    /// <summary>Deletes a fault rule.</summary>
    /// <param name="id">The id of the fault rule.</param>
    /// <param name="realm">The realm.</param>
    /// <param name="cancellationToken">A token that cancels the request.</param>
    private static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(
        string id, Realm realm, CancellationToken cancellationToken) =>
        await realm.ChangeAsync(state => state.Faults.Remove(id), cancellationToken)
            ? TypedResults.NoContent()
            : Problem.NotFound($"The fault rule '{id}' does not exist.");
}
