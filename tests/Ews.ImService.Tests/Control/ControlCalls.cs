using System.Net;
using System.Text;
using System.Text.Json;

namespace Ews.ImService.Tests.Control;

/// <summary>Requests to the control API of a service.</summary>
internal static class ControlCalls
{
    public const string Api = "/_control/v1";

    /// <summary>Returns a JSON document.</summary>
    public static async Task<JsonElement> GetJsonAsync(this TestService service, string path)
    {
        using var response = await service.Client.GetAsync(path);
        response.StatusCode.Should().Be(HttpStatusCode.OK, path);
        return await ReadJsonAsync(response);
    }

    /// <summary>Sends a request, with the content type that curl uses by default.</summary>
    public static async Task<HttpResponseMessage> SendAsync(this TestService service, string method, string path, string? body = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), Api + path);
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, "application/x-www-form-urlencoded");
        return await service.Client.SendAsync(request);
    }

    /// <summary>Returns the problems of a request that failed.</summary>
    public static async Task<IReadOnlyList<string?>> ProblemsAsync(this HttpResponseMessage response)
    {
        response.Content.Headers.ContentType!.ToString().Should().Be("application/problem+json");
        var problem = await ReadJsonAsync(response);
        problem.GetProperty("status").GetInt32().Should().Be((int)response.StatusCode);
        problem.GetProperty("title").GetString().Should().Be("The request failed.");
        var problems = problem.GetProperty("problems").Strings();
        problem.GetProperty("detail").GetString().Should().Be(string.Join(' ', problems));
        return problems;
    }

    /// <summary>Returns the strings of a JSON array.</summary>
    public static List<string?> Strings(this JsonElement array) => [.. array.EnumerateArray().Select(item => item.GetString())];

    private static async Task<JsonElement> ReadJsonAsync(HttpResponseMessage response)
    {
        using var document = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        return document.RootElement.Clone();
    }
}
