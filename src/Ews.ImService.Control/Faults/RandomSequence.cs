namespace Ews.ImService.Control.Faults;

/// <summary>The random numbers of a fault rule, which are the same in every run. Copies of a rule share them.</summary>
/// <param name="seed">The seed.</param>
internal sealed class RandomSequence(int seed)
{
    private readonly Lock _lock = new();
    private Random _random = new(seed);
    private long _next;

#pragma warning disable CA5394 // The random numbers must be the same in every run.
    /// <summary>Returns a number from 0 to 1. Ascending indexes are the fastest.</summary>
    /// <param name="index">The index of the number, which starts at 0.</param>
    public double At(long index)
    {
        lock (_lock)
        {
            if (index < _next)
                (_random, _next) = (new Random(seed), 0);
            for (; _next < index; _next++)
                _random.NextDouble();
            _next++;
            return _random.NextDouble();
        }
    }
#pragma warning restore CA5394
}
