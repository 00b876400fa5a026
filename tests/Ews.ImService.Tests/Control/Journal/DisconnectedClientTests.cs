using System.Text;
using Ews.ImService.Control;
using Ews.ImService.Control.Contract;
using Ews.ImService.Control.Realms;
using Ews.ImService.Control.Replays;
using Ews.ImService.Protocol.Interception;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Ews.ImService.Tests.Control.Journal;

/// <summary>The entry of a request whose client disconnects.</summary>
public sealed class DisconnectedClientTests
{
    private static readonly ResponseBody Body = new(Encoding.UTF8.GetBytes("<a/>"));

    [Theory]
    [InlineData(true, JournalState.Answered)]
    [InlineData(false, JournalState.Failed)]
    public async Task A_request_is_answered_if_the_client_disconnects_after_the_response_was_sent(bool isSent, JournalState state)
    {
        var realm = await new RealmRegistry(new ControlOptions()).FindOrCreateAsync("");
        using var client = new ReplayClient(Timeout.InfiniteTimeSpan, CancellationToken.None);
        var context = new DefaultHttpContext();
        context.Features.Set<IHttpRequestLifetimeFeature>(client);
        var interceptor = new RequestInterceptor(context, realm!);

        if (!isSent)
            client.Abort();
        try
        {
            await interceptor.SendAsync(context, new Protocol.Interception.EwsResponse(200, Body, "NoError"));
        }
        catch (OperationCanceledException) when (!isSent)
        {
            // Kestrel ends the request.
        }

        client.Abort();
        await interceptor.CompleteAsync();

        interceptor.Entry.State.Should().Be(state);
    }
}
