namespace Ews.ImService.Protocol.SignIn;

/// <summary>Basic authentication.</summary>
/// <remarks>RFC 7617.</remarks>
internal sealed class BasicScheme(SignInOptions options, SignInUsers users, Passwords passwords) : ISignInScheme
{
    /// <inheritdoc/>
    public SignInScheme Scheme => SignInScheme.Basic;

    /// <inheritdoc/>
    public string Name => "Basic";

    /// <inheritdoc/>
    public string Offer => $"Basic realm=\"{options.Realm}\", charset=\"UTF-8\"";

    /// <inheritdoc/>
    public SignInOutcome SignIn(string parameter, SignInConnection connection)
    {
        if (BasicCredentials.Read(parameter) is not { } credentials)
            return users.RejectUnreadable(Name);
        var address = users.FindAddress(credentials.UserName);
        var user = users.Resolve(address, credentials.UserName);
        return users.Mode != SignInMode.Users
            || (!credentials.HasControlCharacters && passwords.Verify(address, credentials.Password))
            ? SignInUsers.Accept(user)
            : new SignInOutcome.Rejected(Name, user);
    }
}
