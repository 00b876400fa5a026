using Ews.ImService.Hosting;
using Ews.ImService.Tests.Control;

namespace Ews.ImService.Tests.Hosting;

public sealed class RehearsalTests
{
    [Fact]
    public async Task The_rehearsed_request_succeeds()
    {
        (await Rehearsal.Start()).Should().MatchRegex(@"<(\w+:)?ResponseCode>NoError<").And.Contain(">Rehearsal<");
    }

    [Fact]
    public async Task A_rehearsal_is_not_visible_in_the_service()
    {
        await using var service = await TestService.StartAsync();
        await Rehearsal.Start();

        (await service.MailboxAsync()).Should().BeNull();
        (await service.Client.GetStringAsync($"{ControlCalls.Api}/journal")).Should().NotContain("AddImGroup");
        (await service.Client.GetStringAsync($"{ControlCalls.Api}/mailboxes")).Should().NotContain("@");
    }
}
