namespace Ews.ImService.Storage;

/// <summary>The versions of rows that several instances share.</summary>
/// <remarks>
/// A standby that becomes the primary server can lack the last changes. Random steps make it unlikely that the version of a lost state is
/// then used for another state, which instances could not tell from the state that they know.
/// </remarks>
internal static class RowVersion
{
    /// <summary>Versions do not exceed the range of their type.</summary>
    private const long MaxStep = 1 << 30;

    /// <summary>Returns a version for the next state of a row.</summary>
    /// <param name="version">The version of the row.</param>
    public static long After(long version) => version + Random.Shared.NextInt64(1, MaxStep);
}
