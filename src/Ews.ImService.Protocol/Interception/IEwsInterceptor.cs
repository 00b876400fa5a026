using Microsoft.AspNetCore.Http;

namespace Ews.ImService.Protocol.Interception;

/// <summary>Observes one EWS request, and can replace or change its response. Set it as a feature of the HTTP request.</summary>
/// <remarks>
/// The steps are called in the order of their declaration. The default implementation of each step continues with the request.
/// </remarks>
public interface IEwsInterceptor
{
    /// <summary>Gets the admission that replaces the sign-in of the request; <c>null</c> to authenticate the request.</summary>
    Admission? Admission => null;

    /// <summary>Gets a value that indicates whether a fault is injected, so that the duration of the request means nothing.</summary>
    bool InjectsFault => false;

    /// <summary>Observes that the request is admitted: it is authenticated, or needs no authentication.</summary>
    /// <param name="admission">The user of the request.</param>
    /// <remarks>
    /// Requests for photos and Autodiscover are admitted as well. Of the further steps, only those of Autodiscover with a body have
    /// <see cref="OnReceived"/>.
    /// </remarks>
    void OnAdmitted(Admission admission)
    {
    }

    /// <summary>Observes the request body.</summary>
    /// <param name="body">The body as received.</param>
    void OnReceived(ReadOnlyMemory<byte> body)
    {
    }

    /// <summary>Responds to an identified request: executes it, or returns another response instead.</summary>
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>The response to send.</returns>
    ValueTask<EwsResponse> RespondAsync(IEwsRequest request, CancellationToken cancellationToken) =>
        request.ExecuteAsync(cancellationToken);

    /// <summary>Sends the response.</summary>
    /// <param name="context">The HTTP request.</param>
    /// <param name="response">The response to send.</param>
    Task SendAsync(HttpContext context, EwsResponse response) => response.SendAsync(context);

    /// <summary>Observes that the client disconnected before the request was received or executed. There are no further steps.</summary>
    void OnAborted()
    {
    }
}

/// <summary>The interceptor of a request that has none.</summary>
internal sealed class PassThrough : IEwsInterceptor
{
    public static readonly IEwsInterceptor Instance = new PassThrough();
}
