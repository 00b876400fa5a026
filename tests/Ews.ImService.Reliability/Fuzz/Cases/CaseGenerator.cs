namespace Ews.ImService.Reliability.Fuzz.Cases;

/// <summary>Generates the cases of one area.</summary>
/// <param name="name">The name of the area.</param>
/// <param name="weight">The share of the area in all cases, relative to the other areas.</param>
internal abstract class CaseGenerator(string name, int weight)
{
    /// <summary>Gets the name of the area.</summary>
    public string Name { get; } = name;

    /// <summary>Gets the share of the area in all cases, relative to the other areas.</summary>
    public int Weight { get; } = weight;

    /// <summary>Creates a case, which depends only on the random choices.</summary>
    public abstract FuzzCase Create(Random random);
}
