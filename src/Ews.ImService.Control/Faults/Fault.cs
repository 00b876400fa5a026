using Ews.ImService.Protocol.Interception;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Ews.ImService.Control.Faults;

/// <summary>
/// The effect of a fault rule on one request. The default implementation executes the request and sends its response unchanged.
/// </summary>
internal abstract record Fault
{
    /// <summary>Gets the delay before the response is sent.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>Gets the back-off that the fault requests from the client.</summary>
    public virtual TimeSpan BackOff => TimeSpan.Zero;

    /// <summary>Gets a value that indicates whether the client receives no complete response.</summary>
    public virtual bool BreaksResponse => false;

    /// <summary>Executes the request, or replaces its response.</summary>
    public virtual ValueTask<EwsResponse> RespondAsync(IEwsRequest request, CancellationToken cancellationToken) =>
        request.ExecuteAsync(cancellationToken);

    /// <summary>Sends the response, or a part or variation of it.</summary>
    /// <param name="context">The HTTP request.</param>
    /// <param name="response">The response.</param>
    /// <param name="onEnding">Completes the journal entry. It is called after the headers are set, and before the last byte is sent or the
    /// connection is closed. A stream is completed when it ends.</param>
    public virtual Task SendAsync(HttpContext context, EwsResponse response, Func<Task> onEnding)
    {
        if (!response.Body.IsStream)
            context.Response.OnStarting(onEnding);
        return response.SendAsync(context);
    }

    /// <summary>Waits, at most until the service stops.</summary>
    /// <exception cref="OperationCanceledException">The client disconnected.</exception>
    public static async Task WaitAsync(HttpContext context, TimeSpan delay)
    {
        var stopping = context.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        await Task.Delay(delay, end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        context.RequestAborted.ThrowIfCancellationRequested();
    }
}
