namespace Ews.ImService.Protocol.Soap;

/// <summary>The user to impersonate.</summary>
/// <param name="Kind">The kind of the value.</param>
/// <param name="Value">The value as received; not empty.</param>
internal sealed record ConnectingSid(ConnectingSidKind Kind, string Value);

/// <summary>The kinds of identifiers of the user to impersonate.</summary>
/// <remarks>Learn: "ConnectingSID".</remarks>
internal enum ConnectingSidKind
{
    /// <summary>A user principal name.</summary>
    PrincipalName,

    /// <summary>A SID in SDDL form.</summary>
    SID,

    /// <summary>A primary address; proxy addresses are rejected.</summary>
    PrimarySmtpAddress,

    /// <summary>Any address of the account.</summary>
    SmtpAddress,
}
