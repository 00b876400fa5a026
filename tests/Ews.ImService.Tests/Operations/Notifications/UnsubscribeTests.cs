namespace Ews.ImService.Tests.Operations.Notifications;

public sealed class UnsubscribeTests
{
    private const string NotFound = "The specified subscription was not found.";

    [Fact]
    public async Task A_subscription_ends_once()
    {
        await using var service = await TestService.StartAsync();
        var subscribed = (await service.PostAsync(EwsRequest.SubscribeToPull("contacts"))).Should().Succeed();
        var (id, watermark) = (subscribed.Value("SubscriptionId"), subscribed.Value("Watermark"));

        (await service.PostAsync(EwsRequest.Unsubscribe(id))).Should().Succeed();

        (await service.PostAsync(EwsRequest.Unsubscribe(id))).Should().BeError("ErrorSubscriptionNotFound", NotFound);
        (await service.PostAsync(EwsRequest.GetEvents(id, watermark))).Should().BeError("ErrorSubscriptionNotFound", NotFound);
    }

    [Fact]
    public async Task A_streaming_subscription_can_be_ended()
    {
        await using var service = await TestService.StartAsync();
        var id = (await service.PostAsync(EwsRequest.SubscribeToStream(""))).Should().Succeed().Value("SubscriptionId");

        (await service.PostAsync(EwsRequest.Unsubscribe(id))).Should().Succeed();
    }

    [Theory]
    [InlineData("x")]
    [InlineData("CQBsb2NhbGhvc3QQAAAA")]
    public async Task Unknown_and_malformed_ids_are_not_found(string id)
    {
        await using var service = await TestService.StartAsync();

        (await service.PostAsync(EwsRequest.Unsubscribe(id))).Should().BeError("ErrorSubscriptionNotFound", NotFound);
    }

    [Fact]
    public async Task A_subscription_belongs_to_its_realm()
    {
        await using var service = await TestService.StartAsync();
        var id = (await service.PostAsync(EwsRequest.SubscribeToPull("contacts"))).Should().Succeed().Value("SubscriptionId");
        var request = System.Text.Encoding.UTF8.GetBytes(EwsRequest.Unsubscribe(id));

        (await service.PostAsync(request, path: "/realms/other/EWS/Exchange.asmx")).Should().BeError("ErrorSubscriptionNotFound", NotFound);
        (await service.PostAsync(EwsRequest.Unsubscribe(id))).Should().Succeed();
    }
}
