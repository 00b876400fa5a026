using Ews.ImService.Protocol.Http;
using Ews.ImService.Protocol.Interception;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Ews.ImService.Protocol.SignIn;

/// <summary>Authenticates requests by the schemes that are enabled.</summary>
/// <remarks>Learn: "Authentication and EWS in Exchange".</remarks>
internal sealed class SignInGate
{
    private readonly bool _isOpen;
    private readonly IReadOnlyList<ISignInScheme> _accepted;
    private readonly string[] _offers;

    public SignInGate(SignInOptions options, IEnumerable<ISignInScheme> schemes)
    {
        var all = schemes.ToList();
        var offered = options.Schemes.Select(name => all.Single(scheme => scheme.Scheme == name)).ToList();
        _isOpen = options.Mode == SignInMode.Anonymous;
        _accepted = _isOpen ? all : offered;
        _offers = offered.Select(scheme => scheme.Offer).ToArray();
    }

    /// <summary>
    /// Authenticates a request, unless its interceptor admits it. If it is accepted, informs its interceptor; otherwise, sets the status
    /// 401 or 403 and its headers on the response.
    /// </summary>
    /// <remarks>
    /// Without credentials, any web page could send requests through the browser of a user. It cannot read the responses, but the requests
    /// would be executed.
    /// </remarks>
    public SignInOutcome SignIn(HttpContext context)
    {
        var interceptor = context.Features.Get<IEwsInterceptor>();
        if (interceptor?.Admission is { } admission)
        {
            interceptor.OnAdmitted(admission);
            return admission.User is { } user ? new SignInOutcome.SignedIn(user) : new SignInOutcome.Anonymous();
        }

        if (_isOpen && (RequestOrigin.IsOther(context.Request) || RequestOrigin.MayBeRebound(context)))
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return new SignInOutcome.Forbidden("Pages of other origins may not send requests without sign-in.");
        }

        var connection = new SignInConnection(context.Features.Get<IConnectionItemsFeature>()?.Items ?? context.Items);
        var outcome = context.Request.Headers.Authorization is [{ } header]
            ? CheckCredentials(header, connection)
            : CheckConnection(context.Request.Headers.Authorization.ToString(), connection);
        if (outcome is SignInOutcome.Challenge or SignInOutcome.Rejected)
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            context.Response.Headers.WWWAuthenticate =
                outcome is SignInOutcome.Challenge { Header: { } handshake } ? handshake : _offers;
            context.Response.Headers[HeaderNames.CacheControl] = "private";
        }
        else
        {
            interceptor?.OnAdmitted(new Admission((outcome as SignInOutcome.SignedIn)?.User));
        }

        return outcome;
    }

    private SignInOutcome CheckCredentials(string header, SignInConnection connection)
    {
        var parts = header.Split(' ', 2);
        foreach (var scheme in _accepted)
        {
            if (scheme.Name.Equals(parts[0], StringComparison.OrdinalIgnoreCase))
                return scheme.SignIn(parts.Length == 2 ? parts[1].Trim() : string.Empty, connection);
        }

        return _isOpen ? new SignInOutcome.Anonymous() : Reject(header);
    }

    /// <summary>Checks a request without credentials; several Authorization headers are not valid credentials.</summary>
    private SignInOutcome CheckConnection(string headers, SignInConnection connection)
    {
        if (connection.User is { } user)
            return new SignInOutcome.SignedIn(user);
        if (_isOpen)
            return new SignInOutcome.Anonymous();
        return headers.Length == 0 ? new SignInOutcome.Challenge() : Reject(headers);
    }

    private static SignInOutcome.Rejected Reject(string header) => new(AuthenticationScheme.Find(header), User: null);
}
