namespace Ews.ImService.Hosting;

/// <summary>The standard input of the process, whose end stops the service.</summary>
internal static class StandardInput
{
    /// <summary>Reads and discards standard input on a background thread.</summary>
    /// <returns>A token that is canceled when standard input ends, or cannot be read.</returns>
    public static CancellationToken WatchEnd()
    {
        var ended = new CancellationTokenSource();
        new Thread(() =>
        {
            ReadToEnd();
            ended.Cancel();
        })
        {
            IsBackground = true,
            Name = "Standard input",
        }.Start();
        return ended.Token;
    }

    private static void ReadToEnd()
    {
        try
        {
            using var input = Console.OpenStandardInput();
            input.CopyTo(Stream.Null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It is a folder, for example, or the terminal was closed: nothing more can be read.
        }
    }
}
