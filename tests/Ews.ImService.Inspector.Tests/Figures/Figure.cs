namespace Ews.ImService.Inspector.Tests.Figures;

/// <summary>A measured property of the inspector.</summary>
/// <param name="Name">The property.</param>
/// <param name="Value">The value with its unit.</param>
/// <param name="Limit">The limit that the project promises, or an empty text.</param>
internal sealed record Figure(string Name, string Value, string Limit = "");
