namespace Ews.ImService.Protocol.SignIn;

/// <summary>The outcome of a sign-in: one of the nested records.</summary>
internal abstract record SignInOutcome
{
    private SignInOutcome()
    {
    }

    /// <summary>The request is authenticated.</summary>
    /// <param name="User">The primary address of the user, or the name as typed if no account has it.</param>
    public sealed record SignedIn(string User) : SignInOutcome;

    /// <summary>The request needs no credentials, or its credentials name no user. It uses the default mailbox.</summary>
    public sealed record Anonymous : SignInOutcome;

    /// <summary>The client must send credentials, or the next message of a handshake.</summary>
    /// <param name="Header">The WWW-Authenticate header of the handshake, or <c>null</c> to offer all schemes.</param>
    public sealed record Challenge(string? Header = null) : SignInOutcome;

    /// <summary>The request comes from a web page that may not use the service.</summary>
    /// <param name="Reason">The reason, one sentence.</param>
    public sealed record Forbidden(string Reason) : SignInOutcome;

    /// <summary>The credentials are wrong. The reason is for the log only and is not sent to the client.</summary>
    /// <param name="Scheme">The scheme of the credentials, or <c>null</c> if it is unknown.</param>
    /// <param name="User">The user that the credentials name, or <c>null</c>.</param>
    public sealed record Rejected(string? Scheme, string? User) : SignInOutcome
    {
        /// <summary>Gets the reason, without passwords and tokens.</summary>
        public string Reason
        {
            get
            {
                var credentials = Scheme is null ? "the credentials" : $"the {Scheme} credentials";
                return User is null ? $"{credentials} do not name a user" : $"{credentials} of '{User}' are wrong";
            }
        }
    }
}
