using System.Globalization;
using Ews.ImService.Configuration;
using Ews.ImService.Control;
using Ews.ImService.Control.Time;

namespace Ews.ImService.Settings;

/// <summary>Settings of the control API and of realms.</summary>
internal static class ControlSettings
{
    /// <summary>The settings.</summary>
    public static readonly SettingGroup Group = new("Control API and realms");

    /// <summary>The token that clients of the control API must send.</summary>
    public static readonly Setting<string?> Token = Group.Add(
        Setting.OptionalText("Control:Token", "The bearer token that the control API requires.", "token") with { IsSecret = true });

    private static readonly Setting<bool> Enabled = Group.Add(Setting.Boolean(
        "Control:Enabled", true, "Enables the control API at /_control/v1, with the journal and fault injection."));

    private static readonly Setting<bool> Inspector = Group.Add(Setting.Boolean(
        "Inspector:Enabled", true, "Enables the inspector, the page at / that uses the control API. It requires Control:Enabled."));

    private static readonly Setting<int> MaxBodyBytes = Group.Add(Setting.Positive(
        "Control:MaxBodyBytes",
        new ControlOptions().MaxBodyBytes,
        "The maximum size in bytes of the body of a control call, such as a seed document; larger bodies are rejected with status 413."));

    private static readonly Setting<int> MaxBodyValues = Group.Add(Setting.Positive(
        "Control:MaxBodyValues",
        new ControlOptions().MaxBodyValues,
        "The maximum number of JSON values in the body of a control call, including objects and arrays."));

    private static readonly Setting<int> JournalEntries = Group.Add(Setting.Positive(
        "Control:JournalEntries", new ControlOptions().JournalEntries, "The maximum number of entries in the journal of a realm."));

    private static readonly Setting<int> JournalBytes = Group.Add(Setting.Positive(
        "Control:JournalBytes",
        new ControlOptions().JournalBytes,
        "The maximum size in bytes of the headers and bodies in the journal of a realm."));

    private static readonly Setting<int> MaxJournalWaits = Group.Add(Setting.Positive(
        "Control:MaxJournalWaits",
        new ControlOptions().MaxJournalWaits,
        "The maximum number of calls that wait for the journal of a realm, or stream its events, at the same time."));

    private static readonly Setting<int> MaxFaultRules = Group.Add(Setting.Positive(
        "Control:MaxFaultRules", new ControlOptions().MaxFaultRules, "The maximum number of fault rules of a realm."));

    private static readonly Setting<int> MaxSnapshots = Group.Add(Setting.Positive(
        "Control:MaxSnapshots", new ControlOptions().MaxSnapshots, "The maximum number of snapshots of a realm."));

    private static readonly Setting<int> MaxRealms = Group.Add(Setting.Positive(
        "Realms:MaxRealms", new ControlOptions().MaxRealms, "The maximum number of realms, including those that an earlier run stored."));

    private static readonly Setting<int?> IdSeed = Group.Add(
        Setting.Optional<int?>(
            "Realms:IdSeed", "A number from which ids are generated, so that every run generates the same ids.", ParseIdSeed, "number") with
        {
            DefaultText = "random",
        });

    private static readonly Setting<DateTimeOffset?> ClockAt = Group.Add(
        Setting.Optional<DateTimeOffset?>(
            "Realms:ClockAt", "The time at which the clock of every realm is initially frozen.", ParseTime, "time") with
        {
            DefaultText = "the system clock",
        });

    /// <summary>Reads the settings.</summary>
    public static ControlOptions Read(SettingValues values) => new()
    {
        IsEnabled = values.Get(Enabled),
        HasInspector = values.Get(Inspector),
        Token = values.Get(Token),
        MaxBodyBytes = values.Get(MaxBodyBytes),
        MaxBodyValues = values.Get(MaxBodyValues),
        JournalEntries = values.Get(JournalEntries),
        JournalBytes = values.Get(JournalBytes),
        MaxJournalWaits = values.Get(MaxJournalWaits),
        MaxFaultRules = values.Get(MaxFaultRules),
        MaxSnapshots = values.Get(MaxSnapshots),
        MaxRealms = values.Get(MaxRealms),
        IdSeed = values.Get(IdSeed),
        ClockAt = values.Get(ClockAt),
    };

    private static Parsed<int?> ParseIdSeed(string text) => Setting.ParsePositive(text).Select(number => (int?)number);

    private static Parsed<DateTimeOffset?> ParseTime(string text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            && RealmClock.IsValid(time)
            ? time
            : new Violation($"{RealmClock.Rule}, such as 2026-11-21T08:30:00Z");
}
