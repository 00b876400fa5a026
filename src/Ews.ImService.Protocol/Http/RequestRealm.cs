using System.Text.RegularExpressions;
using Ews.ImService.Mailbox;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Ews.ImService.Protocol.Http;

/// <summary>The realm that a request names, by a header or by the beginning of its path.</summary>
public static partial class RequestRealm
{
    /// <summary>The header that names it.</summary>
    public const string Header = "X-Ews-Realm";

    /// <summary>What a path begins with that names one: <c>/realms/NAME/EWS/Exchange.asmx</c>.</summary>
    public const string PathPrefix = "/realms/";

    /// <summary>What a name has to be, for messages.</summary>
    public const string NameRule = "letters, digits, '.', '-' and '_', at most 64 of them, the first a letter or a digit";

    private static readonly object Key = new();

    /// <summary>Whether a text can name a realm, by <see cref="NameRule"/>.</summary>
    public static bool IsValidName(string text) => Name().IsMatch(text);

    /// <summary>The realm of a request; the default one where it names none.</summary>
    public static string Get(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.Items.TryGetValue(Key, out var realm) ? (string)realm! : MailboxKey.DefaultRealm;
    }

    /// <summary>Reads the realm of every request, and takes it out of the path; a name that is none gets 400.</summary>
    public static IApplicationBuilder UseRealms(this IApplicationBuilder application) => application.Use((context, next) =>
    {
        var request = context.Request;
        var named = request.Headers.TryGetValue(Header, out var header) ? header.ToString() : null;
        if (request.Path.Value is { } path && path.StartsWith(PathPrefix, StringComparison.OrdinalIgnoreCase))
        {
            var end = path.IndexOf('/', PathPrefix.Length);
            end = end < 0 ? path.Length : end;
            var inPath = path[PathPrefix.Length..end];
            if (named is not null && named != inPath)
                return RefuseAsync(context, $"The header {Header} names the realm '{named}', the path '{inPath}'.");
            named = inPath;
            request.PathBase = request.PathBase.Add(new PathString(path[..end]));
            request.Path = new PathString(path[end..]);
        }

        if (named is null)
            return next(context);
        if (!IsValidName(named))
            return RefuseAsync(context, $"'{named}' is no name of a realm: {NameRule}.");
        context.Items[Key] = named;
        return next(context);
    });

    private static Task RefuseAsync(HttpContext context, string why) => PlainText.WriteAsync(context, StatusCodes.Status400BadRequest, why);

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}\z")]
    private static partial Regex Name();
}
