namespace Ews.ImService.Protocol.Observation;

/// <summary>Somebody who looks on while a request is answered, and may spoil its answer; a feature of the request.</summary>
public interface IObservedRequest
{
    /// <summary>The answer's body as the connection has it, ahead of compression.</summary>
    Stream RawBody { get; }

    /// <summary>The body has come.</summary>
    void Received(ReadOnlyMemory<byte> body);

    /// <summary>It is known what the request wants, as far as it can be known.</summary>
    /// <param name="operation">The operation, or null.</param>
    /// <param name="mailbox">The primary address of its mailbox, or null.</param>
    /// <returns>What is to go wrong, or null.</returns>
    InjectedFault? Identified(string? operation, string? mailbox);

    /// <summary>There is an answer.</summary>
    /// <param name="code">Its response code, or null where it is none of EWS.</param>
    /// <param name="body">Its body.</param>
    void Answered(string? code, ReadOnlyMemory<byte> body);
}
