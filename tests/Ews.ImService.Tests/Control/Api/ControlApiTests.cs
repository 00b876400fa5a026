using System.Net;
using Ews.ImService.Control;

namespace Ews.ImService.Tests.Control.Api;

public sealed class ControlApiTests
{
    [Fact]
    public async Task Without_the_control_API_there_is_no_page_and_no_journal()
    {
        var settings = TestService.InMemory with { Control = new ControlOptions { IsEnabled = false } };
        await using var service = await TestService.StartAsync(settings);

        using var index = await service.Client.GetAsync(ControlCalls.Api);
        using var reset = await service.Client.PostAsync(ControlCalls.Api + "/reset", null);
        using var page = await service.Client.GetAsync("/");

        new[] { index.StatusCode, reset.StatusCode, page.StatusCode }.Should().AllBeEquivalentTo(HttpStatusCode.NotFound);
        await service.AddGroupAsync();
    }

    [Fact]
    public async Task The_page_is_at_the_root_of_the_service_and_of_every_realm_and_loads_nothing_from_other_origins()
    {
        await using var service = await TestService.StartAsync();

        foreach (var path in new[] { "/", "/realms/a/", "/realms/a" })
        {
            using var page = await service.Client.GetAsync(path);
            page.StatusCode.Should().Be(HttpStatusCode.OK);
            page.Content.Headers.ContentType!.ToString().Should().Be("text/html; charset=utf-8");
            page.Headers.GetValues("Content-Security-Policy").Single().Should().StartWith("default-src 'none';").And.NotContain("http");
        }

        (await service.GetJsonAsync(ControlCalls.Api + "/journal/count")).GetProperty("count").GetInt32().Should().Be(0);
    }

    [Fact]
    public async Task The_API_follows_the_path_prefix_of_a_realm_but_not_the_EWS_path()
    {
        await using var service = await TestService.StartAsync();

        using var belowEws = await service.Client.PostAsync("/EWS/_control/v1/reset", null);
        var index = await service.GetJsonAsync("/realms/a" + ControlCalls.Api);

        belowEws.StatusCode.Should().Be(HttpStatusCode.NotFound);
        index.GetProperty("realm").GetString().Should().Be("a");
    }
}
