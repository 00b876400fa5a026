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
        api.MapPost("/faults", Add).WithName("addFault");
        api.MapDelete("/faults", Clear).WithName("clearFaults");
        api.MapDelete("/faults/{id}", Delete).WithName("deleteFault");
    }

    /// <summary>Lists the fault rules of the realm in the order in which they are matched.</summary>
    private static Ok<FaultRuleList> List(Realm realm) => TypedResults.Ok(new FaultRuleList(realm.Faults.Snapshot()));

    /// <summary>Adds a fault rule after the others; a rule with the same id is replaced.</summary>
    /// <param name="body">The fault rule.</param>
    /// <param name="realm">The realm.</param>
    /// <param name="options">The limits.</param>
    private static Results<Created<FaultRule>, ProblemHttpResult> Add(
        JsonBody<FaultRule> body, Realm realm, [FromServices] ControlOptions options)
    {
        var fault = FaultKinds.Read(body.Value, body.Problems);
        if (fault is null || body.Problems.Count > 0)
            return Problem.Unprocessable(body.Problems);
        return realm.Faults.Add(body.Value, fault) is { } added
            ? TypedResults.Created(default(string), added)
            : Problem.Create(StatusCodes.Status409Conflict, $"The realm has {options.MaxFaultRules} fault rules, which is the limit.");
    }

    /// <summary>Deletes all fault rules.</summary>
    private static NoContent Clear(Realm realm)
    {
        realm.Faults.Clear();
        return TypedResults.NoContent();
    }

    /// <summary>Deletes a fault rule.</summary>
    /// <param name="id">The id of the fault rule.</param>
    /// <param name="realm">The realm.</param>
    private static Results<NoContent, ProblemHttpResult> Delete(string id, Realm realm) =>
        realm.Faults.Remove(id) ? TypedResults.NoContent() : Problem.NotFound($"The fault rule '{id}' does not exist.");
}
