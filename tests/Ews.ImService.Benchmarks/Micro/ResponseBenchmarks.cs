using BenchmarkDotNet.Attributes;
using Ews.ImService.Protocol.Operations;
using Ews.ImService.Protocol.Xml;

namespace Ews.ImService.Benchmarks.Micro;

/// <summary>Writes the response to the golden request of every operation.</summary>
public class ResponseBenchmarks
{
    private GoldenService _service = null!;
    private OperationResponse _response = null!;
    private EwsNamespaces _namespaces = null!;

    /// <summary>Gets the names of all operations.</summary>
    public static IEnumerable<string> Operations => GoldenService.Operations;

    /// <summary>Gets or sets the operation.</summary>
    [ParamsSource(nameof(Operations))]
    public string Operation { get; set; } = "";

    /// <summary>Executes the golden request.</summary>
    [GlobalSetup]
    public void Execute()
    {
        // The toolchain does not wait for asynchronous methods.
        _service = GoldenService.CreateAsync().GetAwaiter().GetResult();
        (_namespaces, _response) = _service.ExecuteAsync(Operation).GetAwaiter().GetResult();
    }

    /// <summary>Stops the store.</summary>
    [GlobalCleanup]
    public void Stop() => _service.DisposeAsync().AsTask().GetAwaiter().GetResult();

    /// <summary>Writes the response.</summary>
    [Benchmark]
    public object Write() => _response.Encode(_service.Writer, _namespaces);
}
