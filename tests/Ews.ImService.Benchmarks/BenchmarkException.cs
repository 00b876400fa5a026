namespace Ews.ImService.Benchmarks;

/// <summary>Voids a run: a wrong response, a lost write, or a server that does not start.</summary>
internal sealed class BenchmarkException(string message) : Exception(message);
