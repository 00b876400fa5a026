using System.Text.RegularExpressions;
using Ews.ImService.Mailbox;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Ews.ImService.Protocol.Http;

/// <summary>The realm of a request, which is named in a header or a path prefix.</summary>
public static partial class RequestRealm
{
    /// <summary>The header that names a realm.</summary>
    public const string Header = "X-Ews-Realm";

    /// <summary>The path prefix that names a realm: <c>/realms/NAME/EWS/Exchange.asmx</c>.</summary>
    public const string PathPrefix = "/realms/";

    /// <summary>The rule of realm names, for messages: "must be …".</summary>
    public const string NameRule = "at most 64 letters, digits, '.', '-' and '_', and begin with a letter or a digit";

    private static readonly object Key = new();

    /// <summary>Checks a realm name.</summary>
    /// <param name="text">The name.</param>
    /// <returns><c>true</c> if the name follows <see cref="NameRule"/>; otherwise, <c>false</c>.</returns>
    public static bool IsValidName(string text) => Name().IsMatch(text);

    /// <summary>Gets the realm of a request.</summary>
    /// <param name="context">The HTTP request.</param>
    /// <returns>The realm, or the default realm if the request names none.</returns>
    public static string Get(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.Items.TryGetValue(Key, out var realm) ? (string)realm! : MailboxKey.DefaultRealm;
    }

    /// <summary>Sets the realm of a request that the service creates.</summary>
    /// <param name="context">The HTTP request.</param>
    /// <param name="realm">The name of the realm.</param>
    public static void Set(HttpContext context, string realm)
    {
        ArgumentNullException.ThrowIfNull(context);
        context.Items[Key] = realm;
    }

    /// <summary>Reads the realm of every request, and removes it from the path. An invalid name is rejected with status 400.</summary>
    /// <param name="application">The application.</param>
    /// <param name="rejectAsync">Sends the response to a request with an invalid name, for a reason of one sentence.</param>
    public static void Use(IApplicationBuilder application, Func<HttpContext, string, Task> rejectAsync) =>
        application.Use((context, next) => Read(context) is { } reason ? rejectAsync(context, reason) : next(context));

    /// <summary>Reads the realm of a request.</summary>
    /// <returns>The reason why the realm is not valid, or <c>null</c>.</returns>
    private static string? Read(HttpContext context)
    {
        var request = context.Request;
        var named = request.Headers.TryGetValue(Header, out var header) ? header.ToString() : null;
        if (request.Path.Value is { } path && path.StartsWith(PathPrefix, StringComparison.OrdinalIgnoreCase))
        {
            var end = path.IndexOf('/', PathPrefix.Length);
            end = end < 0 ? path.Length : end;
            var inPath = path[PathPrefix.Length..end];
            request.PathBase = request.PathBase.Add(new PathString(path[..end]));
            request.Path = new PathString(path[end..]);
            if (named is not null && named != inPath)
                return $"The header {Header} names the realm '{named}', but the path names '{inPath}'.";
            named = inPath;
        }

        if (named is null)
            return null;
        if (!IsValidName(named))
            return $"The realm name must be {NameRule}, but is '{named}'.";
        Set(context, named);
        return null;
    }

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}\z")]
    private static partial Regex Name();
}
