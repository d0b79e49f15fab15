using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Parallax.Domain;
using Parallax.Journal.Framing;
using Parallax.MarketData.Records;
using Parallax.Venues.Wire;
using static Parallax.Venues.Kraken.Feed.FastText;

namespace Parallax.Venues.Kraken.Feed;

/// <summary>Reads a book update in exactly the text that the venue prints, and nothing else.</summary>
/// <remarks>
/// <code>
/// {"channel":"book","type":"update","data":[{"symbol":"BTC/USD","bids":[{"price":29423.0,"qty":2.54902601}],"asks":[],
/// "checksum":434883881,"timestamp":"2023-07-30T15:30:01.581227Z"}]}
/// </code>
/// without white space. Field names are compared eight bytes at a time, and one comparison of 64 bytes shows where a level's digits end.
/// At the first byte that differs it gives up, before anything has left it, and the general path reads the frame from the start; so it
/// never has to say why, and no text may pass here that the general path would read differently.
/// </remarks>
internal sealed class BookFastPath
{
    private const int SymbolAt = 53;

    /// <summary>From the closing quote of the timestamp on.</summary>
    private const int TailLength = 4;

    private const int LengthMin = 144;
    private const int LevelsMax = 64;

    private readonly FastSymbols _symbols;
    private readonly bool _requireChecksum;
    private readonly BookLevel[] _levels = new BookLevel[LevelsMax];
    private MinuteCache _minute;

    public BookFastPath(SymbolTable symbols, bool requireChecksum)
    {
        _symbols = new FastSymbols(symbols);
        _requireChecksum = requireChecksum;
    }

    /// <returns><see langword="false"/> when the frame is not such an update; then nothing was handed over.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool TryParse(ReadOnlySpan<byte> frame, long receivedTime, IRecordSink sink)
    {
        ref var text = ref MemoryMarshal.GetReference(frame);
        if (frame.Length < LengthMin || !IsBookUpdate(ref text))
        {
            return false;
        }

        var index = _symbols.Find(ref text, SymbolAt, out var symbolLength);
        if (index < 0)
        {
            return false;
        }

        ref readonly var symbol = ref _symbols[index];
        var at = SymbolAt + symbolLength;
        if (!symbol.IsPlain || !Is(ref text, at, "\",\"bids\""u8) || !IsTwo(ref text, at + 8, ":["u8))
        {
            return false;
        }

        at = ReadLevels(frame, at + 10, symbol, out var count);
        if (at < 0)
        {
            return false;
        }

        var checksum = 0u;
        var hasChecksum = frame.Length - at > TimeFieldLength + MinuteCache.TimeLength + TailLength;
        if (hasChecksum ? !ReadChecksum(ref text, ref at, frame.Length, out checksum) : _requireChecksum)
        {
            return false;
        }

        if (frame.Length - at != TimeFieldLength + MinuteCache.TimeLength + TailLength
            || !IsTimeField(ref text, at)
            || !_minute.TryParse(frame.Slice(at + TimeFieldLength, MinuteCache.TimeLength + 1), out var venueTime)
            || Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref text, frame.Length - TailLength)) != BinaryPrimitives.ReadUInt32LittleEndian("\"}]}"u8))
        {
            return false;
        }

        // Field by field where it stands: copying a header that was just written waits for the writes.
        var header = default(RecordHeader);
        header.Kind = MarketRecordKind.BookDelta;
        header.Flags = hasChecksum ? BookRecord.HasVenueChecksum : (byte)0;
        header.Subject = symbol.Number;
        header.VenueTime = venueTime;
        header.ReceivedTime = receivedTime;
        header.Tag = checksum;
        sink.Append(header, BookRecord.Payload(MemoryMarshal.CreateReadOnlySpan(ref MemoryMarshal.GetArrayDataReference(_levels), count)));
        return true;
    }

    /// <summary>Reads the levels of both sides from behind the opening bracket of the bids.</summary>
    /// <returns>The position behind the closing bracket of the asks; -1 when something is unusual, as no level at all is.</returns>
    /// <remarks>
    /// Most messages change one side, and nothing tells which before it is read. So an empty side is no branch: its text is skipped by an
    /// addition, and only whether another level follows is asked.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int ReadLevels(ReadOnlySpan<byte> frame, int at, in FastSymbol symbol, out int count)
    {
        ref var text = ref MemoryMarshal.GetReference(frame);
        ref var levels = ref MemoryMarshal.GetArrayDataReference(_levels);

        // With what has to follow it, even the shortest level is as long as the window.
        var last = frame.Length - Window;
        count = 0;

        // 0 for bids, 1 for asks.
        var side = IsOne(Unsafe.Add(ref text, at) == ']');
        var unlike = (Word(ref text, at) ^ Word("],\"asks\""u8)) | (Two(ref text, at + 8) ^ Two(":["u8));
        if ((unlike & (0ul - (uint)side)) != 0)
        {
            return -1;
        }

        at += side * 10;
        while (at <= last && count < LevelsMax)
        {
            if (!Is(ref text, at, "{\"price\""u8) || Unsafe.Add(ref text, at + 8) != ':')
            {
                return -1;
            }

            // One bit a byte, set where there is no digit.
            ref var level = ref Unsafe.Add(ref text, at);
            var others = OtherThanDigits(ref level);
            var end = symbol.Price.Read(ref level, others, 9, out var ticks);
            if (end < 0 || ticks == 0 || (Word(ref level, end) & 0x00FF_FFFF_FFFF_FFFF) != Word(",\"qty\":\0"u8))
            {
                return -1;
            }

            end = symbol.Quantity.Read(ref level, others, end + 7, out var lots);
            if (end < 0)
            {
                return -1;
            }

            Unsafe.Add(ref levels, count) = new BookLevel((BookSide)side, ticks, lots);
            count++;
            at += end + 2;
            if (IsTwo(ref text, at - 2, "},"u8))
            {
                continue;
            }

            // Behind the bids come the asks, and most often none.
            var isBid = side ^ 1;
            unlike = (Word(ref text, at) ^ Word(",\"asks\":"u8)) | (Unsafe.Add(ref text, at + 8) ^ (ulong)'[');
            if (!IsTwo(ref text, at - 2, "}]"u8) || (unlike & (0ul - (uint)isBid)) != 0)
            {
                return -1;
            }

            at += isBid * 9;
            var isEnd = (isBid ^ 1) | IsOne(Unsafe.Add(ref text, at) == ']');
            at += isBid & isEnd;
            if (isEnd != 0)
            {
                return at;
            }

            side = 1;
        }

        return -1;
    }

    /// <summary>Reads <c>,"checksum":</c> and its digits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool ReadChecksum(ref byte text, ref int at, int length, out uint checksum)
    {
        checksum = 0;
        if (length - at < 12 + 1 + TimeFieldLength + MinuteCache.TimeLength + TailLength
            || !Is(ref text, at, ",\"checks"u8) || !Is(ref text, at + 4, "ecksum\":"u8))
        {
            return false;
        }

        var digits = FastNumber.ReadWhole(ref Unsafe.Add(ref text, at + 12), out var value);
        at += 12 + digits;
        checksum = (uint)value;
        return digits != 0 && value <= uint.MaxValue;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsBookUpdate(ref byte text)
    {
        var start = "{\"channel\":\"book\",\"type\":\"update\",\"data\":[{\"symbol\":\""u8;
        ref var expected = ref MemoryMarshal.GetReference(start);
        return ((Vector256.LoadUnsafe(ref text) ^ Vector256.LoadUnsafe(ref expected))
            | (Vector256.LoadUnsafe(ref text, SymbolAt - 32) ^ Vector256.LoadUnsafe(ref expected, SymbolAt - 32))) == Vector256<byte>.Zero;
    }

    /// <summary>1 or 0, without a branch.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int IsOne(bool condition) => condition ? 1 : 0;
}
