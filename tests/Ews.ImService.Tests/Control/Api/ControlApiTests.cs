using System.Net;
using Ews.ImService.Control;

namespace Ews.ImService.Tests.Control.Api;

public sealed class ControlApiTests
{
    [Fact]
    public async Task Without_the_control_API_there_are_no_calls()
    {
        var settings = TestService.InMemory with { Control = new ControlOptions { IsEnabled = false } };
        await using var service = await TestService.StartAsync(settings);

        using var index = await service.Client.GetAsync(ControlCalls.Api);
        using var reset = await service.Client.PostAsync(ControlCalls.Api + "/reset", null);

        new[] { index.StatusCode, reset.StatusCode }.Should().AllBeEquivalentTo(HttpStatusCode.NotFound);
        await service.AddGroupAsync();
    }

    [Theory]
    [InlineData(ControlCalls.Api)]
    [InlineData(ControlCalls.Api + "/seed")]
    [InlineData(ControlCalls.Api + "/openapi.json")]
    [InlineData(ControlCalls.Api + "/nothing")]
    public async Task Browsers_are_told_not_to_guess_content_types(string path)
    {
        await using var service = await TestService.StartAsync();

        using var response = await service.Client.GetAsync(path);

        response.Headers.GetValues("X-Content-Type-Options").Should().Equal("nosniff");
    }

    [Fact]
    public async Task The_API_follows_the_path_prefix_of_a_realm_but_not_the_EWS_path()
    {
        await using var service = await TestService.StartAsync();

        using var belowEws = await service.Client.PostAsync("/EWS/_control/v1/reset", null);
        using var created = await service.SendAsync("PUT", "/realms/a");
        var index = await service.GetJsonAsync("/realms/a" + ControlCalls.Api);

        belowEws.StatusCode.Should().Be(HttpStatusCode.NotFound);
        index.GetProperty("realm").GetString().Should().Be("a");
    }
}
