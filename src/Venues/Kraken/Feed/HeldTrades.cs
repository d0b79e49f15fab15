using System.Runtime.InteropServices;
using Parallax.Journal.Framing;
using Parallax.MarketData.Records;

namespace Parallax.Venues.Kraken.Feed;

/// <summary>The trades of a frame, held back until the whole frame is known to be sound.</summary>
/// <remarks>Allocates when a frame holds more trades than any before.</remarks>
internal sealed class HeldTrades
{
    private Entry[] _entries = new Entry[64];

    public int Count { get; private set; }

    public void Clear() => Count = 0;

    public void Add(ushort instrument, long venueTime, long receivedTime, in TradeRecord trade)
    {
        if (Count == _entries.Length)
        {
            Array.Resize(ref _entries, _entries.Length * 2);
        }

        ref var entry = ref _entries[Count++];
        entry.Header = TradeRecord.Header(instrument, venueTime, receivedTime);
        entry.Trade = trade;
    }

    /// <summary>Hands over what is held, in its order.</summary>
    public void Hand(IRecordSink sink)
    {
        for (var i = 0; i < Count; i++)
        {
            ref readonly var entry = ref _entries[i];
            sink.Append(entry.Header, TradeRecord.Payload(entry.Trade));
        }
    }

    [StructLayout(LayoutKind.Auto)]
    private struct Entry
    {
        public RecordHeader Header;
        public TradeRecord Trade;
    }
}
