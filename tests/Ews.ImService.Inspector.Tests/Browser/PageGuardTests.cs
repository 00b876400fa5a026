namespace Ews.ImService.Inspector.Tests.Browser;

/// <summary>Verifies that a scenario fails if the page does what it must not do.</summary>
public sealed class PageGuardTests
{
    [BrowserFact]
    public Task A_console_error_is_reported() => VerifyAsync("console.error('a problem')", "Console error: a problem");

    [BrowserFact]
    public Task An_uncaught_exception_is_reported() =>
        VerifyAsync("setTimeout(() => { throw new Error('a problem'); })", "Uncaught exception: *a problem*");

    [BrowserFact]
    public Task A_violation_of_the_content_security_policy_is_reported() => VerifyAsync(
        "document.body.setAttribute('onclick', 'window.x = 1')", "Console error: *Content Security Policy*");

    [BrowserFact]
    public Task A_request_to_another_server_is_reported() => VerifyAsync(
        "window.open('http://127.0.0.1:1/', '_self')", "Request to another server: http://127.0.0.1:1/");

    [BrowserFact]
    public async Task An_expected_console_error_is_not_reported()
    {
        await using var session = await OpenAsync();
        session.Guard.Expect("a problem");

        await session.Page.EvaluateAsync("console.error('a problem'); console.error('another')");

        await Wait.UntilAsync(() => session.Guard.Problems.Any());
        session.Guard.Problems.Should().ContainSingle().Which.Should().StartWith("Console error: another");
    }

    private static async Task VerifyAsync(string script, string expected)
    {
        await using var session = await OpenAsync();
        session.Guard.Problems.Should().BeEmpty();

        await session.Page.EvaluateAsync($"() => {{ {script} }}");

        await Wait.UntilAsync(() => session.Guard.Problems.Any());
        session.Guard.Problems.Should().ContainMatch(expected + "*");
    }

    private static async Task<InspectorSession> OpenAsync()
    {
        var session = await InspectorSession.StartAsync(InspectorOptions.Wide);
        await session.OpenAsync();
        return session;
    }
}
