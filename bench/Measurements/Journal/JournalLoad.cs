using Parallax.Journal.Framing;

namespace Parallax.Measurements.Journal;

/// <summary>Records as an engine writes them: 40 bytes of header and 16 to 96 bytes of payload, the same every time.</summary>
public static class JournalLoad
{
    /// <summary>A record kind of the engine's decisions: journals take it.</summary>
    public const byte Decision = RecordKinds.DecisionFirst;

    /// <summary>A record kind of a market: tapes take it too.</summary>
    public const byte Market = RecordKinds.MarketFirst + 2;

    private static readonly byte[] Payload = [.. Enumerable.Range(0, 96).Select(i => (byte)(i * 37))];

    /// <returns>Bytes framed, seals and openings not counted.</returns>
    public static long Append(IRecordSink sink, byte kind, int count)
    {
        var bytes = 0L;
        for (var i = 0; i < count; i++)
        {
            // One level in six of ten records, two in three, six in one: about what deltas and decisions are.
            var payload = Payload.AsSpan(0, (i % 10) switch { < 6 => 16, < 9 => 32, _ => 96 });
            sink.Append(new RecordHeader { Kind = kind, Subject = (ushort)i, VenueTime = i, ReceivedTime = 1_700_000_000_000_000_000, Tag = (uint)i }, payload);
            bytes += RecordHeader.Size + payload.Length;
        }

        return bytes;
    }
}
