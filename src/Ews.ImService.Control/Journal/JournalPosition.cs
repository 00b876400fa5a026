using System.Globalization;

namespace Ews.ImService.Control.Journal;

/// <summary>A position in the changes of a journal, which a client returns to continue after it.</summary>
/// <param name="Epoch">A text that is new for each start of the service, and for each reset of the journal.</param>
/// <param name="Version">The version of the journal.</param>
internal sealed record JournalPosition(string Epoch, long Version)
{
    /// <summary>Reads a position, or returns <c>null</c> if the text is not a position.</summary>
    public static JournalPosition? Parse(string? text) =>
        text?.Split('-') is [{ Length: > 0 } epoch, var number]
        && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            ? new JournalPosition(epoch, version)
            : null;

    /// <summary>Returns the text of the position.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Epoch}-{Version}");
}
