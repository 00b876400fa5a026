using Ews.ImService.Protocol.Interception;

namespace Ews.ImService.Protocol.Observability;

/// <summary>A request that was executed, and the response that is to be sent.</summary>
/// <param name="Request">The request.</param>
/// <param name="Response">The response.</param>
/// <param name="ReceivedAt">The timestamp at which the request was received completely.</param>
/// <param name="RespondedAt">The timestamp at which the response was complete.</param>
internal readonly record struct ExecutedRequest(IEwsRequest Request, EwsResponse Response, long ReceivedAt, long RespondedAt);
