using System.Runtime.CompilerServices;
using Parallax.Journal.Framing;
using Parallax.Venues.Wire;

namespace Parallax.Venues.Kraken.Feed;

/// <summary>Reads Kraken's WebSocket v2 frames: bytes in, book and trade records out.</summary>
/// <remarks>
/// Pure: what comes out depends on the frame, the symbol table and the received time, and nothing else. A frame is taken or rejected as a
/// whole, and nothing is thrown. Of a rejected book frame only one record reaches the sink: that its instrument's book is lost. When not
/// even the instrument could be read, any book of the connection may have missed something, and the caller has to start them afresh. Fast
/// paths and a general one give the same results on every input: the fast ones, of book updates and of trades, for exactly the text that the
/// venue sends, and the general one for any legal JSON, to which they hand over as soon as a byte is unexpected. Allocates nothing once the
/// largest frame was seen. One thread at a time.
/// </remarks>
public sealed class FrameParser
{
    /// <summary>Longer frames are rejected unread; a thousand levels a side are 80 KB.</summary>
    public const int FrameBytesMax = 16 * 1024 * 1024;

    /// <summary>Levels in one frame, both sides together.</summary>
    public const int LevelsMax = 64 * 1024;

    private readonly BookFastPath _books;
    private readonly TradeFastPath _trades;
    private readonly GeneralPath _general;

    /// <param name="symbols">Symbols in v2 spelling: <c>BTC/USD</c>.</param>
    /// <param name="requireChecksum">
    /// Whether a book frame without a checksum is rejected. Kraken's frames carry no sequence number, so without it a lost frame goes
    /// unnoticed; only recordings that were stripped of it are read otherwise.
    /// </param>
    public FrameParser(SymbolTable symbols, bool requireChecksum = true)
    {
        _books = new BookFastPath(symbols, requireChecksum);
        _trades = new TradeFastPath(symbols);
        _general = new GeneralPath(symbols, requireChecksum);
    }

    /// <summary>Reads one frame and hands its records to the sink.</summary>
    /// <param name="frame">One whole text frame, UTF-8.</param>
    /// <param name="receivedTime">UTC nanoseconds; also the venue time of parts that carry none.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public FrameResult Parse(ReadOnlySpan<byte> frame, long receivedTime, IRecordSink sink) =>
        _books.TryParse(frame, receivedTime, sink)
            ? FrameResult.Of(FrameKind.Book, records: 1)
            : ParseOther(frame, receivedTime, sink);

    /// <summary>The same without the fast paths.</summary>
    public FrameResult ParseGeneral(ReadOnlySpan<byte> frame, long receivedTime, IRecordSink sink) =>
        _general.Parse(frame, receivedTime, sink);

    /// <summary>Stands apart, so that book updates, nearly all of what comes, need not carry it along.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private FrameResult ParseOther(ReadOnlySpan<byte> frame, long receivedTime, IRecordSink sink)
    {
        if (_trades.TryParse(frame, receivedTime, sink, out var trades))
        {
            return FrameResult.Of(FrameKind.Trade, records: trades);
        }

        return frame.SequenceEqual("{\"channel\":\"heartbeat\"}"u8)
            ? FrameResult.Of(FrameKind.Heartbeat)
            : _general.Parse(frame, receivedTime, sink);
    }
}
