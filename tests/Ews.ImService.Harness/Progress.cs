namespace Ews.ImService.Harness;

/// <summary>Writes the progress of a run to standard error; standard output has only the table.</summary>
public static class Progress
{
    /// <summary>Writes one line.</summary>
    public static void Report(string line) => Console.Error.WriteLine(line);
}
