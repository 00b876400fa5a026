using System.Collections.Concurrent;

namespace Ews.ImService.Inspector.Tests.Browser;

/// <summary>
/// Records what no page may do: console errors, which include violations of the Content-Security-Policy, uncaught exceptions, and
/// requests to another server.
/// </summary>
internal sealed class PageGuard
{
    private readonly ConcurrentQueue<string> _problems = [];
    private readonly ConcurrentQueue<string> _console = [];
    private readonly ConcurrentBag<string> _expected = [];
    private readonly string _server;

    public PageGuard(IBrowserContext context, Uri server)
    {
        _server = server.GetLeftPart(UriPartial.Authority);
        context.Console += (_, message) => AddMessage(message);
        context.WebError += (_, error) => _problems.Enqueue($"Uncaught exception: {error.Error}");
        context.Request += (_, request) => AddRequest(request.Url);
    }

    /// <summary>Gets the messages of the console.</summary>
    public IEnumerable<string> Console => _console;

    /// <summary>Gets what the page did that it must not do.</summary>
    public IEnumerable<string> Problems => _problems.Where(problem => !_expected.Any(problem.Contains));

    /// <summary>Expects console errors that contain a text, such as those of Chromium for a response with status 401.</summary>
    public void Expect(string text) => _expected.Add(text);

    private void AddMessage(IConsoleMessage message)
    {
        _console.Enqueue($"{message.Type}: {message.Text} ({message.Location})");
        if (message.Type == "error")
            _problems.Enqueue($"Console error: {message.Text} ({message.Location})");
    }

    private void AddRequest(string url)
    {
        var isLocal = url.StartsWith("data:", StringComparison.Ordinal) || url.StartsWith("blob:", StringComparison.Ordinal);
        if (!isLocal && new Uri(url).GetLeftPart(UriPartial.Authority) != _server)
            _problems.Enqueue($"Request to another server: {url}");
    }
}
