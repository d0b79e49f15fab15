using System.Buffers.Text;
using Parallax.Domain;
using Parallax.MarketData.Checksums;

namespace Parallax.Simulation.SeededMarket;

/// <summary>The checksum Kraken computes over a book: CRC-32 of the digits of the ten best asks, then of the ten best bids.</summary>
/// <remarks>
/// A generated instrument's tick and lot are units of its last printed decimal, so ticks and lots are the digits. Written the plain way,
/// apart from the engine's own checksum, which it helps to test.
/// </remarks>
internal static class SeededChecksum
{
    private const int LevelsCovered = 10;
    private const int DigitsMax = 19;

    public static uint Of(SeededBooks books, int instrument)
    {
        Span<byte> text = stackalloc byte[2 * LevelsCovered * 2 * DigitsMax];
        var length = Write(books.Side(instrument, BookSide.Ask), text, 0);
        length = Write(books.Side(instrument, BookSide.Bid), text, length);
        return Crc32.Of(text[..length]);
    }

    private static int Write(ReadOnlySpan<Level> levels, Span<byte> text, int length)
    {
        foreach (ref readonly var level in levels[..Math.Min(levels.Length, LevelsCovered)])
        {
            Utf8Formatter.TryFormat(level.PriceTicks, text[length..], out var written);
            length += written;
            Utf8Formatter.TryFormat(level.QuantityLots, text[length..], out written);
            length += written;
        }

        return length;
    }
}
