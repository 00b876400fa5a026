namespace Ews.ImService.Mailbox;

/// <summary>The out-of-office settings of a mailbox. The service stores them; it sends no replies.</summary>
/// <param name="State">The state.</param>
/// <param name="ExternalAudience">The senders outside the organization who receive the external reply.</param>
/// <param name="Start">The start of the absence in UTC, which applies if the state is <see cref="OofState.Scheduled"/>.</param>
/// <param name="End">The end of the absence in UTC.</param>
/// <param name="InternalReply">The reply to senders of the organization, or <c>null</c> if none is set.</param>
/// <param name="ExternalReply">The reply to other senders, or <c>null</c> if none is set.</param>
/// <remarks>Learn: "UserOofSettings".</remarks>
public sealed record OofSettings(
    OofState State, OofAudience ExternalAudience, DateTime Start, DateTime End, string? InternalReply, string? ExternalReply)
{
    /// <summary>The length of the absence in settings without one.</summary>
    private static readonly TimeSpan DefaultLength = TimeSpan.FromDays(1);

    /// <summary>Returns the settings of a mailbox in which none were stored: the absence is disabled.</summary>
    /// <param name="clock">The clock; the absence begins with its current hour.</param>
    public static OofSettings Default(TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(clock);
        var now = clock.GetUtcNow().UtcDateTime;
        var start = now.Date.AddHours(now.Hour);
        return new OofSettings(OofState.Disabled, OofAudience.All, start, start + DefaultLength, InternalReply: null, ExternalReply: null);
    }

    /// <summary>Verifies the settings.</summary>
    /// <param name="now">The current time in UTC.</param>
    /// <returns><c>null</c>, or ErrorInvalidScheduledOofDuration or ErrorInvalidUserOofSettings.</returns>
    /// <remarks>Learn: "ResponseCode". Replies are required unless the absence is disabled.</remarks>
    public EwsError? Check(DateTime now)
    {
        if (State == OofState.Scheduled && (End <= Start || End <= now))
            return EwsError.InvalidScheduledOofDuration;
        var lacksReply = InternalReply is null || (ExternalReply is null && ExternalAudience != OofAudience.None);
        return State != OofState.Disabled && lacksReply ? EwsError.InvalidUserOofSettings : null;
    }
}

/// <summary>The out-of-office state. The values are stored.</summary>
/// <remarks>Learn: "OofState".</remarks>
public enum OofState
{
    /// <summary>The user is not absent.</summary>
    Disabled = 0,

    /// <summary>The user is absent.</summary>
    Enabled = 1,

    /// <summary>The user is absent for a duration.</summary>
    Scheduled = 2,
}

/// <summary>The senders outside the organization who receive a reply. The values are stored.</summary>
/// <remarks>Learn: "ExternalAudience".</remarks>
public enum OofAudience
{
    /// <summary>No sender.</summary>
    None = 0,

    /// <summary>The contacts of the user.</summary>
    Known = 1,

    /// <summary>All senders.</summary>
    All = 2,
}
