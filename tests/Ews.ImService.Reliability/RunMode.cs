namespace Ews.ImService.Reliability;

/// <summary>The extent of a run.</summary>
internal enum RunMode
{
    /// <summary>Less than about 30 seconds for each run, for CI.</summary>
    Quick,

    /// <summary>A few minutes for each run.</summary>
    Normal,

    /// <summary>The extent of the published figures; all runs together take more than an hour.</summary>
    Long,
}
