namespace Ews.ImService.Reliability;

/// <summary>A result.</summary>
/// <param name="Run">The name of the run.</param>
/// <param name="Quantity">The quantity, with its unit.</param>
/// <param name="Value">The value.</param>
internal sealed record Figure(string Run, string Quantity, string Value);
