namespace Ews.ImService.Storage;

/// <summary>The versions of rows that several instances share.</summary>
/// <remarks>
/// Versions are not consecutive. A standby that becomes the primary server can lack the last changes. The versions of the lost states are
/// then not used for other states, which instances could not tell from the states that they know.
/// </remarks>
internal static class RowVersion
{
    /// <summary>Versions do not exceed the range of their type.</summary>
    private const long MaxStep = 1 << 30;

    /// <summary>Returns a version for the next state of a row.</summary>
    /// <param name="version">The version of the row.</param>
    public static long After(long version) => version + Random.Shared.NextInt64(1, MaxStep);
}
