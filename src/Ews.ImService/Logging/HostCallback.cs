namespace Ews.ImService.Logging;

/// <summary>
/// Calls the program that hosts the service. Its exceptions do not affect the request that is logged: the first one is reported on
/// standard error.
/// </summary>
internal sealed class HostCallback
{
    private int _hasFailed;

    /// <summary>Calls the program.</summary>
    public void Run(Action call)
    {
        try
        {
            call();
        }
        catch (Exception e)
        {
            if (Interlocked.Exchange(ref _hasFailed, 1) == 0)
                Console.Error.WriteLine($"The callback for the log of Ews.ImService failed. Later failures are not reported. {e}");
        }
    }
}
