using Ews.ImService.Control.Contract;
using Ews.ImService.Control.Faults;
using Ews.ImService.Control.Realms;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
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
    private static Results<Created<FaultRule>, ProblemHttpResult> Add(JsonBody<FaultRule> body, Realm realm)
    {
        var fault = FaultKinds.Read(body.Value, body.Problems);
        return fault is not null && body.Problems.Count == 0
            ? TypedResults.Created(default(string), realm.Faults.Add(body.Value, fault))
            : Problem.Unprocessable(body.Problems);
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
