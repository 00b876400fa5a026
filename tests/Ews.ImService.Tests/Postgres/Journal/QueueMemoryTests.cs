using Ews.ImService.Postgres.Journal;

namespace Ews.ImService.Tests.Postgres.Journal;

public sealed class QueueMemoryTests
{
    [Fact]
    public void A_body_of_several_entries_counts_once()
    {
        var (memory, body) = (new QueueMemory(), new object());
        var (first, second) = (new EntryMemory(10, body, 1000), new EntryMemory(20, body, 1000));
        var sizes = new List<long>();

        foreach (var change in new Action<EntryMemory>[] { memory.Add, memory.Remove })
        {
            foreach (var entry in new[] { first, second, new EntryMemory(5, null, 0) })
            {
                change(entry);
                sizes.Add(memory.Bytes);
            }
        }

        sizes.Should().Equal(1010, 1030, 1035, 1025, 5, 0);
    }
}
