using System.Text;
using BenchmarkDotNet.Attributes;
using Ews.ImService.Benchmarks.Load;
using Ews.ImService.Protocol.Soap;

namespace Ews.ImService.Benchmarks.Micro;

/// <summary>Reads a small request: as a plain request, and through the validating reader.</summary>
public class RequestBenchmarks
{
    private readonly byte[] _request =
        Encoding.UTF8.GetBytes(Requests.Envelope(Requests.AddImGroup(Exchange.SampleName), Mailboxes.Default));

    /// <summary>Reads a plain request, which is accepted without the schema.</summary>
    [Benchmark(Baseline = true)]
    public object Read() => PlainRequestReader.Read(_request, "utf-8")
        ?? throw new InvalidOperationException("The request is not plain.");

    /// <summary>Reads the same request through the validating reader, which produces the faults of all others.</summary>
    [Benchmark]
    public object Validate() => SoapReader.Read(RequestDecoder.Decode(_request, "utf-8"));
}
