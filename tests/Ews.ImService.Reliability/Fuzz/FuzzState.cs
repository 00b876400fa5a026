using System.Collections.Concurrent;
using Ews.ImService.Reliability.Fuzz.Cases;
using Ews.ImService.Reliability.Fuzz.Oracles;
using Ews.ImService.Reliability.Fuzz.Wire;

namespace Ews.ImService.Reliability.Fuzz;

/// <summary>The cases of a run, and what was found.</summary>
/// <param name="context">The context of the run.</param>
/// <param name="services">The services.</param>
/// <param name="oracle">Checks responses.</param>
internal sealed class FuzzState(RunContext context, FuzzServices services, ResponseOracle oracle)
{
    private readonly int _totalWeight = services.Generators.Sum(generator => generator.Weight);
    private long _count;
    private long _closed;
    private long _invalid;

    /// <summary>Gets the number of requests that were sent.</summary>
    public long Count => Interlocked.Read(ref _count);

    /// <summary>Gets the number of requests whose connection was closed without a response.</summary>
    public long Closed => Interlocked.Read(ref _closed);

    /// <summary>Gets the number of requests that are certainly invalid.</summary>
    public long Invalid => Interlocked.Read(ref _invalid);

    /// <summary>Gets the number of requests by area.</summary>
    public ConcurrentDictionary<string, long> Areas { get; } = new(StringComparer.Ordinal);

    /// <summary>Gets the wrong responses, by kind.</summary>
    public ConcurrentDictionary<string, FuzzFinding> Findings { get; } = new(StringComparer.Ordinal);

    /// <summary>Creates the case with a number, which depends only on the number and the seed of the run.</summary>
    public (string Area, FuzzCase Sent) CreateCase(long number)
    {
        var random = new Random(HashCode(context.Seed, number));
        var choice = random.Next(_totalWeight);
        var generator = services.Generators.First(generator => (choice -= generator.Weight) < 0);
        return (generator.Name, generator.Create(random));
    }

    /// <summary>Connects to a service.</summary>
    public FuzzConnection Connect(FuzzTarget target) => new(services.Port(target));

    /// <summary>Checks the responses to a case; none if the service closed the connection.</summary>
    public void Check(long number, string area, FuzzCase sent, IReadOnlyList<HttpReply> replies)
    {
        Interlocked.Increment(ref _count);
        Areas.AddOrUpdate(area, 1, (_, count) => count + 1);
        if (sent.Expectation == Expectation.Rejection || sent.MaxSuccesses == 0)
            Interlocked.Increment(ref _invalid);
        if (replies.Count == 0)
            Interlocked.Increment(ref _closed);
        var problem = !sent.IsOneRequest ? oracle.Check(sent, replies)
            : replies.Count > 0 ? oracle.Check(sent, replies[0])
            : sent.Expectation == Expectation.Success ? "A valid request has no response."
            : null;
        if (problem is not null)
            Add(number, area, sent, problem, replies);
        if (context.OnlyCase is not null)
            context.Report(new FuzzFinding(number, area, sent, problem ?? "no problem", replies).Describe(context.Seed));
    }

    /// <summary>Adds a finding, unless one of its kind is known.</summary>
    public void Add(long number, string area, FuzzCase sent, string problem, IReadOnlyList<HttpReply> replies)
    {
        var finding = new FuzzFinding(number, area, sent, problem, replies);
        Findings.TryAdd(finding.Kind, finding);
    }

    /// <summary>Combines two numbers; the same in every process, other than <see cref="System.HashCode"/>.</summary>
    private static int HashCode(int seed, long number)
    {
        var hash = unchecked(((ulong)number + 1) * 0x9E3779B97F4A7C15 ^ (uint)seed * 0xC2B2AE3D27D4EB4F);
        hash = unchecked((hash ^ (hash >> 30)) * 0xBF58476D1CE4E5B9);
        return (int)(hash >> 32);
    }
}
