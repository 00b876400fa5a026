using Ews.ImService.Mailbox;

namespace Ews.ImService.Protocol;

/// <summary>How the EWS edge behaves where Exchange leaves a choice, or where its sources disagree.</summary>
public sealed record EwsOptions
{
    /// <summary>Where clients post to; matched without regard to case.</summary>
    public const string Path = "/EWS/Exchange.asmx";

    /// <summary>What ServerVersionInfo says.</summary>
    public ServerVersion ServerVersion { get; init; } = new();

    /// <summary>
    /// Whether a request without RequestServerVersion is taken for one of Exchange 2013; otherwise it counts as Exchange 2007,
    /// which has none of these operations.
    /// </summary>
    public bool AllowMissingVersion { get; init; }

    /// <summary>The largest request body, in bytes.</summary>
    public int MaxRequestBytes { get; init; } = 1024 * 1024;

    /// <summary>How a persona's e-mail addresses are spelled.</summary>
    public PersonaProfile PersonaProfile { get; init; } = PersonaProfile.BySpelling;

    /// <summary>The mailbox of a caller who impersonates nobody.</summary>
    public SmtpAddress DefaultMailbox { get; init; } = SmtpAddress.Parse("user@contoso.com");
}

/// <summary>Two ways to write a persona's e-mail addresses. The schema and its clients know one, Microsoft's example prints the other.</summary>
public enum PersonaProfile
{
    /// <summary>The schema's for requests in the http spelling, the documentation's for those in the https spelling.</summary>
    BySpelling,

    /// <summary>Always <c>EmailAddress</c> inside <c>Address</c> items.</summary>
    Schema,

    /// <summary>Always <c>Address</c> inside <c>EmailAddress</c> items.</summary>
    Documentation,
}
