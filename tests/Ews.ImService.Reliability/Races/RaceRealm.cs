using System.Diagnostics.CodeAnalysis;

namespace Ews.ImService.Reliability.Races;

/// <summary>The realm of one race in one round.</summary>
/// <param name="port">The port of the service.</param>
/// <param name="name">The name of the realm.</param>
/// <param name="random">The random choices.</param>
internal sealed class RaceRealm(int port, string name, Random random)
{
    /// <summary>The number of clients of a race.</summary>
    public const int Clients = 64;

    private int _sent;

    /// <summary>Gets the name.</summary>
    public string Name => name;

    /// <summary>Gets the random choices.</summary>
    public Random Random => random;

    /// <summary>Gets the number of requests that were sent.</summary>
    public int Sent => _sent;

    /// <summary>Sends requests that arrive at the same time, in a random order.</summary>
    /// <returns>The responses, in the order of the requests.</returns>
    public async Task<IReadOnlyList<RaceResponse>> SendTogetherAsync(IEnumerable<RaceRequest> requests)
    {
        var all = requests.ToArray();
        var order = Enumerable.Range(0, all.Length).ToArray();
        random.Shuffle(order);
        Interlocked.Add(ref _sent, all.Length);
        var responses = await Volley.SendAsync(port, name, [.. order.Select(index => all[index])]);
        return [.. order.Zip(responses).OrderBy(it => it.First).Select(it => it.Second)];
    }

    /// <summary>Sends one request.</summary>
    public async Task<RaceResponse> SendAsync(RaceRequest request)
    {
        Interlocked.Increment(ref _sent);
        return (await Volley.SendAsync(port, name, [request]))[0];
    }

    /// <summary>Sends a request that must succeed.</summary>
    public async Task<RaceResponse> CallAsync(RaceRequest request)
    {
        var response = await SendAsync(request);
        Verify(response.Succeeded, $"{request.Method} {request.Path} {request.Body} failed: {response.Status} {response.Body}");
        return response;
    }

    /// <summary>Adds a group.</summary>
    /// <returns>The id.</returns>
    public async Task<string> AddGroupAsync(string group) =>
        (await CallAsync(RaceRequest.Ews(Requests.AddImGroup(group)))).Id("ExchangeStoreId");

    /// <summary>Adds a contact to a group, or to Other Contacts.</summary>
    /// <returns>The id.</returns>
    public async Task<string> AddContactAsync(string address, string? groupId = null) =>
        (await CallAsync(RaceRequest.Ews(Requests.AddNewImContact(address, groupId)))).Id("SourceId");

    /// <summary>Reads the list.</summary>
    public async Task<ImList> ReadListAsync() => ImList.Read(await SendAsync(RaceRequest.Ews(Requests.GetImItemList)));

    /// <summary>Verifies the number of responses with each code.</summary>
    public static void Expect(IEnumerable<RaceResponse> responses, params (string Code, int Count)[] expected)
    {
        var actual = Describe(responses.CountBy(response => response.Code).Select(it => (it.Key, it.Value)));
        Verify(actual == Describe(expected), $"The responses are {actual} instead of {Describe(expected)}.");

        static string Describe(IEnumerable<(string Code, int Count)> counts) => string.Join(", ", counts
            .Where(it => it.Count > 0).OrderBy(it => it.Code, StringComparer.Ordinal).Select(it => $"{it.Count} {it.Code}"));
    }

    /// <summary>Verifies that every response has one of two codes.</summary>
    /// <returns>The responses with the first code.</returns>
    public static IReadOnlyList<RaceResponse> ExpectEither(IReadOnlyList<RaceResponse> responses, string code, string other)
    {
        var first = responses.Where(response => response.Code == code).ToList();
        Expect(responses, (code, first.Count), (other, responses.Count - first.Count));
        return first;
    }

    /// <summary>Verifies a condition.</summary>
    /// <exception cref="RunException">The condition is not met.</exception>
    public static void Verify([DoesNotReturnIf(false)] bool condition, string message)
    {
        if (!condition)
            throw new RunException(message);
    }
}
