namespace Ews.ImService.Hosting;

/// <summary>The standard input of the process, whose end stops the service.</summary>
internal static class StandardInput
{
    /// <summary>Reads and discards standard input on a background thread.</summary>
    /// <returns>A token that is canceled when standard input ends.</returns>
    public static CancellationToken WatchEnd()
    {
        var ended = new CancellationTokenSource();
        new Thread(() =>
        {
            using (var input = Console.OpenStandardInput())
                input.CopyTo(Stream.Null);
            ended.Cancel();
        })
        {
            IsBackground = true,
            Name = "Standard input",
        }.Start();
        return ended.Token;
    }
}
