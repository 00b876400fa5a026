using System.Buffers.Binary;
using System.Text;

namespace Ews.ImService.Tests.Telemetry;

/// <summary>A message of Protocol Buffers: the values of its fields by number.</summary>
internal sealed class ProtobufMessage
{
    private readonly List<(int Field, byte[] Value)> _values = [];

    public ProtobufMessage(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var tag = ReadVarint(ref bytes);
            var length = (tag & 7) switch
            {
                0 => LengthOfVarint(bytes),
                1 => 8,
                2 => (int)ReadVarint(ref bytes),
                5 => 4,
                var type => throw new InvalidDataException($"Wire type {type} is not used by OTLP."),
            };
            _values.Add(((int)(tag >> 3), bytes[..length].ToArray()));
            bytes = bytes[length..];
        }
    }

    /// <summary>Returns the messages of a field.</summary>
    public IEnumerable<ProtobufMessage> Messages(int field) => Values(field).Select(value => new ProtobufMessage(value));

    /// <summary>Returns the messages at the end of a path of fields.</summary>
    public IEnumerable<ProtobufMessage> Messages(params int[] path) =>
        path.Aggregate(new[] { this }.AsEnumerable(), (messages, field) => messages.SelectMany(message => message.Messages(field)));

    public string Text(int field) => Encoding.UTF8.GetString(Bytes(field));

    public string Hex(int field) => Convert.ToHexStringLower(Bytes(field));

    public ulong Fixed64(int field) => BinaryPrimitives.ReadUInt64LittleEndian(Bytes(field));

    public ulong Varint(int field)
    {
        ReadOnlySpan<byte> bytes = Bytes(field);
        return bytes.IsEmpty ? 0 : ReadVarint(ref bytes);
    }

    /// <summary>Returns the attributes in a field of type <c>KeyValue</c>, whose values are texts or integers.</summary>
    public Dictionary<string, string> Attributes(int field) => Messages(field).ToDictionary(
        attribute => attribute.Text(1),
        attribute => attribute.Messages(2).Select(value => value.Has(1) ? value.Text(1) : $"{value.Varint(3)}").Single());

    private bool Has(int field) => Values(field).Any();

    private byte[] Bytes(int field) => Values(field).SingleOrDefault([]);

    private IEnumerable<byte[]> Values(int field) => _values.Where(value => value.Field == field).Select(value => value.Value);

    private static int LengthOfVarint(ReadOnlySpan<byte> bytes)
    {
        var rest = bytes;
        ReadVarint(ref rest);
        return bytes.Length - rest.Length;
    }

    private static ulong ReadVarint(ref ReadOnlySpan<byte> bytes)
    {
        ulong value = 0;
        for (var shift = 0; ; shift += 7)
        {
            var next = bytes[0];
            bytes = bytes[1..];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
                return value;
        }
    }
}
