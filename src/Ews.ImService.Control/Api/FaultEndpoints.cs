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
        api.MapGet("/faults", List).WithName("listFaults").WithSummary("Lists the fault rules of the realm in the order in which they are matched.");
        api.MapPost("/faults", Add).WithName("addFault").WithSummary("Adds a fault rule after the others; a rule with the same id is replaced.");
        api.MapDelete("/faults", Clear).WithName("clearFaults").WithSummary("Deletes all fault rules.");
        api.MapDelete("/faults/{id}", Delete).WithName("deleteFault").WithSummary("Deletes a fault rule.");
    }

    private static Ok<FaultRuleList> List(Realm realm) => TypedResults.Ok(new FaultRuleList(realm.Faults.Snapshot()));

    private static Results<Created<FaultRule>, ProblemHttpResult> Add(JsonBody<FaultRule> body, Realm realm)
    {
        var fault = FaultKinds.Read(body.Value, body.Problems);
        return body.Problems.Count == 0
            ? TypedResults.Created(default(string), realm.Faults.Add(body.Value, fault))
            : Problem.Unprocessable(body.Problems);
    }

    private static NoContent Clear(Realm realm)
    {
        realm.Faults.Clear();
        return TypedResults.NoContent();
    }

    private static Results<NoContent, ProblemHttpResult> Delete(string id, Realm realm) =>
        realm.Faults.Remove(id) ? TypedResults.NoContent() : Problem.NotFound($"There is no fault rule '{id}'.");
}
