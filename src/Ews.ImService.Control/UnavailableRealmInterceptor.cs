using System.Runtime.ExceptionServices;
using Ews.ImService.Protocol.Interception;

namespace Ews.ImService.Control;

/// <summary>Rejects a request whose realm could not be confirmed, because the database cannot be used. It is not recorded.</summary>
/// <param name="failure">The exception of the database.</param>
internal sealed class UnavailableRealmInterceptor(IOException failure) : IEwsInterceptor
{
    public ValueTask<EwsResponse> RespondAsync(IEwsRequest request, CancellationToken cancellationToken)
    {
        ExceptionDispatchInfo.Throw(failure);
        return default;
    }
}
