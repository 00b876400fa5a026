using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
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
    public async Task The_page_allows_only_its_own_style_and_script()
    {
        await using var service = await TestService.StartAsync();

        using var page = await service.Client.GetAsync("/");

        var policy = page.Headers.GetValues("Content-Security-Policy").Single().Split("; ");
        policy.Should().NotContain(directive => directive.Contains("unsafe"))
            .And.Contain(["base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'"]);
        var html = await page.Content.ReadAsStringAsync();
        foreach (var element in new[] { "style", "script" })
        {
            var content = Regex.Match(html, $"<{element}>(.*)</{element}>", RegexOptions.Singleline).Groups[1].Value;
            var hash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(content)));
            policy.Should().Contain($"{element}-src 'sha256-{hash}'");
        }

        html.Should().NotMatchRegex(" (style|on[a-z]+)=", "the policy does not allow attributes with styles or scripts");
    }

    [Theory]
    [InlineData("/")]
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
        var index = await service.GetJsonAsync("/realms/a" + ControlCalls.Api);

        belowEws.StatusCode.Should().Be(HttpStatusCode.NotFound);
        index.GetProperty("realm").GetString().Should().Be("a");
    }
}
