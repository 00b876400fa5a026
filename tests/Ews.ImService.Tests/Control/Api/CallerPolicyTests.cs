using System.Net;
using Ews.ImService.Control;

namespace Ews.ImService.Tests.Control.Api;

public sealed class CallerPolicyTests
{
    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site", HttpStatusCode.Forbidden)]
    [InlineData("Sec-Fetch-Site", "same-origin", HttpStatusCode.NoContent)]
    [InlineData("Origin", "http://evil.example", HttpStatusCode.Forbidden)]
    [InlineData("Origin", "null", HttpStatusCode.Forbidden)]
    public async Task A_request_from_a_page_of_another_origin_is_rejected(string header, string value, HttpStatusCode status)
    {
        await using var service = await TestService.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, ControlCalls.Api + "/reset");
        request.Headers.Add(header, value);

        using var response = await service.Client.SendAsync(request);

        response.StatusCode.Should().Be(status);
    }

    [Fact]
    public async Task A_request_from_the_page_of_the_service_is_accepted()
    {
        await using var service = await TestService.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, ControlCalls.Api + "/reset");
        request.Headers.Add("Origin", service.Client.BaseAddress!.GetLeftPart(UriPartial.Authority));

        using var response = await service.Client.SendAsync(request);

        response.StatusCode.Should().Be(HttpStatusCode.NoContent);
    }

    [Theory]
    [InlineData(null, HttpStatusCode.Unauthorized)]
    [InlineData("wrong", HttpStatusCode.Unauthorized)]
    [InlineData("open sesame", HttpStatusCode.OK)]
    public async Task A_token_is_required_if_it_is_set(string? token, HttpStatusCode status)
    {
        await using var service = await StartWithTokenAsync();
        if (token is not null)
            service.Client.DefaultRequestHeaders.Authorization = new("Bearer", token);

        using var response = await service.Client.GetAsync(ControlCalls.Api + "/seed");

        response.StatusCode.Should().Be(status);
        response.Headers.WwwAuthenticate.ToString().Should().Be(status == HttpStatusCode.Unauthorized ? "Bearer" : "");
    }

    [Fact]
    public async Task A_path_that_does_not_exist_requires_the_token_too()
    {
        await using var service = await StartWithTokenAsync();

        using var response = await service.Client.GetAsync(ControlCalls.Api + "/nothing");

        response.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
    }

    private static Task<TestService> StartWithTokenAsync() =>
        TestService.StartAsync(TestService.InMemory with { Control = new ControlOptions { Token = "open sesame" } });
}
