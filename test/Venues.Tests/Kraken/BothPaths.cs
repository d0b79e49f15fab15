using System.Text;
using Parallax.Domain;
using Parallax.Venues.Kraken.Feed;
using Parallax.Venues.Wire;

namespace Parallax.Venues.Tests.Kraken;

/// <summary>Reads a frame with the fast paths and without them.</summary>
internal static class BothPaths
{
    public const long Received = 1_700_000_000_000_000_000;

    /// <summary>Grids of every kind: whole, fine, too fine for a fast path, steps that are no power of ten; and symbols that are too long.</summary>
    public static readonly Instrument[] Instruments =
    [
        AnInstrument.Of("BTC/USD", 1), AnInstrument.Of("ETH/BTC", 6), AnInstrument.Of("BTC/JPY", 0, 5), AnInstrument.Of("SHIB/USD", 8, 5),
        AnInstrument.Of("PEPE/USD", 10), AnInstrument.Of("BONK/EUR", 9), AnInstrument.Of("DUST/USD", 12),
        AnInstrument.Of("HALF/USD", 1) with { TickSize = 0.5m }, AnInstrument.Of("QUART/USD", 2) with { TickSize = 0.25m },
        AnInstrument.Of("TEN/USD", 0, 0) with { TickSize = 10m, LotSize = 100m }, AnInstrument.Of("ALONGCOIN/USDT", 3), AnInstrument.Of("AVERYLONGCOIN/USDT", 3),
    ];

    public static readonly SymbolTable Symbols = SymbolTable.Of(Instruments);

    /// <param name="frame">May be a part of a longer text: what stands behind it must not count.</param>
    public static void Agree(ReadOnlySpan<byte> frame, string context)
    {
        var (fast, fastLines) = Read(frame, general: false);
        var (general, generalLines) = Read(frame, general: true);
        Assert.True(fast == general && fastLines.SequenceEqual(generalLines), $"{context}: {fast} {general} {Encoding.UTF8.GetString(frame)}");
    }

    public static (FrameResult Result, List<string> Lines) Read(ReadOnlySpan<byte> frame, bool general)
    {
        var sink = new RecordList();
        var parser = new FrameParser(Symbols);
        var result = general ? parser.ParseGeneral(frame, Received, sink) : parser.Parse(frame, Received, sink);

        // A second reading goes through whatever the first left behind.
        var again = new RecordList();
        var second = general ? parser.ParseGeneral(frame, Received, again) : parser.Parse(frame, Received, again);
        Assert.Equal(result, second);
        Assert.Equal(sink.Lines(), again.Lines());
        return (result, [.. sink.Lines()]);
    }
}
