using System.Net;
using System.Text.RegularExpressions;
using Ews.ImService.Control;
using Ews.ImService.Tests.Control;
using Ews.ImService.Tests.Settings;

namespace Ews.ImService.Tests.Inspector;

/// <summary>The responses with the page and its files. The tests in Ews.ImService.Inspector.Tests use the page in a browser.</summary>
public sealed class InspectorPageTests
{
    private const string Script = "inspector/inspector.js";
    private const string Style = "inspector/inspector.css";

    [Theory]
    [InlineData("/", "text/html; charset=utf-8")]
    [InlineData("/" + Script, "text/javascript; charset=utf-8")]
    [InlineData("/" + Style, "text/css; charset=utf-8")]
    [InlineData("/realms/a/", "text/html; charset=utf-8")]
    [InlineData("/realms/a/" + Script, "text/javascript; charset=utf-8")]
    public async Task The_page_and_its_files_are_served_with_headers_that_restrict_them_to_their_origin(string path, string contentType)
    {
        await using var service = await TestService.StartAsync();

        using var response = await service.Client.GetAsync(path);

        response.StatusCode.Should().Be(HttpStatusCode.OK);
        response.Content.Headers.ContentType!.ToString().Should().Be(contentType);
        response.Headers.GetValues("X-Content-Type-Options").Should().Equal("nosniff");
        response.Headers.GetValues("Referrer-Policy").Should().Equal("no-referrer");
        response.Headers.CacheControl!.ToString().Should().Be("no-cache");
        response.Headers.GetValues("Content-Security-Policy").Single().Split("; ").Should().BeEquivalentTo(
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "connect-src 'self'",
            "img-src 'self' data:",
            "base-uri 'none'",
            "form-action 'none'",
            "frame-ancestors 'none'");
    }

    [Fact]
    public async Task The_page_loads_its_own_files_by_relative_URLs_and_contains_no_script_or_style()
    {
        await using var service = await TestService.StartAsync();

        var html = await service.Client.GetStringAsync("/");

        var urls = Regex.Matches(html, " (?:src|href)=\"([^\"]*)\"").Select(match => match.Groups[1].Value).ToList();
        urls.Should().Contain([Script, Style]);
        urls.Should().OnlyContain(url => url.StartsWith("inspector/") || url.StartsWith("data:"));
        html.Should().NotMatchRegex(" (style|on[a-z]+)=").And.NotMatchRegex("<style|<script[^>]*>[^<]");
    }

    [Fact]
    public async Task The_page_of_a_realm_is_a_folder_so_that_relative_URLs_work()
    {
        await using var service = await TestService.StartAsync();
        using var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = service.Client.BaseAddress };

        using var redirect = await client.GetAsync("/realms/a?x=1");
        using var page = await service.Client.GetAsync("/realms/a?x=1");

        redirect.StatusCode.Should().Be(HttpStatusCode.Redirect);
        redirect.Headers.Location!.OriginalString.Should().Be("a/?x=1");
        page.RequestMessage!.RequestUri!.PathAndQuery.Should().Be("/realms/a/?x=1");
        page.StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/" + Script)]
    public async Task A_browser_that_has_the_current_file_receives_status_304(string path)
    {
        await using var service = await TestService.StartAsync();
        using var first = await service.Client.GetAsync(path);
        var tag = first.Headers.ETag!;

        var current = await RevalidateAsync(service, path, tag.Tag);
        var outdated = await RevalidateAsync(service, path, "\"outdated\"");

        tag.IsWeak.Should().BeFalse();
        current.Should().Be((HttpStatusCode.NotModified, 0));
        outdated.Should().Be((HttpStatusCode.OK, (await first.Content.ReadAsByteArrayAsync()).Length));
    }

    [Fact]
    public async Task HEAD_returns_the_headers_of_GET()
    {
        await using var service = await TestService.StartAsync();
        using var get = await service.Client.GetAsync("/");
        using var request = new HttpRequestMessage(HttpMethod.Head, "/");

        using var head = await service.Client.SendAsync(request);

        head.StatusCode.Should().Be(HttpStatusCode.OK);
        head.Headers.ETag.Should().Be(get.Headers.ETag);
        head.Content.Headers.ContentLength.Should().Be((await get.Content.ReadAsByteArrayAsync()).Length);
        (await head.Content.ReadAsByteArrayAsync()).Should().BeEmpty();
    }

    [Theory]
    [InlineData("GET", "/inspector/nothing.js")]
    [InlineData("GET", "/inspector/")]
    [InlineData("POST", "/")]
    [InlineData("POST", "/" + Script)]
    public async Task Other_files_and_methods_do_not_exist(string method, string path)
    {
        await using var service = await TestService.StartAsync();
        using var request = new HttpRequestMessage(new HttpMethod(method), path);

        using var response = await service.Client.SendAsync(request);

        response.StatusCode.Should().Be(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("--Control:Enabled false", false)]
    [InlineData("--Inspector:Enabled false", true)]
    public async Task Without_the_control_API_or_without_the_inspector_there_is_no_page(string arguments, bool hasApi)
    {
        var control = SettingsOf.Arguments(arguments).Control;
        await using var service = await TestService.StartAsync(TestService.InMemory with { Control = control });

        foreach (var path in new[] { "/", "/realms/a/", "/realms/a", "/" + Script })
        {
            using var response = await service.Client.GetAsync(path);
            response.StatusCode.Should().Be(HttpStatusCode.NotFound, path);
        }

        using var index = await service.Client.GetAsync(ControlCalls.Api);
        index.IsSuccessStatusCode.Should().Be(hasApi);
    }

    [Theory]
    [InlineData("/", "evil.example", null, HttpStatusCode.Forbidden)]
    [InlineData("/" + Script, "evil.example", null, HttpStatusCode.Forbidden)]
    [InlineData("/realms/a", "evil.example", null, HttpStatusCode.Forbidden)]
    [InlineData("/", "localhost", null, HttpStatusCode.OK)]
    [InlineData("/", "ews.contoso.com", "open sesame", HttpStatusCode.OK)]
    public async Task A_host_name_that_anybody_could_resolve_to_this_machine_is_rejected_unless_there_is_a_token(
        string path, string host, string? token, HttpStatusCode status)
    {
        var options = new ControlOptions { Token = token };
        await using var service = await TestService.StartAsync(TestService.InMemory with { Control = options });
        using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { Host = host } };

        using var response = await service.Client.SendAsync(request);

        response.StatusCode.Should().Be(status);
    }

    [Fact]
    public async Task The_page_is_not_recorded_and_creates_no_realm()
    {
        await using var service = await TestService.StartAsync();

        foreach (var path in new[] { "/", "/" + Script, "/inspector/nothing.js", "/favicon.ico", "/realms/a", "/realms/a/" + Script })
            (await service.Client.GetAsync(path)).Dispose();

        (await service.GetJsonAsync(ControlCalls.Api + "/realms")).GetProperty("realms").Strings().Should().Equal("");
        (await service.GetJsonAsync(ControlCalls.Api + "/journal/count")).GetProperty("count").GetInt32().Should().Be(0);
    }

    [Fact]
    public async Task The_assembly_of_the_page_is_loaded_by_its_first_request()
    {
        if (!OperatingSystem.IsLinux())
            return; // Other systems do not list the files that a process has mapped.
        using var directory = new TemporaryDirectory();
        var (process, client) = await ServiceProcess.StartAsync(directory, "--db", ":memory:");
        await using var _ = process;

        await client.GetStringAsync("/livez");
        await client.GetStringAsync(ControlCalls.Api);
        var before = process.MappedFiles();
        await client.GetStringAsync("/");
        var after = process.MappedFiles();

        before.Should().Contain(file => file.EndsWith("Ews.ImService.Control.dll"));
        before.Should().NotContain(file => file.EndsWith("Ews.ImService.Inspector.dll"));
        after.Should().Contain(file => file.EndsWith("Ews.ImService.Inspector.dll"));
    }

    private static async Task<(HttpStatusCode Status, int Length)> RevalidateAsync(TestService service, string path, string tag)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { { "If-None-Match", tag } } };
        using var response = await service.Client.SendAsync(request);
        return (response.StatusCode, (await response.Content.ReadAsByteArrayAsync()).Length);
    }
}
