namespace Ews.ImService.Protocol.SignIn;

/// <summary>A scheme of the Authorization header.</summary>
internal interface ISignInScheme
{
    /// <summary>Gets the scheme as a setting.</summary>
    SignInScheme Scheme { get; }

    /// <summary>Gets the name of the scheme in headers, which is case-insensitive.</summary>
    string Name { get; }

    /// <summary>Gets the WWW-Authenticate header that offers the scheme.</summary>
    string Offer { get; }

    /// <summary>Checks the credentials of a request.</summary>
    /// <param name="parameter">The text after the name of the scheme; may be empty.</param>
    /// <param name="connection">The sign-in state of the connection.</param>
    SignInOutcome SignIn(string parameter, SignInConnection connection);
}
