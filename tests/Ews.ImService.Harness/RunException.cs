namespace Ews.ImService.Harness;

/// <summary>Voids a run: a wrong response, a lost write, or a server that does not start.</summary>
public sealed class RunException(string message) : Exception(message);
